/** The entries of the navigation, and what administrators set out to do, with the words that they look for them by. */
import type { Locale, NavigationItem, PageAction } from '../../web/index.ts';
import { auditMessages } from './audit/messages.ts';
import { CONSUMERS_PATH, consumerMessages } from './consumers/words.ts';
import { diagnosisMessages, PASTE_PATH, SERVER_PATH } from './diagnosis/words.ts';
import { endingMessages } from './ending/messages.ts';
import { identityMessages } from './identity/messages.ts';
import { ROTATE_PATH } from './identity/rotate-page.ts';
import { LINKS_PATH, linkMessages } from './links/words.ts';
import { PROVIDERS_PATH, providerMessages } from './service-providers/words.ts';
import { tokenMessages } from './tokens/messages.ts';
import { usageMessages } from './usage/words.ts';
import { userMessages } from './users/messages.ts';
import { USERS_PATH } from './users/words.ts';

type Words = Readonly<Record<Locale, string>>;

/** The navigation of administrators; the letter is what leads there after `g`. */
export const NAVIGATION: readonly NavigationItem[] = [
  entry('consumers', 'c', consumerMessages, {
    en: 'applications keys rotate secret',
    ja: 'アプリケーション 鍵 シークレット 更新',
  }),
  entry('consumer-info', 'i', identityMessages, {
    en: 'our public key this installation',
    ja: '公開鍵 このシステム',
  }),
  entry('service-providers', 'p', providerMessages, { en: 'other systems outgoing', ja: '接続先 外部' }),
  entry('tokens', 't', tokenMessages, {
    en: 'revoke access grants sessions',
    ja: 'アクセス 取り消し 許可',
  }),
  entry('users', 'u', userMessages, { en: 'people accounts passwords', ja: '人 アカウント パスワード' }),
  entry('diagnosis', 'd', diagnosisMessages, {
    en: 'why 401 refused failed calls errors requests signature_invalid',
    ja: '401 拒否 失敗 エラー リクエスト 署名',
  }),
  entry('usage', 's', usageMessages, { en: 'statistics requests methods sha1', ja: '統計 リクエスト 方式' }),
  entry('audit', 'a', auditMessages, { en: 'history who changed what', ja: '履歴 変更 誰' }),
  entry('ending', 'e', endingMessages, {
    en: 'expires expiry expiring rotation old keys secrets',
    ja: '期限 失効 終了 更新 鍵 シークレット',
  }),
];

/** What administrators set out to do, beside looking at a list. */
export const ACTIONS: readonly PageAction[] = [
  action(`${CONSUMERS_PATH}/add`, labels(consumerMessages, 'addTitle'), {
    en: 'register application new jira base url',
    ja: '登録 アプリケーション 新規 jira',
  }),
  action(`${CONSUMERS_PATH}/add-by-hand`, labels(consumerMessages, 'handTitle'), {
    en: 'register application new hmac secret public key rsa',
    ja: '登録 アプリケーション 新規 hmac シークレット 公開鍵',
  }),
  action(`${LINKS_PATH}/add`, labels(linkMessages, 'addTitle'), {
    en: 'connect both ways register application link',
    ja: '双方向 接続 登録',
  }),
  action(`${PROVIDERS_PATH}/add`, labels(providerMessages, 'addTitle'), {
    en: 'connect outgoing new',
    ja: '接続 新規 登録',
  }),
  action(`${USERS_PATH}/add`, labels(userMessages, 'add'), {
    en: 'new person account',
    ja: '新規 アカウント',
  }),
  action(PASTE_PATH, labels(diagnosisMessages, 'paste'), {
    en: 'explain why 401 signature curl har',
    ja: '説明 401 署名 curl har',
  }),
  action(SERVER_PATH, labels(diagnosisMessages, 'server'), {
    en: 'proxy clock public url headers check',
    ja: 'プロキシ 時計 URL ヘッダー 確認',
  }),
  action(ROTATE_PATH, labels(identityMessages, 'rotateAction'), {
    en: 'new key pair replace',
    ja: '新しい 鍵 交換',
  }),
];

function entry(
  section: string,
  jump: string,
  messages: Readonly<Record<Locale, { readonly title: string }>>,
  also: Words,
): NavigationItem {
  return { section, jump, ...action(`/oauth/admin/${section}`, labels(messages, 'title'), also) };
}

function action(path: string, label: Words, also: Words): PageAction {
  return { path, label, also, access: 'administrator' };
}

function labels<Key extends string>(
  { en, ja }: Readonly<Record<Locale, Readonly<Record<Key, string>>>>,
  key: Key,
): Words {
  return { en: en[key], ja: ja[key] };
}
