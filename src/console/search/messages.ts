/** Sentences of the search over everything, and of the keys. */
import type { Catalogue } from '../../web/index.ts';

const en = {
  title: 'Search everything',
  lead: 'Find a page, or something to do.',
  leadAdministrator:
    'Find a page, something to do, a consumer, a user, a service provider, or the refused request with a request id.',
  label: 'Page, action or name',
  button: 'Search',
  everything: 'Everything there is',
  pages: 'Pages',
  actions: 'Actions',
  consumers: 'Consumers',
  users: 'Users',
  providers: 'Service Providers',
  refusals: 'Refused requests',
  accessOfUser: 'What this user granted',
  nothing: 'Nothing is called “{search}”. Try another word for it, or part of a name, key or request id.',
  foundCount: { one: 'One result', other: '{n} results' },
  hint: 'Arrow keys choose, Enter opens, Escape closes.',
  keysTitle: 'Keys',
  keySearch: 'Search everything',
  keyFind: 'Go to the search field of the page',
  keyHelp: 'Show these keys',
  keyClose: 'Close',
  single: 'Single keys work',
  close: 'Close',
};

const ja: typeof en = {
  title: 'すべてを検索',
  lead: 'ページや操作を探します。',
  leadAdministrator:
    'ページ、操作、コンシューマ、ユーザー、サービスプロバイダ、リクエスト ID の拒否されたリクエストを探します。',
  label: 'ページ、操作、または名前',
  button: '検索',
  everything: 'すべての項目',
  pages: 'ページ',
  actions: '操作',
  consumers: 'コンシューマ',
  users: 'ユーザー',
  providers: 'サービスプロバイダ',
  refusals: '拒否されたリクエスト',
  accessOfUser: 'このユーザーが許可したもの',
  nothing:
    '「{search}」という名前のものはありません。別の言葉や、名前・キー・リクエスト ID の一部で試してください。',
  foundCount: { one: '1 件', other: '{n} 件' },
  hint: '矢印キーで選択、Enter で開く、Esc で閉じる。',
  keysTitle: 'キー操作',
  keySearch: 'すべてを検索',
  keyFind: 'ページの検索欄へ移動',
  keyHelp: 'このキー一覧を表示',
  keyClose: '閉じる',
  single: '1 文字のキーを使う',
  close: '閉じる',
};

export const searchMessages: Catalogue<typeof en> = { en, ja };
