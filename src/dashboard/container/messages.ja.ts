/** Japanese sentences about gadgets' frames and requests. */
import type { en } from './messages.en.ts';

export const ja: typeof en = {
  stopped:
    'このガジェットは許される数を超えるメッセージを送ったため停止されました。もう一度試すにはページを再読み込みしてください。',
  frameGone:
    'このガジェットはもうここにないか、表示が許可されていません。ダッシュボードを再読み込みしてください。',
  frameBroken: 'このガジェットは表示できません。管理者はガジェットの一覧で理由を確認できます。',
  frameNotAllowed:
    'このガジェットは {origin} のページですが、ガジェットからは到達できません。管理者が許可できます。',
  leaveTitle: '別のサイトへ移動しますか',
  leaveText:
    'ガジェットのリンクは {host} を指しています。リンク先はガジェットが選んだものです。移動してよいか確かめてください。',
  leaveInvalid: 'ガジェットのリンク先はウェブのアドレスではありません。',
  leaveButton: '{host} へ移動',
  leaveBack: '移動しない場合は、このウィンドウを閉じてください。',
  wrongToken: 'この要求はガジェットのものではありません。ダッシュボードを再読み込みしてください。',
  staleToken: 'ダッシュボードが長い間開かれたままです。再読み込みしてください。',
  gone: 'ガジェットは取り除かれました。ダッシュボードを再読み込みしてください。',
  tooMany: 'ガジェットの要求が多すぎます。{seconds} 秒後にもう一度試してください。',
  notAllowed: 'ガジェットは {origin} に到達できません。管理者が許可できます。',
  signedRefused:
    '{origin} はサービスプロバイダのもので、その設定はユーザーのトークンなしのこの要求を許可していません。OAUTH を使ってください。',
  notAFeed: '応答は RSS でも Atom でもなく、フィードではありません。',
  noOwnKey: 'このインストールには署名に使う自身の鍵がありません。',
  mistakes: {
    'request-unreadable': '要求を読み取れません。',
    'address-invalid': '「{value}」は http または https のアドレスではありません。',
    'address-credentials': 'ユーザー名またはパスワードを含むアドレスは要求されません({value})。',
    'method-unknown':
      '「{value}」はガジェットが使えるメソッドではありません。GET、POST、PUT、PATCH、DELETE、HEAD を使ってください。',
    'authorization-unknown':
      '「{value}」は AUTHORIZATION の値ではありません。NONE、SIGNED、OAUTH を使ってください。',
    'protocol-parameter': 'パラメータ「{value}」はコンテナが設定します。取り除いてください。',
    'escape-malformed': '16 進 2 桁の続かない「%」は署名できません({value})。',
  },
};
