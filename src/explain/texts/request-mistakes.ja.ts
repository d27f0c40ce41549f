/** Mistakes about the address, the method, the parameters and their order, in Japanese. */
import type { requestMistakes as en } from './request-mistakes.en.ts';

export const requestMistakes: typeof en = {
  'signed-http-for-https': {
    title: 'http で署名されているが、このサーバーは https で公開されている',
    advice:
      'クライアントに https のアドレスを設定してください。クライアントが同じプロキシの背後にあるサーバーなら、X-Forwarded-Proto から自分のアドレスを組み立てるようにします。',
  },
  'signed-https-for-http': {
    title: 'https で署名されているが、このサーバーは http で公開されていると認識している',
    advice:
      '手前のプロキシが TLS を終端しています。クライアントが使う https のアドレスを --public-url に設定してください。',
  },
  'signed-seen-host': {
    title: '別のホスト名で署名されている',
    advice:
      'クライアントが公開 URL と違う名前を使っています。クライアントで公開 URL を使うか、クライアントが使う名前を --public-url に設定してください。',
  },
  'signed-other-loopback-name': {
    title: 'localhost と 127.0.0.1 が混在している',
    advice: '署名では別の文字列です。クライアントでは公開 URL の名前を使ってください。',
  },
  'signed-other-www': {
    title: 'www. の有無が違う',
    advice: 'クライアントで公開 URL を使ってください。署名の後にリダイレクトしても間に合いません。',
  },
  'host-not-lower-case': {
    title: 'ホスト名が大文字を含んだまま署名されている',
    advice: 'スキームとホストは小文字で署名します（RFC 5849 3.4.1.2）。アドレスを小文字で設定してください。',
  },
  'default-port-signed': {
    title: '既定のポートが署名に含まれている',
    advice: 'https の :443 と http の :80 は、設定するアドレスでもベース文字列でも省きます。',
  },
  'port-not-signed': {
    title: 'ポートが署名に含まれていない',
    advice:
      '公開 URL にポートがあるので、署名にも必要です。クライアントがポートなしで接続するなら、--public-url をそれに合わせてください。',
  },
  'other-port-signed': {
    title: '別のポートで署名されている',
    advice:
      'クライアントかそのプロキシが内部のポートを使っています。公開 URL のアドレスで署名し、公開 URL が誤りなら --public-url を直してください。',
  },
  'path-prefix-not-signed': {
    title: 'パスの先頭が署名されていない',
    advice:
      '署名にない接頭辞が付いて届いています。プロキシが付けたか、クライアントがアドレスの連結で失っています。要求するパス全体を署名してください。',
  },
  'path-prefix-signed': {
    title: '届いていない接頭辞がパスに署名されている',
    advice:
      'プロキシがパスの接頭辞を取り除いています。パスをそのまま転送させ、接頭辞を --public-url に含めてください。',
  },
  'trailing-slash': {
    title: 'パス末尾のスラッシュが違う',
    advice: '要求するパスのとおりに署名してください。スラッシュを補うリダイレクトは署名を壊します。',
  },
  'double-slash': {
    title: 'パスの二重スラッシュが違う',
    advice:
      'スラッシュで終わる基底アドレスと、スラッシュで始まるパスが連結されています。片方を除くか、プロキシがスラッシュをまとめないようにしてください。',
  },
  'path-decoded': {
    title: 'パスがデコードされてから署名されている',
    advice: 'リクエスト行にあるとおり、エスケープを含む生のパスを署名してください。',
  },
  'path-encoded-again': {
    title: 'パスがもう一度エンコードされてから署名されている',
    advice: 'パスは要求のとおりにベース文字列へ入れ、そこで一度だけエンコードします。',
  },
  'path-escapes-other-case': {
    title: 'パスのエスケープの大文字・小文字が違う',
    advice: '要求のとおりに署名してください。プロキシが %2f を %2F に変えるなら、初めから大文字で送ります。',
  },
  'path-normalised': {
    title: 'パスの . や .. が片方でだけ解決されている',
    advice: '署名して送る前に、アドレスの . と .. を解決してください。',
  },
  'path-lower-case': {
    title: 'パスが小文字で署名されている',
    advice: '小文字にするのはスキームとホストだけです。パスは大文字と小文字を区別します。',
  },
  'path-only-signed': {
    title: 'パスだけが署名されている',
    advice: 'ベース文字列にはスキーム、ホスト、既定でないポート、パスのすべてが必要です。',
  },
  'query-in-address': {
    title: 'クエリがアドレスの一部として署名されている',
    advice: 'アドレスは疑問符の前で切ります。クエリのパラメータは、ほかのすべてと一緒に並べ替えます。',
  },
  'head-and-get': {
    title: '途中で HEAD と GET が入れ替わった',
    advice:
      'プロキシかキャッシュが変えています。メソッドをそのまま転送させるか、初めから GET を送ってください。',
  },
  'other-method-signed': {
    title: '届いたものと違うメソッドで署名されている',
    advice:
      'リダイレクト（301、302）が POST を GET に変えたか、メソッドの上書きがあります。実際に送るメソッドで署名してください。',
  },
  'method-lower-case': {
    title: 'メソッドが小文字で署名されている',
    advice: 'ベース文字列ではメソッドを大文字で書きます。',
  },
  'query-not-signed': {
    title: 'クエリが署名されていない',
    advice:
      'クエリのパラメータはすべてベース文字列に入ります。クエリ付きのアドレスをライブラリに渡してください。',
  },
  'query-lost': {
    title: 'クエリが途中で変わった',
    advice: '署名の後でプロキシや CDN がクエリを削除または書き換えています。そのまま転送させてください。',
  },
  'form-not-signed': {
    title: 'フォームの項目が署名されていない',
    advice:
      'application/x-www-form-urlencoded の本文の項目はベース文字列に入ります。署名ライブラリに渡してください。',
  },
  'form-type-missing': {
    title: '本文はフォームとして署名されたが、フォームとして送られていない',
    advice:
      'Content-Type: application/x-www-form-urlencoded を送るか、本文をベース文字列から除いてください。',
  },
  'json-as-form': {
    title: 'JSON の本文がフォームとして署名されている',
    advice: '署名するのはフォームの項目だけです。JSON は除いてください。oauth_body_hash で保護できます。',
  },
  'empty-token-not-signed': {
    title: '空の oauth_token が送られたが、署名されていない',
    advice: 'oauth_token をまったく送らないか、送るとおり空の値で署名してください。',
  },
  'empty-token-signed': {
    title: '空の oauth_token が署名されたが、送られていない',
    advice: '署名したとおり oauth_token="" を送るか、除いて署名してください。',
  },
  'version-not-signed': {
    title: 'oauth_version が送られたが、署名されていない',
    advice: 'oauth_signature 以外の oauth_ パラメータはすべて署名します。署名するか、送らないでください。',
  },
  'version-signed-not-sent': {
    title: 'oauth_version が署名されたが、送られていない',
    advice: 'oauth_version=1.0 を送るか、ベース文字列から除いてください。',
  },
  'token-not-signed': {
    title: 'oauth_token が送られたが、署名されていない',
    advice: 'トークンは署名の前に設定してください。',
  },
  'callback-not-signed': {
    title: 'oauth_callback が送られたが、署名されていない',
    advice: '署名の前に oauth_callback を加えてください。クエリやフォームで送る場合も、そこで署名します。',
  },
  'verifier-not-signed': {
    title: 'oauth_verifier が送られたが、署名されていない',
    advice: '署名の前に oauth_verifier を加えてください。クエリやフォームで送る場合も、そこで署名します。',
  },
  'body-hash-not-signed': {
    title: 'oauth_body_hash が送られたが、署名されていない',
    advice: '先に本文のハッシュを計算してパラメータに加え、それから署名してください。',
  },
  'realm-signed': {
    title: 'realm が署名されている',
    advice: 'Authorization ヘッダーの realm だけは署名しません。',
  },
  'signature-signed': {
    title: '空の oauth_signature が署名されている',
    advice: 'oauth_signature は自分のベース文字列に入りません。署名の後で加えてください。',
  },
  'duplicates-dropped': {
    title: '繰り返されたパラメータが一つしか署名されていない',
    advice: 'すべての出現を署名します。名前ごとに一つしか持てない辞書ではなく、リストで扱ってください。',
  },
  'empty-values-dropped': {
    title: '値が空のパラメータが署名されていない',
    advice: '値のないパラメータも、ほかと同じく name= として署名します。',
  },
  'array-brackets': {
    title: '配列の角括弧が署名と送信で違う',
    advice: 'a[]、a[0]、a のどれでも、送る名前のとおりに、括弧をエンコードして署名してください。',
  },
  'parameter-added': {
    title: '署名の後でパラメータが加えられた',
    advice:
      '署名からこのサーバーまでの間の何か（割り込み処理、キャッシュ回避、プロキシ）が加えています。署名の前に加えてください。',
  },
  'protocol-parameters-not-signed': {
    title: 'oauth_ パラメータが署名されていない',
    advice: 'ノンス、タイムスタンプ、コンシューマキー、署名方式、トークンも、ほかと一緒に署名してください。',
  },
  'parameters-unsorted': {
    title: 'パラメータが並べ替えられていない',
    advice: '先にエンコードし、すべてを名前順に、同じ名前は値の順に並べてください。',
  },
  'sorted-by-decoded-value': {
    title: 'パラメータがエンコードの前に並べ替えられている',
    advice: '先に名前と値をエンコードします。順序はエンコード後の文字列で決まります。',
  },
  'sorted-as-pairs': {
    title: 'パラメータが name=value 全体の文字列で並べ替えられている',
    advice: 'まず名前を比べ、名前が同じときだけ値を比べてください。',
  },
  'sorted-ignoring-case': {
    title: 'パラメータが辞書順に並べ替えられている',
    advice: '順序はバイト順で、大文字が小文字より先です。序数比較を使ってください。',
  },
  'sorted-by-name-only': {
    title: '繰り返されたパラメータが値の順に並んでいない',
    advice: '名前が同じときは、エンコードした値の順にします。',
  },
};
