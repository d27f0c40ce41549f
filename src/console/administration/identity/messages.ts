/** Sentences of the pages about this installation's own consumer information. */
import type { Catalogue } from '../../../web/index.ts';

const en = {
  title: 'Consumer Info',
  lead: 'Who this installation is to others: what an administrator elsewhere needs in order to register it as a consumer.',
  edit: 'Edit',
  editTitle: 'Edit the consumer information',
  key: 'Consumer Key',
  keyHelp: 'Made at first start; it never changes.',
  name: 'Name',
  nameHelp: 'What other applications call this installation.',
  description: 'Description',
  callback: 'Callback URL',
  callbackHelp: 'Usually blank: this installation sends its callback with each request.',
  publicKey: 'Public Key',
  pem: 'Public key (PEM)',
  fingerprint: 'SHA-256 fingerprint',
  type: 'Type',
  rsaKey: 'RSA, {bits} bit',
  privateNote: 'The private key never leaves this installation.',
  publishedTitle: 'Where it is published',
  publishedText:
    'Anybody can read it there, without logging in. For installations of this kind, the base URL alone is enough.',
  baseUrl: 'Base URL of this installation',
  publishedAt: 'Consumer information',
  none: 'none',
  saved: 'The consumer information was saved. Others see it when they fetch it the next time.',
  cancel: 'Back to Consumer Info',
};

const ja: typeof en = {
  title: 'コンシューマ情報',
  lead: '他のシステムから見たこのシステムの情報です。相手の管理者が、ここをコンシューマとして登録するときに必要になります。',
  edit: '編集',
  editTitle: 'コンシューマ情報を編集',
  key: 'コンシューマキー',
  keyHelp: '最初の起動時に作られ、変わることはありません。',
  name: '名前',
  nameHelp: '他のアプリケーションに表示される、このシステムの名前です。',
  description: '説明',
  callback: 'コールバック URL',
  callbackHelp: '通常は空にします。このシステムはリクエストごとにコールバックを送ります。',
  publicKey: '公開鍵',
  pem: '公開鍵 (PEM)',
  fingerprint: 'SHA-256 フィンガープリント',
  type: '種類',
  rsaKey: 'RSA、{bits} ビット',
  privateNote: '秘密鍵がこのシステムの外に出ることはありません。',
  publishedTitle: '公開場所',
  publishedText: 'ログインなしで誰でも読めます。ここと同種のシステムであれば、ベース URL だけで十分です。',
  baseUrl: 'このシステムのベース URL',
  publishedAt: 'コンシューマ情報',
  none: 'なし',
  saved: 'コンシューマ情報を保存しました。他のシステムには、次に取得したときに反映されます。',
  cancel: 'コンシューマ情報に戻る',
};

export const identityMessages: Catalogue<typeof en> = { en, ja };
