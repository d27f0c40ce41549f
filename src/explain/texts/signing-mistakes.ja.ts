/** Mistakes about encoding, key, algorithm and the signature's own form, in Japanese. */
import type { signingMistakes as en } from './signing-mistakes.en.ts';

export const signingMistakes: typeof en = {
  'encoded-twice': {
    title: '値が二重にエンコードされている',
    advice:
      '署名ライブラリには生の値を渡してください。ライブラリがエンコードします。送られたアドレスの %2520 などが目印です。',
  },
  'query-signed-raw': {
    title: 'クエリがアドレスにあるまま署名されている',
    advice: 'クエリの名前と値をデコードし、RFC 3986 のとおりにエンコードし直してください。',
  },
  'plus-signed-literally': {
    title: 'プラス記号がプラスとして署名され、空白として届いた',
    advice: 'クエリやフォームでは + は空白です。空白は %20、プラスは %2B で送ってください。',
  },
  'space-as-plus': {
    title: '空白がプラス記号にエンコードされている',
    advice:
      'フォーム用のエンコーダーが使われています。ベース文字列は RFC 3986 に従い、空白は %20、アスタリスクは %2A、チルダはそのままです。',
  },
  'values-not-encoded': {
    title: '名前と値がエンコードされずに連結されている',
    advice: '名前と値をそれぞれエンコードして連結し、その結果をもう一度エンコードしてください。',
  },
  'parameters-encoded-once': {
    title: '連結したパラメータがエンコードされていない',
    advice: 'ベース文字列では全体をもう一度エンコードします。& は %26、= は %3D、% は %25 になります。',
  },
  'lower-case-hex': {
    title: 'エスケープが小文字で書かれている',
    advice: 'ベース文字列の 16 進数字は大文字です。%3a ではなく %3A です。',
  },
  'marks-not-encoded': {
    title: "! ' ( ) * がエンコードされていない",
    advice:
      'encodeURIComponent などはこれらを残しますが、RFC 5849 ではエンコードします: %21 %27 %28 %29 %2A。',
  },
  'tilde-encoded': {
    title: 'チルダがエンコードされている',
    advice: 'チルダはそのまま書きます（RFC 3986）。古いエンコーダーの %7E を戻してください。',
  },
  'latin1-encoding': {
    title: '署名と送信で文字コードが違う',
    advice: '名前と値は両側とも UTF-8 です。Latin-1 や Windows-1252 ではバイトが変わります。',
  },
  'unicode-form': {
    title: '合成文字の表し方が違う',
    advice:
      '同じ文字が違う Unicode 正規化形式で署名・送信されています（macOS のファイル名など）。署名の前に正規化してください。',
  },
  'address-not-encoded': {
    title: 'アドレスがベース文字列でエンコードされていない',
    advice: 'アドレスもエンコードします: https%3A%2F%2Fhost%2Fpath。',
  },
  'callback-encoding': {
    title: 'oauth_callback のエンコードの回数が違う',
    advice:
      'コールバックは生の文字列でライブラリに渡してください。ヘッダーでは一度、ベース文字列では二度エンコードされます。',
  },
  'base-string-newline': {
    title: 'ベース文字列の末尾に余分なものが付いて署名されている',
    advice: 'パラメータの後には改行もアンパサンドも付きません。',
  },
  'token-secret-missing': {
    title: '鍵にトークンシークレットがない',
    advice:
      '鍵はコンシューマシークレット、&、トークンシークレットです。トークンと一緒に保存し、ライブラリに渡してください。',
  },
  'ampersand-missing': {
    title: '鍵にアンパサンドがない',
    advice: 'トークンシークレットがまだなくても、& は必要です: "secret&"。',
  },
  'secret-with-newline': {
    title: 'シークレットの末尾に改行がある',
    advice: 'ファイル、環境変数、コピーに付いてきたものです。読み込むところで取り除いてください。',
  },
  'secret-with-blanks': {
    title: 'シークレットの前後に見えない文字がある',
    advice: '空白、タブ、バイト順マークがコピーに付いてきています。読み込むところで取り除いてください。',
  },
  'secret-trimmed': {
    title: 'ここに登録されたシークレットの前後に空白がある',
    advice: 'クライアントは空白なしで使っています。空白を除いて登録し直してください。',
  },
  'secret-quoted': {
    title: 'シークレットが引用符ごと使われている',
    advice: '設定ファイルの引用符がシークレットの一部と見なされています。取り除いてください。',
  },
  'key-not-encoded': {
    title: '鍵のシークレットがエンコードされていない',
    advice:
      '& で連結する前に、それぞれをパーセントエンコードします。+ / = & などを含むシークレットで違いが出ます。',
  },
  'key-encoded-twice': {
    title: '鍵のシークレットが二重にエンコードされている',
    advice: 'ライブラリには生のシークレットを渡してください。ライブラリがエンコードします。',
  },
  'secrets-swapped': {
    title: 'コンシューマシークレットとトークンシークレットが入れ替わっている',
    advice: 'コンシューマシークレットが先、& の後がトークンシークレットです。',
  },
  'consumer-secret-twice': {
    title: '一つのシークレットが両方に使われている',
    advice:
      'コンシューマシークレットはアプリケーションのもの、トークンシークレットはトークンのものです。設定を確認してください。',
  },
  'consumer-key-for-secret': {
    title: 'コンシューマキーがシークレットとして使われている',
    advice: 'キーと一緒に発行されたシークレットを設定してください。',
  },
  'token-for-secret': {
    title: 'トークンがそのシークレットとして使われている',
    advice: 'oauth_token と oauth_token_secret は別の値です。シークレットで署名してください。',
  },
  'secret-base64-decoded': {
    title: 'シークレットが base64 としてデコードされている',
    advice: 'シークレットは文字列です。base64 に見えても、その文字がそのまま鍵です。',
  },
  'secret-hex-decoded': {
    title: 'シークレットが 16 進数としてデコードされている',
    advice: 'シークレットは文字列です。16 進数に見えても、その文字がそのまま鍵です。',
  },
  'old-credential': {
    title: '交換済みの鍵またはシークレットで署名されている',
    advice: '新しいものが発行され、併用期間は終わっています。クライアントに新しいものを設定してください。',
  },
  'other-digest': {
    title: 'oauth_signature_method と違うハッシュが使われている',
    advice: '使う方式を名乗るか、名乗った方式を使ってください。SHA-1、SHA-256、SHA-512 は別の方式です。',
  },
  'hashed-twice': {
    title: 'ベース文字列がハッシュされてから署名されている',
    advice: '署名関数が自分でハッシュします。ダイジェストではなくベース文字列を渡してください。',
  },
  'rsa-pss': {
    title: 'PSS パディングで署名されている',
    advice: 'OAuth 1 は RSASSA-PKCS1-v1_5 を使います。クライアントでそのパディングを選んでください。',
  },
  'rsa-bare-digest': {
    title: 'ダイジェストが署名ではなく暗号化されている',
    advice: 'ライブラリの署名関数を使ってください。ダイジェストの前にハッシュの識別子が付きます。',
  },
  'plaintext-signature': {
    title: '署名がシークレットそのものになっている',
    advice:
      '別の方式の名前で PLAINTEXT が送られています。ログに残っているので、シークレットを交換してから署名してください。',
  },
  'signature-hex': {
    title: '署名が 16 進数で書かれている',
    advice: '署名のバイトを base64 で書いてください。',
  },
  'signature-base64-of-hex': {
    title: '署名が 16 進文字列の base64 になっている',
    advice:
      'ハッシュ関数から生のバイトを受け取り（PHP では hash_hmac(…, true)）、それをエンコードしてください。',
  },
  'signature-base64url': {
    title: '署名が base64url で書かれている',
    advice: '通常の base64 を使ってください。- と _ ではなく + と /、末尾は = です。',
  },
  'signature-unpadded': {
    title: '署名の末尾の = がない',
    advice:
      'base64 は 4 文字の倍数になるよう = で埋めます。エンコードするところでは %3D として残してください。',
  },
  'signature-encoded-twice': {
    title: '署名が二重にエンコードされている',
    advice: 'ヘッダーやクエリに入れるとき、署名は一度だけパーセントエンコードしてください。',
  },
  'signature-plus-lost': {
    title: '署名の + が空白として届いた',
    advice: 'クエリやフォームでは署名をパーセントエンコードしてください。+ は %2B です。',
  },
};
