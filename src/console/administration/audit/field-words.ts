/** Fields and values of audit entries in words. A field without a word shows its own name, so nothing is hidden. */
import { FIELD_LABELS } from '../../../administration/index.ts';
import { absoluteMoment, FIELD_LABELS_JA, type Html, html, type PageContext } from '../../../web/index.ts';
import { commonMessages } from '../common-messages.ts';

type Words = Readonly<Record<string, string>>;

const OTHER_FIELDS: Words = {
  credential: 'Credential',
  retiring: 'Retiring credential',
  retiringUntil: 'Retiring until',
  nextKey: 'Next key',
  takesOverAt: 'Takes over',
  usersLosingAccess: 'Users losing access',
  displayName: 'Full name',
  email: 'E-mail',
  isAdministrator: 'Administrator',
  isDisabled: 'Disabled',
  user: 'User',
  consumer: 'Consumer',
  provider: 'Service provider',
  gadget: 'Gadget',
  account: 'Account',
  expiresAt: 'Expires',
  verdict: 'Result',
  finding: 'Finding',
  layout: 'Layout',
  sharing: 'Shared with',
  gadgets: 'Gadgets',
  configured: 'Told otherwise',
  title: 'Title',
  author: 'Author',
  sha256: 'SHA-256',
  note: 'Note',
  added: 'Added',
  updated: 'Changed',
  removed: 'Removed',
  secondFactor: 'Second factor',
  clientAddress: 'From address',
  vouchedForBy: 'Vouched for by',
  limit: 'Limit',
  secrets: 'Secrets',
  records: 'Records',
};

const OTHER_FIELDS_JA: Words = {
  credential: '認証情報',
  retiring: '終了予定の認証情報',
  retiringUntil: '終了予定日時',
  nextKey: '次の鍵',
  takesOverAt: '切り替え日時',
  usersLosingAccess: 'アクセスを失うユーザー',
  displayName: '氏名',
  email: 'メールアドレス',
  isAdministrator: '管理者',
  isDisabled: '無効',
  user: 'ユーザー',
  consumer: 'コンシューマ',
  provider: 'サービスプロバイダ',
  gadget: 'ガジェット',
  account: 'アカウント',
  expiresAt: '有効期限',
  verdict: '結果',
  finding: '所見',
  layout: 'レイアウト',
  sharing: '公開範囲',
  gadgets: 'ガジェット',
  configured: '設定を変えたガジェット',
  title: 'タイトル',
  author: '作成者',
  sha256: 'SHA-256',
  note: 'メモ',
  added: '追加',
  updated: '変更',
  removed: '削除',
  secondFactor: '二要素認証',
  clientAddress: '接続元アドレス',
  vouchedForBy: '身元を保証したプロバイダ',
  limit: '制限',
  secrets: '秘密情報',
  records: 'レコード',
};

/** Words that stand as values, by their fields. */
const VALUES_JA: Readonly<Record<string, Words>> = {
  sharing: { private: '自分のみ', everyone: '全員' },
  verdict: { success: '成功', warning: '警告', failure: '失敗' },
  carrier: { header: 'ヘッダー', query: 'クエリ', body: '本文' },
  providerTwoLegged: { off: 'なし', 'empty-token': '空のトークン', 'no-token': 'トークンなし' },
  handEntry: { off: 'なし', token: 'トークン', 'api-key': 'API キー' },
  user: { 'every user': 'すべてのユーザー' },
  consumer: { 'every consumer': 'すべてのコンシューマ' },
};

const FIELDS: Words = { ...FIELD_LABELS, ...OTHER_FIELDS };
const FIELDS_JA: Words = { ...FIELD_LABELS_JA, ...OTHER_FIELDS_JA };

/** Fields that hold a moment, in seconds since 1970. */
const TIMES: ReadonlySet<string> = new Set(['retiringUntil', 'expiresAt', 'takesOverAt']);

/** A fingerprint in the middle of a text. */
const FINGERPRINT = /\b([0-9a-f]{8})[0-9a-f]{48}([0-9a-f]{8})\b/gu;

/** The name of a field. */
export function fieldWords(c: PageContext, field: string): string {
  return (c.locale === 'ja' ? FIELDS_JA : FIELDS)[field] ?? field;
}

/** A value; fingerprints are shortened in the middle, with the whole on hover. */
export function valueWords(c: PageContext, field: string, value: unknown): Html {
  const text = plainWords(c, field, value);
  const short = text.replace(FINGERPRINT, '$1…$2');
  return short === text ? html`${text}` : html`<span title="${text}">${short}</span>`;
}

function plainWords(c: PageContext, field: string, value: unknown): string {
  const { none, yes, no } = c.messages(commonMessages);
  if (value === null || value === undefined || value === '') return none;
  if (typeof value === 'boolean') return value ? yes : no;
  if (typeof value === 'number' && TIMES.has(field)) return absoluteMoment(c, value);
  if (Array.isArray(value)) return value.length === 0 ? none : value.join(', ');
  if (typeof value === 'object') return JSON.stringify(value);
  const words = c.locale === 'ja' ? VALUES_JA[field] : undefined;
  return words?.[String(value)] ?? String(value);
}
