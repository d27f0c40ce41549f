/** What each problem code means and what to do, in Japanese. */
import type { problems as en } from './problems.en.ts';

export const problems: typeof en = {
  version_rejected: {
    title: 'プロトコルの版が違う',
    meaning: 'oauth_version が 1.0 でも省略でもありません。',
    advice:
      'oauth_version=1.0 を送るか、省いてください。OAuth 2 のクライアントには別のライブラリが必要です。',
  },
  parameter_absent: {
    title: 'パラメータが足りない',
    meaning: 'OAuth パラメータの一部だけが送られています。',
    advice: 'oauth_parameters_absent に挙げられたものを送り、署名し直してください。',
  },
  parameter_rejected: {
    title: 'パラメータを受け付けられない',
    meaning: '形式の誤り、重複、またはここでは使えないパラメータがあります。',
    advice:
      'oauth_parameters_rejected を確認してください。OAuth パラメータは一か所で一度だけ、パーセントエンコードして送ります。',
  },
  timestamp_refused: {
    title: '時計がずれている',
    meaning: 'oauth_timestamp が現在から離れすぎています。',
    advice: 'クライアントの時計を合わせ、ミリ秒ではなく UTC での 1970 年からの秒数を使ってください。',
  },
  signature_method_rejected: {
    title: '署名方式が許可されていない',
    meaning: 'このコンシューマはその方式を使えません。',
    advice: '公開鍵なら RSA、シークレットなら HMAC を使ってください。応答に使える方式が書かれています。',
  },
  nonce_used: {
    title: '同じリクエストがすでに届いている',
    meaning: 'このノンス、タイムスタンプ、トークンのリクエストは受理済みです。',
    advice: '再試行も含め、毎回署名し直してください。',
  },
  token_used: {
    title: 'リクエストトークンは使用済み',
    meaning: 'リクエストトークンは一度だけ交換できます。',
    advice: '返ってきたアクセストークンを保存するか、認可をやり直してください。',
  },
  token_expired: {
    title: 'トークンの期限切れ',
    meaning: '有効期間が終わっています。',
    advice: 'セッションハンドルで更新するか、ユーザーにもう一度承認してもらってください。',
  },
  token_revoked: {
    title: 'トークンは取り消された',
    meaning: 'ユーザーか管理者が取り消したか、更新されています。',
    advice: '更新後のトークンを使うか、ユーザーにもう一度承認してもらってください。',
  },
  token_rejected: {
    title: 'ここでは使えないトークン',
    meaning: '未知のトークン、別のコンシューマや種類のトークン、またはユーザーにアクセス権がありません。',
    advice: 'トークン、シークレット、コンシューマキーが互いに対応し、このサーバーのものか確認してください。',
  },
  signature_invalid: {
    title: '署名が一致しない',
    meaning: '署名されたものと届いたものが違うか、別の鍵で署名されています。',
    advice: '両方のベース文字列をアドレスから順に比べ、次にシークレットを確認してください。',
  },
  consumer_key_unknown: {
    title: 'コンシューマが登録されていない',
    meaning: 'このキーのコンシューマはありません。',
    advice: '大文字と小文字も含めて oauth_consumer_key を直すか、コンシューマを登録してください。',
  },
  consumer_key_rejected: {
    title: 'このコンシューマには許可されていない',
    meaning: 'コンシューマは登録済みですが、このリクエストは許可されていません。',
    advice: 'このサーバーの管理者に相談してください。',
  },
  permission_unknown: {
    title: 'ユーザーがまだ決めていない',
    meaning: 'リクエストトークンがユーザーの決定を待っています。',
    advice: 'ユーザーを認可のアドレスに送り、戻ってきてから交換してください。',
  },
  permission_denied: {
    title: 'アクセスが拒否された',
    meaning: 'ユーザーが拒否したか、コンシューマの範囲を超えています。',
    advice: 'コンシューマの範囲内で使うか、範囲の変更を依頼してください。',
  },
  additional_authorization_required: {
    title: 'もう一度承認が必要',
    meaning: '承認された内容はこのリクエストに及びません。',
    advice: '認可をやり直してください。',
  },
  consumer_key_refused: {
    title: 'リクエストが多すぎる',
    meaning: 'このコンシューマは、この期間に送れる数を使い切りました。',
    advice: 'Retry-After の秒数だけ待ち、頻度を下げてください。',
  },
};
