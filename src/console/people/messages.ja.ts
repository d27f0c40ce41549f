/** Sentences of the pages for everybody, in Japanese. */
import type { en } from './messages.en.ts';

export const ja: typeof en = {
  identityProblems: {
    'login-lost':
      'このログインは別のブラウザで始められたか、すでに完了したか、10 分を過ぎています。もう一度始めてください。',
    denied: '{provider} でログインが取り消されました。もう一度始められます。',
    'provider-refused':
      '{provider} では今ログインできません。しばらくしてからやり直すか、管理者に連絡してください。',
    unreachable:
      '{provider} に今は接続できません。しばらくしてからやり直すか、{application} のパスワードでログインしてください。',
    'answer-invalid':
      '{provider} の応答を検証できなかったため、ログインしていません。もう一度始めても直らない場合は、管理者に連絡してください。',
    clock: '{provider} の応答の時刻が合いません。双方の時計がずれています。管理者に連絡してください。',
    'not-set-up':
      '{application} にはまだ管理者がいません。最初の管理者は、サーバーが起動時に表示したリンクで設定します。',
    'name-unusable':
      '{provider} の示す名前は未確認か、{application} のユーザー名に使えません。管理者に連絡してください。',
    'name-taken':
      '{application} には同じ名前のユーザーがすでにいて、本人と確認できません。そのユーザーのパスワードでログインするか、管理者に結び付けを依頼してください。',
    'unknown-user': '{application} にユーザー登録がありません。管理者に依頼してください。',
    'password-needed':
      '{application} の管理者と、ここで二要素認証を使う人は、パスワードでログインしてください。',
    disabled: '{application} のアカウントは無効になっています。管理者に連絡してください。',
  },
  mistakes: {
    'username-missing': 'ユーザー名を入力してください。',
    'username-malformed':
      'ユーザー名は文字か数字で始まり、文字、数字、. _ @ + - だけを使って 64 文字以内にしてください。',
    'username-reserved': 'この名前は予約されています。別の名前にしてください。',
    'username-taken': 'このユーザー名はすでに使われています。',
    'username-unknown':
      'この名前のユーザーはいません。「ユーザー」の一覧か countersign user list で確認してください。',
    'changed-meanwhile':
      '編集している間に他の人が変更しました。現在の値を確認してから、もう一度変更してください。',
    'display-name-malformed': '氏名は 100 文字以内で、制御文字は使えません。',
    'email-malformed': 'alice@example.com のようなメールアドレスを入力するか、空のままにしてください。',
    'password-too-short': 'パスワードは 8 文字以上にしてください。',
    'password-too-long': 'パスワードは 256 文字以内にしてください。',
    'password-is-username': 'ユーザー名と同じパスワードは使えません。',
    'password-wrong': '現在のパスワードと一致しません。',
    'password-own': '自分のパスワードは、現在のパスワードの入力が必要なアカウントページで変更してください。',
    'code-wrong':
      '現在のコードではありません。認証アプリに今表示されている 6 桁の数字を入力してください。正しいはずのときは、端末の時計を確認してください。',
    'second-factor-present': '二要素認証はすでに有効です。先に無効にしてください。',
    'second-factor-absent': '二要素認証は設定されていません。',
    'second-factor-own': '自分の二要素認証は、パスワードの入力が必要なアカウントページで無効にしてください。',
    'proof-missing':
      'あなた自身のパスワード、または認証アプリのコードを入力してください。ログインから 30 分以上たっています。',
    'proof-wrong': 'あなた自身のパスワードでも、認証アプリの現在のコードでもありません。',
    'proof-elsewhere':
      'ログインから 30 分以上たっていて、ここにはパスワードがありません。もう一度ログインしてから行ってください。',
    'too-many-attempts': '試行回数が多すぎます。15 分待ってからやり直してください。',
    'last-administrator': 'ログインできる最後の管理者です。先に別のユーザーを管理者にしてください。',
    'issuer-malformed':
      'https://id.example.com のような、OpenID プロバイダの発行者 (issuer) を入力してください。',
    'subject-malformed':
      'プロバイダが示すサブジェクト (sub) を、半角の文字と記号 1 ～ 255 字で入力してください。',
    'identity-taken': 'この ID は別のユーザーに結び付いています。先にそちらを解除してください。',
    'label-missing': '他のキーと区別できるように、ラベルを入力してください。',
    'label-malformed': 'ラベルは 100 文字以内で、制御文字は使えません。',
    'label-taken': 'このラベルのキーはすでにあります。別のラベルにしてください。',
    'day-malformed': '2026-12-31 のような日付を入力するか、空欄にしてください。',
    'day-past': 'この日は過ぎています。後の日を選ぶか、空欄にしてください。',
    'scope-not-allowed': '管理用のキーを作れるのは管理者だけです。',
    'providers-missing': 'プロバイダを少なくとも一つ選ぶか、すべてを選んでください。',
    'provider-unknown': '選んだプロバイダの一つはもうありません。選び直してください。',
    'too-many-keys': 'キーはすでに 50 個あります。不要なものを取り消してください。',
  },

  username: 'ユーザー名',
  password: 'パスワード',
  displayName: '氏名',
  displayNameHelp: 'アプリケーションやほかのユーザーに表示されます。',
  email: 'メールアドレス',
  newPassword: '新しいパスワード',
  currentPassword: '現在のパスワード',
  passwordHelp: '8 文字以上。いくつかの単語を並べると、覚えやすく推測されにくくなります。',
  usernameHelp: '文字、数字、. _ @ + - が使えます。後から変更できません。',

  logInTitle: 'ログイン',
  logInLead: '{application} にログインします',
  logInToDecide: 'アプリケーションの要求に答えるため、{application} にログインします',
  logIn: 'ログイン',
  logInRefused:
    'ユーザー名とパスワードの組み合わせが正しくありません。両方を確認して、もう一度試してください。',
  logInLimited: {
    one: '試行回数が多すぎます。1 分待ってからやり直してください。',
    other: '試行回数が多すぎます。{n} 分待ってからやり直してください。',
  },
  logInWith: '{provider} でログイン',
  logInAgain: 'ログインに戻る',
  providerRefused: 'ログインできませんでした',
  noPassword: 'ここではパスワードを使っていません。',
  vouchedForBy: '本人確認元',
  loggedOut: 'ログアウトしました。',
  namedByProxy: '手前のプロキシは、あなたを {name} としています。',
  logInAs: '{name} としてログイン',
  logOutThere: 'そちらでもログアウトする',
  theProxy: '手前のプロキシ',
  logOutTitle: 'ログアウトしますか',
  logOutText: '{name} としてログインしています。アプリケーションに許可したアクセスはそのまま残ります。',
  logOut: 'ログアウト',
  stay: 'ログインしたままにする',

  logInNobody:
    'まだユーザーがいません。サーバーの起動時に表示された設定用リンクを開いて、最初の管理者を作成してください。',
  setUpTitle: '最初の管理者を登録する',
  setUpLead: 'このリンクを最初に開いた人が {application} の管理者になります。リンクは一度だけ使えます。',
  setUp: '管理者を作成',
  setUpDone: '{name} さん、ようこそ。あなたが最初の管理者です。',
  setUpGoneTitle: 'この設定用リンクは使えません',
  setUpGoneUsers:
    '{application} の最初の管理者はすでに登録されています。ログインするか、管理者にアカウントを依頼してください。',
  setUpGoneNone:
    '新しいリンクに置き換えられたか、アドレスが間違っています。サーバーを再起動してください。ユーザーがいない間は、起動時に新しいリンクが表示されます。',

  consentTitle: '{consumer} が {application} で {user} の代わりに操作する許可を求めています',
  consentHeading: '{consumer} が {application} で {user} の代わりに操作する許可を求めています',
  consentDescription: '{consumer} による説明',
  consentGadget: '{consumer} によれば、次のガジェットのための要求です: {gadget}',
  consentMay: '許可すると、できること',
  consentMayNot: '許可しても、できないこと',
  mayRead: '{application} で、あなたが見られるものを読む',
  mayReadAndChange: '{application} で、あなたに見えるものを読み、あなたにできる変更をする',
  mayOnlyPaths: '次のアドレスだけを使う:',
  mayWhileAway: 'あなたがいない間も、あらためて尋ねずに行う',
  mayNotPassword: 'パスワードを見る、変更する',
  mayNotChange: '変更、追加、削除をする',
  mayNotMore: 'あなた自身に権限のないものを使う',
  mayNotOther: 'ほかのアドレスを使う',
  consentUntil: '期限',
  consentUntilRenewable: '{end} まで。アプリケーション自身による更新は {last} まで',
  consentTakeBack: '取り消すには',
  consentTakeBackText: '{link} でいつでも取り消せます',
  consentWhere: '対象',
  consentReturn: 'この後',
  consentReturnTo: '{host} に戻ります',
  consentReturnCode: '{consumer} に入力するコードが表示されます',
  consentLegacy:
    'このアプリケーションが使う古いプロトコルでは、要求を始めた人を確認できません。{consumer} で自分が今始めた場合にだけ許可してください。',
  approve: '許可',
  deny: '拒否',
  myAccess: 'アクセスを許可したアプリケーション',

  verifierTitle: '{consumer} を許可しました',
  verifierText: '次のコードを {consumer} に入力すると完了します。数分以内に一度だけ使えます。',
  verifierLabel: 'コード',
  verifierWarning: 'このコードが必要なのは {consumer} だけです。ほかの人には教えないでください。',
  approvedTitle: '{consumer} を許可しました',
  approvedText: '{consumer} に戻って続けてください。コードは必要ありません。',
  deniedTitle: '要求を拒否しました',
  deniedText:
    '{consumer} にアクセスは許可されていません。間違えた場合は、{consumer} で最初からやり直してください。',
  seeAccess: 'アクセスを許可したアプリケーションを見る',

  problemAbsentTitle: '判断する要求がありません',
  problemAbsentText:
    'アプリケーションは要求（oauth_token）を付けたアドレスでこのページを開きますが、このアドレスには付いていません。アクセスを求めるアプリケーションから始めてください。',
  problemRejectedTitle: 'この要求は確認できません',
  problemRejectedText:
    'アドレスが間違っているか、要求が終了したか、別のユーザーが先に開いています。何も許可していません。アプリケーションに戻ってやり直してください。',
  problemUsedTitle: 'この要求は決定済みです',
  problemUsedText:
    '要求を許可または拒否できるのは一度だけです。アプリケーションがまだ待っている場合は、戻ってやり直してください。',
  problemExpiredTitle: 'この要求は期限切れです',
  problemExpiredText:
    '要求の有効期間を過ぎました。何も許可していません。アプリケーションに戻ってやり直してください。',
  problemOtherTitle: 'この要求は決定できません',
  problemFrom: '要求元',
  problemCode: '問題コード',
  openRequest: '要求を開く',
  decisionAbsent:
    '決定が選ばれないままフォームが送信されました。要求を開き直し、「許可」か「拒否」を選んでください。',

  endSoon: {
    one: '間もなく終了するアクセスが 1 件あります。続けるには、アプリケーションから改めて承認してください。',
    other:
      '間もなく終了するアクセスが {n} 件あります。続けるには、アプリケーションから改めて承認してください。',
  },
  accessLead:
    '次のアプリケーションは {application} であなたの代わりに操作できます。取り消すと、すぐに使えなくなります。',
  accessCaption: 'あなたの代わりに操作できるアプリケーション',
  accessSearch: 'アプリケーションを検索',
  columnConsumer: 'アプリケーション',
  columnDescription: '説明',
  columnIssued: '発行',
  columnExpires: '期限',
  columnUsed: '最終使用',
  columnActions: '操作',
  throughGadget: 'ガジェット {gadget}',
  throughConsumer: '{consumer} のガジェット',
  revokeGadget:
    'ガジェット「{gadget}」のアクセスだけが終わり、{consumer} に許可した他のアクセスは残ります。ガジェットを表示すると、もう一度承認を求められます。',
  renewable: '更新可能',
  revoke: '取り消す',
  revokeNamed: '{consumer} のアクセスを取り消す',
  revokeAll: 'すべて取り消す',
  accessEmptyTitle: 'アクセスを許可したアプリケーションはありません',
  accessEmptyText: 'アプリケーションの要求を許可すると、ここに表示され、アクセスを取り消せるようになります。',
  revokeTitle: '{consumer} のアクセスを取り消しますか',
  revokeText:
    '{consumer} は今後、{application} であなたの代わりに操作できなくなります。後からもう一度許可できます。',
  revokeSubmit: 'OAuth アクセストークンを取り消す',
  revokeAllTitle: 'すべてのアクセスを取り消しますか',
  revokeAllText: {
    one: '1 件のアクセストークンがすぐに使えなくなります。後からもう一度許可できます。',
    other: '{n} 件のアクセストークンがすぐに使えなくなります。後からそれぞれもう一度許可できます。',
  },
  revokeAllSubmit: 'すべてのアクセストークンを取り消す',
  keep: '取り消さない',
  revoked: 'アクセスを取り消しました。',
  revokedAll: {
    one: '1 件のアクセストークンを取り消しました。',
    other: '{n} 件のアクセストークンを取り消しました。',
  },
  revokeGoneTitle: '取り消すものがありません',
  revokeGoneText: '該当するアクセストークンはありません。すでに取り消されたか、期限が切れています。',
  backToList: '一覧に戻る',

  accountTitle: 'アカウント',
  role: '役割',
  administrator: '管理者',
  user: 'ユーザー',
  lastLogin: '最終ログイン',
  changePassword: 'パスワードを変更',
  changePasswordHelp:
    'ほかのブラウザではログアウトされます。アプリケーションに許可したアクセスはそのまま残ります。',
  passwordChanged: 'パスワードを変更しました。',

  indexTitle: 'OAuth 1.0a プロバイダ',
  indexLead: '{application} では、ユーザーの同意のもとで、アプリケーションがユーザーの代わりに操作できます。',
  indexUsers: 'ユーザー向け',
  indexUsersText:
    '必要な情報をひと目で見渡し、自分の代わりに操作できるアプリケーションを確認して、アクセスを取り消せます。',
  indexDashboards: 'ダッシュボード',
  indexAdministrators: '管理者向け',
  indexAdministratorsText: 'コンシューマを登録し、すべてのトークンと変更を確認できます。',
  indexAdministration: 'OAuth の管理',
  indexDevelopers: 'アプリケーション開発者向け',
  indexSign: '署名を段階ごとに計算する',
  indexProblems: 'リクエストが拒否された理由',
  requestTokenUrl: 'リクエストトークン URL',
  authorizeUrl: '認可 URL',
  accessTokenUrl: 'アクセストークン URL',
  consumerInfoUrl: 'コンシューマ情報',
};
