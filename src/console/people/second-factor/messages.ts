/** Sentences about the second factor. */
import type { Catalogue } from '../../../web/index.ts';

const en = {
  title: 'Second factor',
  lead: 'A code from your telephone, beside your password: a password that somebody stole is then not enough.',
  stateOn: 'On',
  stateOff: 'Off',
  state: 'State',
  since: 'Since',
  codesLeft: 'Recovery codes left',
  turnOnTitle: 'Turn it on',
  scan: 'Take this picture with an authenticator: Aegis, FreeOTP, 1Password, Google or Microsoft Authenticator, or any other that knows TOTP.',
  scanLabel: 'Picture for your authenticator; the secret below says the same',
  typeSecret: 'Or enter this secret there by hand',
  code: 'Code',
  codeHelp: 'The six digits that the authenticator shows now.',
  password: 'Your password',
  turnOn: 'Turn on',
  onTitle: 'The second factor is on',
  onLead:
    'From the next login on, you are asked for a code. Wherever else you were logged in, you are logged out.',
  recoveryTitle: 'Recovery codes',
  recoveryOnce: 'Keep these codes now; they are not shown again.',
  recoveryText:
    'Each logs you in once when the device is not at hand. Print them, or keep them in a password manager.',
  done: 'I have kept them',
  changeTitle: 'Change it',
  renewText: 'New recovery codes: the present ones stop working.',
  renewedTitle: 'New recovery codes',
  renewedLead: 'These are in place of all that you had.',
  renew: 'Make new codes',
  turnOffText: 'Turning it off: your password alone then logs you in.',
  turnOff: 'Turn off',
  turnedOff: 'The second factor is off.',
  elsewhere: 'You log in by your OpenID provider. A second factor is asked for there, not here.',
  askTitle: 'Enter a code',
  askLead: 'The six digits that your authenticator shows now, or one of your recovery codes.',
  logIn: 'Log in',
  refused:
    'This code is wrong, or was used already. Wait for the next one, and check the clock of the device.',
  recovered: {
    one: 'You logged in with a recovery code. One is left: make new ones, on the page of your account.',
    other: 'You logged in with a recovery code. {n} are left.',
  },
  recoveredLast:
    'You logged in with your last recovery code. Make new ones now, on the page of your account.',
  codeLost:
    'Neither the device nor a recovery code at hand? An administrator can take the second factor away.',
  asSomebodyElse: 'Log in as somebody else',
  lapsedTitle: 'Log in again',
  lapsed: 'Too much time has passed since you entered your password.',
  toLogin: 'To the login',
  newOwn: {
    from: 'A second factor was turned on for you on {moment}, from {address}.',
    plain: 'A second factor was turned on for you on {moment}.',
  },
  newOwnAdvice: 'If that was not you, set a new password and turn it off.',
  newAtLogin:
    'If that was not you, somebody else knows your password: tell an administrator, who can take it away.',
  newOther: {
    from: 'A second factor was turned on for the administrator {name} on {moment}, from {address}.',
    plain: 'A second factor was turned on for the administrator {name} on {moment}.',
  },
  newOtherAdvice:
    'If they know nothing of it, somebody else has their password: take it away, and set a new password.',
  newOtherOpen: 'Open {name}',
};

const ja: typeof en = {
  title: '二要素認証',
  lead: 'パスワードに加えて、電話に表示されるコードを使います。パスワードが盗まれても、それだけではログインできません。',
  stateOn: '有効',
  stateOff: '無効',
  state: '状態',
  since: '開始日時',
  codesLeft: '残りの回復コード',
  turnOnTitle: '有効にする',
  scan: 'Aegis、FreeOTP、1Password、Google Authenticator、Microsoft Authenticator など、TOTP に対応した認証アプリでこの図を読み取ってください。',
  scanLabel: '認証アプリ用の図（下の秘密の文字列と同じ内容です）',
  typeSecret: 'または、この秘密の文字列を手で入力してください',
  code: 'コード',
  codeHelp: '認証アプリに今表示されている 6 桁の数字。',
  password: '現在のパスワード',
  turnOn: '有効にする',
  onTitle: '二要素認証を有効にしました',
  onLead: '次回のログインから、コードの入力が必要です。ほかの場所のログインはすべて終了しました。',
  recoveryTitle: '回復コード',
  recoveryOnce: 'このコードを今すぐ保管してください。二度と表示されません。',
  recoveryText:
    '端末が手元にないとき、それぞれ 1 回ずつログインに使えます。印刷するか、パスワード管理アプリに保存してください。',
  done: '保管しました',
  changeTitle: '変更する',
  renewText: '新しい回復コード：現在のコードは使えなくなります。',
  renewedTitle: '新しい回復コード',
  renewedLead: 'これまでの回復コードは、すべて使えなくなりました。',
  renew: '新しいコードを作る',
  turnOffText: '無効にする：以後はパスワードだけでログインできます。',
  turnOff: '無効にする',
  turnedOff: '二要素認証を無効にしました。',
  elsewhere: 'OpenID プロバイダでログインしています。二要素認証はここではなく、プロバイダで行われます。',
  askTitle: 'コードの入力',
  askLead: '認証アプリに今表示されている 6 桁の数字、または回復コードを入力してください。',
  logIn: 'ログイン',
  refused: 'コードが正しくないか、すでに使われています。次のコードを待ち、端末の時計を確認してください。',
  recovered: {
    one: '回復コードでログインしました。残りは 1 個です。「アカウント」の「二要素認証」で新しく作ってください。',
    other: '回復コードでログインしました。残りは {n} 個です。',
  },
  recoveredLast:
    '最後の回復コードでログインしました。「アカウント」の「二要素認証」で、今すぐ新しく作ってください。',
  codeLost: '端末も回復コードも手元にないときは、管理者が二要素認証を解除できます。',
  asSomebodyElse: '別のユーザーでログインする',
  lapsedTitle: 'もう一度ログインしてください',
  lapsed: 'パスワードの入力から時間がたちすぎました。',
  toLogin: 'ログインへ',
  newOwn: {
    from: '{moment} に {address} から、あなたの二要素認証が有効にされました。',
    plain: '{moment} に、あなたの二要素認証が有効にされました。',
  },
  newOwnAdvice: '心当たりがなければ、新しいパスワードを設定し、二要素認証を無効にしてください。',
  newAtLogin:
    '心当たりがなければ、他人がパスワードを知っています。管理者に伝えてください。管理者は二要素認証を解除できます。',
  newOther: {
    from: '{moment} に {address} から、管理者 {name} の二要素認証が有効にされました。',
    plain: '{moment} に、管理者 {name} の二要素認証が有効にされました。',
  },
  newOtherAdvice:
    '本人に心当たりがなければ、他人がパスワードを持っています。二要素認証を解除し、新しいパスワードを設定してください。',
  newOtherOpen: '{name} を開く',
};

export const secondFactorMessages: Catalogue<typeof en> = { en, ja };
