/** Sentences of the pages about the history of one object, in Japanese. */
import type { en } from './messages.en.ts';

export const ja: typeof en = {
  historyTitle: '{name} の履歴',
  historyLead: '誰が、いつ、何を、なぜ変更したか (新しい順)。',
  recent: '最近の変更',
  link: '履歴と以前の設定',
  inForce: '有効',
  restore: '復元',
  restoreNamed: '{moment} の設定を復元',
  all: '監査ログにあるこの名前の記録すべて',
  back: '{name} に戻る',
  restoreTitle: '{name} の以前の設定を復元',
  restoreLead: '{actor} が {moment} に変更した直後の設定です。',
  caption: '変更される設定',
  field: '設定',
  now: '現在',
  earlier: '復元後',
  stays: 'その他はそのままです。鍵、秘密、トークン、承認は復元されません。',
  same: 'この設定はすでに有効です。復元するものはありません。',
  confirm: 'この設定を復元',
  toHistory: '履歴に戻る',
  restored: '{moment} の設定が再び有効になりました。',
  reason: '理由',
  reasonHelp: '後で疑問に思う人のために、履歴に残ります。',
};
