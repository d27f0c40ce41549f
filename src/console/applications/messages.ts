/** Sentences of one's applications. What is said of refusals and of usage stands with the administrators' pages. */
import type { Catalogue } from '../../web/index.ts';

/** Days of usage that an owner sees. */
export const USAGE_DAYS = 30;

const en = {
  title: 'My applications',
  lead: 'Consumers that you answer for: which of their requests were refused, and why.',
  caption: 'Consumers that you own',
  columnName: 'Application',
  columnAccepted: 'Accepted, 30 days',
  columnRefused: 'Refused, kept',
  emptyTitle: 'You answer for no application',
  emptyText:
    'If you develop a consumer of this installation, ask an administrator to make you its owner: then you see here why its requests are refused.',
  factKey: 'Consumer Key',
  factDescription: 'Description',
  factMethods: 'Signature methods',
  factCallback: 'Callback URL',
  factAdded: 'Added',
  quickstart: 'Quickstart: a program in your language',
  none: 'none',
  refusedTitle: 'Refused requests',
  refusedLead:
    'Newest first, for three days. Anybody can send a request in this consumer’s name, so not each need be yours.',
  refusedOff: 'Refused requests are not kept here: an administrator switched that off.',
  refusedNone: 'No request of this consumer was refused of late.',
  usageTitle: 'Accepted requests',
  missingTitle: 'This is not here',
  missingText:
    'There is no such application or request of yours. Refused requests are kept for three days, the last 50 of each application.',
  backToList: 'My applications',
};

const ja: typeof en = {
  title: 'マイアプリケーション',
  lead: '自分が担当するコンシューマです。どのリクエストがなぜ拒否されたのかを確認できます。',
  caption: '自分が所有するコンシューマ',
  columnName: 'アプリケーション',
  columnAccepted: '受理 (30 日間)',
  columnRefused: '拒否 (保存分)',
  emptyTitle: '担当しているアプリケーションはありません',
  emptyText:
    'このシステムのコンシューマを開発している場合は、管理者に所有者として登録してもらってください。リクエストが拒否された理由をここで確認できるようになります。',
  factKey: 'コンシューマキー',
  factDescription: '説明',
  factMethods: '署名方式',
  factCallback: 'コールバック URL',
  factAdded: '追加日時',
  quickstart: 'クイックスタート: 各言語のプログラム例',
  none: 'なし',
  refusedTitle: '拒否されたリクエスト',
  refusedLead:
    '新しい順に、3 日間保存されます。誰でもこのコンシューマの名前でリクエストを送れるため、すべてが自分のものとは限りません。',
  refusedOff: '拒否されたリクエストは保存されていません。管理者が保存を止めています。',
  refusedNone: '最近、このコンシューマのリクエストは拒否されていません。',
  usageTitle: '受理されたリクエスト',
  missingTitle: '見つかりません',
  missingText:
    'このようなアプリケーションまたはリクエストはありません。拒否されたリクエストは 3 日間、アプリケーションごとに最新の 50 件が保存されます。',
  backToList: 'マイアプリケーションへ',
};

export const applicationMessages: Catalogue<typeof en> = { en, ja };
