/** Sentences of the usage, in Japanese. */
import type { en } from './messages.en.ts';

export const ja: typeof en = {
  title: '利用状況',
  lead: '受け付けた署名付きリクエストの数を日別・署名方式別に示し、古い方式をまだ使っているコンシューマを挙げます。リクエストは 30 秒以内に反映されます。',
  filterTitle: 'コンシューマと期間を選ぶ',
  consumer: 'コンシューマキー',
  period: '期間',
  periods: { one: '直近 1 日', other: '直近 {n} 日' },
  filter: '表示',
  clear: 'すべて表示',
  emptyTitle: '受け付けたリクエストはまだありません',
  emptyText: 'コンシューマが署名付きリクエストを送ると、署名方式ごとの数がここに表示されます。',
  ofConsumer: '{consumer} のリクエストのみ。',
  unknownConsumer: 'このキーのコンシューマは登録されていません。',
  noneFound: 'この期間に受け付けたリクエストはありません。',
  pictureTitle: '受け付けたリクエスト (日別・署名方式別)',
  pictureText: '{from} から {to} まで {requests}。1 日の最多は {most}。下の表は同じ数値です。',
  requests: { one: '{n} 件', other: '{n} 件' },
  legend: '署名方式',
  numbers: '同じ数値を表で見る',
  numbersCaption: '日ごとに受け付けたリクエスト (UTC、新しい順)。リクエストのない日は省略',
  columnDay: '日付 (UTC)',
  columnAll: '合計',
  breakTitle: '廃止した場合の影響',
  breakLead: 'この期間に古い方式を使い、その方式を廃止すると拒否されるコンシューマです。',
  waySafe: {
    sha1: 'この期間に SHA-1 で署名したコンシューマはありません。',
    legacy10: 'この期間に OAuth 1.0 (2007 年版) を使ったコンシューマはありません。',
    plaintext: 'この期間に PLAINTEXT を使ったコンシューマはありません。',
  },
  ways: {
    sha1: '署名の SHA-1',
    legacy10: 'OAuth 1.0 (2007 年版)',
    plaintext: 'PLAINTEXT',
  },
  wayTexts: {
    sha1: 'HMAC-SHA1 と RSA-SHA1 です。HMAC での SHA-1 は破られていませんが、RSA-SHA1 はやめるべきです。今の秘密または鍵のまま、いつでも HMAC-SHA256 または RSA-SHA256 に移行できます。こちら側の設定は不要です。',
    legacy10:
      'コールバックなしで要求されるリクエストトークンで、セッション固定攻撃に弱い方式です。認可の手順だけを数えます。アクセストークンを使うリクエストは両バージョンで同じです。OAuth 1.0a への移行が必要です。',
    plaintext:
      '秘密がそのまま送られ、TLS だけで守られます。同じ秘密のまま、いつでも HMAC-SHA256 に移行できます。',
  },
  dependantsCaption: '使っているコンシューマ: {way}',
  columnConsumer: 'コンシューマ',
  columnRequests: 'リクエスト',
  columnLast: '最終',
  more: {
    one: 'ほか 1 件のコンシューマはダウンロードに含まれます。',
    other: 'ほか {n} 件のコンシューマはダウンロードに含まれます。',
  },
  moreThan: '{n} 件超',
  manyMore: '{n} 件を超えるコンシューマが使いました。すべてダウンロードに含まれます。',
  shown: '表示しているのは、直近 {days} 日間にこの方式のリクエストが最も多かったコンシューマです。',
};
