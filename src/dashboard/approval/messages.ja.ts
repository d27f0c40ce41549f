/** Sentences about gadgets and what they may fetch for their viewers, in Japanese. */
import type { en } from './messages.en.ts';

export const ja: typeof en = {
  approve: 'ログインして承認',
  approveNamed: '{provider} にログインして承認',
  approveFor: '{provider} にログインして承認（{title}）',
  inspect: '詳しく調べる',
  inspectFor: '詳しく調べる（{title}）',
  waiting: '開いた {provider} のウィンドウで決めてください。その後、ガジェットは自動的に続きを表示します。',
  closedEarly: '決定の前にウィンドウが閉じられました。',
  barLabel: '{title}のアクセス',

  anonymous:
    '{provider} が全員に公開している内容です。自分のデータを見るには、ログインして承認してください。',
  needsApproval: '{provider} にログインして承認すると、「{gadget}」にあなたのデータが表示されます。',
  expired: '{provider} での承認の有効期限が切れました。続けるには、ログインしてもう一度承認してください。',
  revoked:
    '{provider} での承認が取り消されたため、受け付けられません。続けるには、ログインしてもう一度承認してください。',
  providerChanged:
    '管理者が {provider} のアドレスを変更したため、以前の承認は使えません。ログインしてもう一度承認してください。',
  moreNeeded: '{provider} が追加の承認を求めています。ログインしてもう一度承認してください。',
  providerDown:
    '{provider} が今は応答していません。承認はそのまま残り、{provider} が復旧すればガジェットも動きます。',
  providerFailed: '{provider} の側で誤りが起きました ({status})。しばらくしてからもう一度お試しください。',
  refused: '{provider} がこの要求を通しませんでした。',
  tellAdministrator: '続くようなら管理者に連絡してください。',
  serviceNotInSpec:
    'ガジェットは仕様にないサービス「{service}」を求めています。ガジェットの作者に連絡してください。',
  serviceUnknown:
    'ガジェットが「{service}」と呼ぶサービスプロバイダは登録されていません。管理者がアドレスとともに登録するか、ガジェットをディレクトリに追加し直す必要があります。',

  connectedTitle: '{provider} に接続しました',
  connectedText:
    '「{gadget}」があなたのデータを取得できるようになりました。このウィンドウは自動的に閉じます。閉じない場合は閉じてください。',
  deniedTitle: 'アクセスは許可されませんでした',
  deniedText:
    '{provider} で承認されなかったため、「{gadget}」にあなたのデータは表示されません。間違いであれば、ログインしてもう一度承認してください。',
  failedTitle: '{provider} からアクセスを得られませんでした',
  failedText: '決定は届きましたが、{provider} はアクセストークンを発行しませんでした。',
  failedNext: 'もう一度始めてください。続くようなら管理者に連絡してください。',
  reason: '理由',
  beginFailedTitle: '{provider} に要求できませんでした',
  beginFailedNext: '何も変更されていません。もう一度お試しください。続くようなら管理者に連絡してください。',
  limitedTitle: '要求が多すぎます',
  limitedText: '1 分間に多くの承認を始めました。1 分待ってからお試しください。',
  tryAgain: 'もう一度試す',
  backToDashboard: 'ダッシュボードに戻る',
  toDashboards: 'ダッシュボードへ',
  testProvider: 'このプロバイダをテスト',
  oldTitle: 'このリンクは期限切れです',
  oldText: 'ダッシュボードが長い間開かれていました。ダッシュボードに戻ると、もう一度求められます。',
  foreignTitle: 'このリンクでは何も始まりません',
  foreignText:
    '別のセッションで作られたリンクです (再ログイン前、別のブラウザ、または他の人)。誰かから送られたものなら、何もしないでください。自分のダッシュボードから来た場合は、読み込み直してください。',
  goneTitle: 'ガジェットはもうありません',
  goneText: 'ダッシュボードから外されたか、管理者がディレクトリから削除しました。',

  dashboard: 'ダッシュボード',
  inspectTitle: '「{gadget}」と {provider}',
  inspectLead: 'このガジェットが最後にあなたのデータを求めたときの返答と、その対処です。',
  stateTitle: '現在の状態',
  stateNotConnected: 'このガジェットへのアクセスはまだ承認されていません。',
  stateActive: 'このガジェットへのアクセスは承認済みです。',
  stateDead: '承認は終了しました。',
  spec: 'ガジェット',
  provider: 'サービスプロバイダ',
  access: 'アクセス',
  lastRefusal: '最後の拒否',
  noRefusal: 'このサーバーの起動以降はありません',
  problem: '問題',
  theirWords: '先方の説明',
  requestId: '先方での要求番号',
  requestIdHelp: 'この番号があれば、{provider} の管理者は診断画面で要求とその問題を見つけられます。',
  explanation: '説明',
  explainedThere: '{provider} による説明',
  explainedHere: 'この問題の意味',
  seeConnections: '自分の接続',
};
