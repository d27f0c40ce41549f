/** Sentences of the token pages. */
import type { Catalogue } from '../../../web/index.ts';

const en = {
  title: 'Tokens',
  lead: 'Every access that somebody here has given to an application, and that still works or can be renewed.',
  searchLabel: 'Search consumer or user',
  caption: 'Access tokens',
  emptyTitle: 'No access given yet',
  emptyText:
    'A token appears here when somebody approves an application. Register one first, then start in that application.',
  emptyAction: 'Go to the consumers',
  columnConsumer: 'Consumer',
  columnUser: 'User',
  columnIssued: 'Issued',
  columnExpires: 'Expires',
  columnUsed: 'Last used',
  columnActions: 'Actions',
  expired: 'expired, can be renewed',
  gadget: 'for the gadget {url}',
  revoke: 'Revoke',
  revokeNamed: 'Revoke the access of {consumer} for {user}',
  filteredConsumer: 'Only tokens of the consumer {consumer}.',
  filteredUser: 'Only tokens of the user {user}.',
  showAll: 'Show all tokens',
  revokeAll: { one: 'Revoke this token', other: 'Revoke all {n} tokens' },
  oneTitle: 'Revoke this access?',
  oneText: '{consumer} can no longer act for {user}. Requests that begin after this are refused.',
  allTitle: 'Revoke these tokens?',
  allOfConsumer: {
    one: 'One token of {consumer} ends at once.',
    other: '{n} tokens of {consumer} end at once, whoever gave them.',
  },
  allOfUser: {
    one: 'One token of {user} ends at once.',
    other: '{n} tokens of {user} end at once, whichever application has them.',
  },
  again: 'They can be given again: the application has to ask, and its user has to approve.',
  submit: 'Revoke',
  keep: 'Keep',
  revoked: { one: 'One token was revoked.', other: '{n} tokens were revoked.' },
};

const ja: typeof en = {
  title: 'トークン',
  lead: 'ここのユーザーがアプリケーションに与えたアクセスのうち、有効なもの、または更新できるものすべてです。',
  searchLabel: 'コンシューマ、ユーザーを検索',
  caption: 'アクセストークン',
  emptyTitle: 'まだアクセスは与えられていません',
  emptyText:
    '誰かがアプリケーションを承認すると、ここにトークンが表示されます。まずコンシューマを登録し、そのアプリケーションから始めてください。',
  emptyAction: 'コンシューマへ',
  columnConsumer: 'コンシューマ',
  columnUser: 'ユーザー',
  columnIssued: '発行',
  columnExpires: '期限',
  columnUsed: '最終使用',
  columnActions: '操作',
  expired: '期限切れ (更新可能)',
  gadget: 'ガジェット {url} 用',
  revoke: '取り消す',
  revokeNamed: '{user} に対する {consumer} のアクセスを取り消す',
  filteredConsumer: 'コンシューマ {consumer} のトークンだけを表示しています。',
  filteredUser: 'ユーザー {user} のトークンだけを表示しています。',
  showAll: 'すべてのトークンを表示',
  revokeAll: { one: 'このトークンを取り消す', other: '{n} 件のトークンをすべて取り消す' },
  oneTitle: 'このアクセスを取り消しますか',
  oneText: '{consumer} は {user} として操作できなくなります。以後に始まるリクエストは拒否されます。',
  allTitle: 'これらのトークンを取り消しますか',
  allOfConsumer: {
    one: '{consumer} のトークン 1 件が直ちに無効になります。',
    other: '{consumer} のトークン {n} 件が、与えたユーザーにかかわらず直ちに無効になります。',
  },
  allOfUser: {
    one: '{user} のトークン 1 件が直ちに無効になります。',
    other: '{user} のトークン {n} 件が、アプリケーションにかかわらず直ちに無効になります。',
  },
  again: '再び与えることはできます。アプリケーションが求め、ユーザーが承認する必要があります。',
  submit: '取り消す',
  keep: '取り消さない',
  revoked: { one: '1 件のトークンを取り消しました。', other: '{n} 件のトークンを取り消しました。' },
};

export const tokenMessages: Catalogue<typeof en> = { en, ja };
