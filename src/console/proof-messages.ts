/** Sentences about proving anew who one is. */
import type { Catalogue } from '../web/index.ts';

const en = {
  label: 'Your own password',
  help: 'Your login is more than 30 minutes ago. A code of your authenticator does as well.',
  elsewhere: 'Your login is more than 30 minutes ago, and this takes a younger one.',
  logInAgain: 'Log in again',
};

const ja: typeof en = {
  label: 'あなた自身のパスワード',
  help: 'ログインから 30 分以上たっています。認証アプリのコードでもかまいません。',
  elsewhere: 'ログインから 30 分以上たっています。この操作には新しいログインが必要です。',
  logInAgain: 'もう一度ログインする',
};

export const proofMessages: Catalogue<typeof en> = { en, ja };
