/** What goes wrong on the way to a provider, in Japanese: by the codes of the consumer and of the guarded client. */
import type { AnswerFault, RequestFault } from '../../consumer/index.ts';

/** Problem codes of the Problem Reporting extension and its relatives. */
export const PROBLEMS_JA: Readonly<Record<string, string>> = {
  version_rejected: 'OAuth 1.0 に対応していません。',
  parameter_absent:
    'パラメータが不足しています。別の場所 (ヘッダー、クエリ、本文) を期待しているかもしれません。',
  parameter_rejected: 'パラメータが受け入れられません。コールバックを先に登録する必要があるかもしれません。',
  timestamp_refused: '双方の時計がずれすぎています。時刻を確認してください。',
  nonce_used: '同じ要求がすでに届いています。もう一度お試しください。',
  signature_method_rejected: 'この署名方式は受け入れられません。先方の文書にある方式を選んでください。',
  signature_invalid:
    '署名が一致しませんでした。双方の秘密または公開鍵と、先方から見たアドレスを確認してください。',
  consumer_key_unknown: 'コンシューマキーが登録されていません。先方にこのシステムを登録してください。',
  consumer_key_rejected: 'このコンシューマキーではこの要求は許可されていません。',
  consumer_key_refused: '今は要求を受け付けていません。しばらく待ってからお試しください。',
  token_used: 'トークンはすでに使われています。もう一度接続してください。',
  token_expired: 'トークンの有効期限が切れています。',
  access_token_expired: 'トークンの有効期限が切れています。',
  token_revoked: 'ユーザーまたは先方の管理者が承認を取り消しました。',
  token_rejected: 'トークンは先方で無効です。',
  token_not_authorized: 'ユーザーがトークンを承認していません。',
  verifier_invalid: '検証コードが正しくありません。',
  user_refused: 'ユーザーが拒否しました。',
  permission_denied: 'アクセスが拒否されたか、許可の範囲外です。',
  permission_unknown: 'ユーザーがまだ決めていません。',
  provider_changed: '管理者がアドレスまたはコンシューマキーを変更しました。',
  additional_authorization_required: '先方で追加の承認が必要です。',
};

/** Any other code; `{code}` is it. */
export const OTHER_PROBLEM_JA = '先方独自の問題「{code}」が報告されました。先方の文書を参照してください。';

/** Answers of token addresses that are no token. */
export const ANSWERS_JA: Readonly<Record<AnswerFault, string>> = {
  problem: '問題が報告されました。',
  status: '応答は 200 ではありませんでした。',
  redirected: 'リダイレクトが返りました。リダイレクト先のアドレスを入力してください。',
  'too-large': '応答がトークンにしては長すぎます。アドレスを確認してください。',
  page: '人が見るためのページが返りました。アドレスを確認してください。',
  malformed: '応答がフォーム形式ではありません。アドレスを確認してください。',
  duplicate: '応答に同じパラメータが 2 回ありました。',
  'token-missing': '応答にトークンまたはその秘密がありません。',
  'callback-not-confirmed':
    'コールバックが確認されませんでした (oauth_callback_confirmed=true)。他人の承認が紛れ込むおそれがあります。2007 年の OAuth 1.0 にしか対応していないかもしれません。',
  'verifier-missing':
    '検証コード (oauth_verifier) なしで戻されました。これでは誰が承認したのか確かめられません。',
};

/** Requests that are not made. */
export const REQUESTS_JA: Readonly<Record<RequestFault, string>> = {
  'unknown-provider':
    'その名前のサービスプロバイダはありません。「サービスプロバイダ」の一覧か countersign provider list で確認してください。',
  'no-addresses': 'リクエストトークン、認可、アクセストークンの URL が入力されていないため、接続できません。',
  'token-in-use': '使用中のリクエストトークンが発行されました。もう一度お試しください。',
  'provider-changed':
    '途中でアドレスまたはコンシューマキーが変更されました。トークンは変更前のものなので、もう一度接続してください。',
  'not-by-hand': 'この種のトークンは手で入力できません。',
  'malformed-token':
    '発行されたものをそのまま入力してください。空白のない印字可能な文字で、API キーは 3 つの部分 (CONSUMER:TOKEN:SECRET) です。',
  'invalid-url': 'アドレスがユーザー名のない絶対 http(s) アドレスではありません。',
  'other-origin': 'アドレスがプロバイダのベース URL の外です。署名付きの要求は他へは送られません。',
  'method-not-allowed': 'この HTTP メソッドは管理者が許可したものではありません。',
  'path-not-allowed': 'このパスは管理者が許可したものではありません。',
  'two-legged-off': 'ユーザーなしの要求は有効になっていません。',
  'plaintext-insecure': 'PLAINTEXT は秘密をそのまま送るため、https かこのマシンでしか使えません。',
  'form-with-body': 'このメソッドの要求にはフォームを付けられないか、すでに別の本文があります。',
  'malformed-form': 'フォームの本文が壊れているか、UTF-8 ではありません。',
  'protocol-parameter': '要求に OAuth のパラメータが含まれています。ここで付けるので取り除いてください。',
  'no-own-key': 'このシステムにはまだ鍵がありません。',
};

/** No answer, by the guarded client's codes. */
export const UNREACHABLE_JA: Readonly<Record<string, string>> = {
  unreachable: '応答がありませんでした。動作しているか確認してください。',
  'invalid-url': 'アドレスとして正しくありません。',
  'port-not-allowed': 'このポートへの接続は許可されていません。管理者は --allow-host で許可できます。',
  'host-unknown': 'ホストが見つかりません。名前を確認してください。',
  'address-forbidden': '内部または予約済みのアドレスです。管理者は --allow-host で許可できます。',
  'redirect-refused': '許可されない場所へリダイレクトされました。',
  timeout: '時間内に応答がありませんでした。',
  unreadable: '応答を読み取れませんでした。',
  'tls-failed': 'TLS 接続を確立できませんでした。証明書を確認してください。',
};
