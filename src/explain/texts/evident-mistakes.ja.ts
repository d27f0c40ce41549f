/** Mistakes that show by themselves, in Japanese. */
import type { evidentMistakes as en } from './evident-mistakes.en.ts';

export const evidentMistakes: typeof en = {
  'authorization-missing': {
    title: 'OAuth パラメータが届いていない',
    advice:
      'クライアントが送っていないか、プロキシが Authorization ヘッダーを取り除いています（CGI の Apache や、別ホストへのリダイレクトなど）。転送させてください。',
  },
  'other-authorization-scheme': {
    title: 'Authorization ヘッダーの種類が違う',
    advice:
      'OAuth 1 のヘッダーは OAuth という語で始まります。Bearer は OAuth 2、Basic はパスワードのものです。',
  },
  'parameters-in-two-places': {
    title: 'OAuth パラメータが二度送られている',
    advice:
      'ヘッダー、クエリ、フォーム本文の二か所、または一か所に二度あります。一か所で一度だけ送ってください。',
  },
  'signature-line-breaks': {
    title: '署名に改行が含まれている',
    advice:
      'base64 の関数が 60 または 76 文字で改行しています。改行しない関数を使うか、改行を取り除いてください。',
  },
  'clock-milliseconds': {
    title: 'タイムスタンプがミリ秒になっている',
    advice: 'oauth_timestamp は 1970 年からの秒数です。1000 で割り、小数を切り捨ててください。',
  },
  'clock-time-zone': {
    title: 'タイムスタンプが現地時刻から作られている',
    advice: '時差の分だけずれています。UTC での 1970 年からの秒数を使ってください。',
  },
  'clock-skew': {
    title: 'クライアントの時計がずれている',
    advice: 'NTP で合わせてください。仮想マシンでは、休止後の時刻も確認してください。',
  },
  'nonce-repeated': {
    title: '同じリクエストが二度送られた',
    advice:
      '再試行も含め、毎回新しいノンスとタイムスタンプで署名し直してください。リクエストを繰り返すプロキシがないかも確認してください。',
  },
  'method-of-other-family': {
    title: '署名方式が資格情報に合っていない',
    advice:
      '公開鍵を持つコンシューマは RSA、シークレットを持つコンシューマは HMAC で署名します。クライアントを変えるか、もう一方を登録してください。',
  },
  'method-name-misspelt': {
    title: '署名方式の名前が誤っている',
    advice: '大文字とハイフン一つで書きます: HMAC-SHA1、RSA-SHA256。',
  },
  'plaintext-not-allowed': {
    title: 'このコンシューマに PLAINTEXT は許可されていない',
    advice: 'HMAC で署名してください。できない場合は、管理者がこのコンシューマに PLAINTEXT を許可できます。',
  },
  'plaintext-unprotected': {
    title: 'PLAINTEXT が他人に読める形で送られた',
    advice:
      'TLS 上で Authorization ヘッダーに入れて送り、アドレスには決して入れないでください。読まれた可能性があるので、シークレットを交換してください。',
  },
  'consumer-key-blanks': {
    title: 'コンシューマキーの前後に空白か引用符がある',
    advice: 'コピーに付いてきたものを取り除いてください。',
  },
  'callback-missing': {
    title: 'リクエストトークンの要求に oauth_callback がない',
    advice:
      'ユーザーが戻るアドレスか oob を送ってください。2007 年の OAuth 1.0 のクライアントは送りません。更新してください。',
  },
  'verifier-missing': {
    title: 'ベリファイアーがない',
    advice: 'コールバックに付いてきた、またはユーザーに表示された oauth_verifier を送ってください。',
  },
  'request-token-for-access-token': {
    title: 'リクエストトークンがアクセストークンとして使われている',
    advice: '先にアクセストークンのアドレスで交換し、返ってきたトークンとシークレットを使ってください。',
  },
  'body-changed': {
    title: 'ハッシュされた本文と届いた本文が違う',
    advice:
      '署名の後で変わっています（圧縮、JSON の書き出し直し、プロキシ）。実際に送るバイトをハッシュしてください。',
  },
  'body-hash-of-other-bytes': {
    title: 'oauth_body_hash の計算が誤っている',
    advice:
      '本文そのものを署名方式のハッシュで計算し、base64 で書きます。空や前後を削った本文、16 進数は使いません。',
  },
};
