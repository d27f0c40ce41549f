/** Sentences of the diagnosis, in Japanese. */
import type { en } from './messages.en.ts';

export const ja: typeof en = {
  title: '診断',
  lead: '拒否された署名付きリクエストの直近 3 日分です。開くと、拒否の理由と対処がわかります。',
  leadOff:
    '拒否されたリクエストは保存されていません（設定 capture-refusals が off です）。リクエストを貼り付けると説明できます。',
  paste: 'リクエストを貼り付ける',
  server: 'このサーバーからの見え方',
  problems: '問題コードの意味',
  sign: '署名を段階ごとに計算する',
  searchLabel: 'リクエスト ID、コンシューマキー、パス',
  filterTitle: '絞り込み',
  filter: '絞り込む',
  clear: 'すべて表示',
  consumer: 'コンシューマキー',
  problem: '問題',
  allProblems: 'すべての問題',
  time: '時間',
  times: { days: '直近 3 日', day: '直近 1 日', hour: '直近 1 時間', minutes: '直近 10 分' },
  emptyTitle: '拒否された署名付きリクエストはありません',
  emptyText:
    'リクエストが拒否されると、まもなくここに表示され、3 日残ります。送信者に応答のリクエスト ID（X-Request-Id）を尋ねるか、リクエストを貼り付けてください。',
  searchHelp:
    '拒否されたリクエストは 3 日間、コンシューマごとに直近 50 件まで残ります。受け付けたリクエストは残りません。残っていないリクエストは貼り付けて調べられます。',
  noneFound: 'この条件に合う拒否はありません。',
  caption: '拒否されたリクエスト（新しい順）',
  columnWhen: '拒否日時',
  columnProblem: '問題',
  columnConsumer: 'コンシューマ',
  columnRequest: 'リクエスト',
  explain: '説明',
  explainThis: '{method} {path} の説明',
  stranger: '未登録',
  noConsumer: '指定なし',

  showTitle: '{method} {path} が拒否された理由',
  goneTitle: 'この拒否の記録はありません',
  goneText:
    'ID が {id} の拒否されたリクエストはありません。記録は 3 日、コンシューマごとに直近 50 件まで残ります。拒否された直後は 1 秒ほどかかることがあります。受け付けたリクエストは保存されません。',
  backToList: '一覧に戻る',
  aboutTitle: 'リクエスト',
  factWhen: '拒否日時',
  factRequestId: 'リクエスト ID',
  factAnswer: '応答',
  factConsumer: 'コンシューマ',
  factRequest: 'リクエスト',
  factClient: 'クライアントのアドレス',
  changedTitle: 'その後の変更があります',
  changedRefused: '現在の登録内容で判定すると、応答は {problem} になります。',
  changedAccepted: '現在の登録内容で判定すると、nonce と時刻を除いて問題はありません。',
  bodyMissing:
    'このリクエストの本文は保存されていません（64 KiB を超えたか、署名の対象外です）。本文が原因と思われる場合は、リクエスト全体を貼り付けてください。',

  causesTitle: '何が間違っていたか',
  noCauseSignature:
    '既知の誤りをすべて試しましたが（署名 {n} 件）、どれも一致しません。シークレットまたは鍵が異なるか、複数の誤りが重なっています。下のベース文字列を、クライアントが出力するものと比べてください。',
  accepted: '判定できる範囲では、このリクエストに問題はありません。',
  alternatives: '次の誤りでも同じ結果になります',
  moreAbout: '詳しく見る',
  aboutProblem: '{problem} の意味',

  checksTitle: '項目ごとの確認',
  checksLead: 'プロバイダが確認する順に並んでいます。最初の ✘ が応答になります。',
  outcomes: { passed: '合格', failed: '不合格', skipped: '対象外' },
  yours: '送信側',
  ours: 'こちら側',
  checks: {
    parameters: '見つかったパラメータ',
    version: 'バージョン',
    consumer: 'コンシューマ',
    method: '署名方式',
    clock: '時刻',
    nonce: 'nonce',
    token: 'トークン',
    callback: 'コールバック',
    verifier: 'ベリファイア',
    signature: '署名',
    'body-hash': '本文のハッシュ',
    rights: '権限',
  },

  baseTitle: 'ベース文字列の比較',
  baseLeadPrinted:
    '左はクライアントが出力したベース文字列、右はこのサーバーが作ったものです。1 段階だけデコードしています。',
  baseLeadReconstructed:
    '左は見つかった原因から推定した、クライアントが署名した文字列、右はこのサーバーが作ったものです。1 段階だけデコードしています。',
  baseOursOnly:
    'このサーバーが作ったベース文字列です。クライアントが出力するものと比べるか、両方を一緒に貼り付けてください。',
  baseCaption: 'ベース文字列の部分ごとの比較',
  part: '部分',
  parts: { method: 'メソッド', address: 'アドレス' },
  state: '比較',
  states: {
    equal: '同じ',
    different: '異なる',
    'only-yours': '送信側のみ',
    'only-ours': 'こちら側のみ',
    moved: '位置が異なる',
  },
  firstDifference: '最初の違い',
  absent: '–',
  rawOurs: '署名されるとおりの、こちら側のベース文字列',
  rawYours: '送信側のベース文字列',

  journeyTitle: '届くまでのアドレス',
  journeyLead:
    'プロキシがスキーム、ホスト、ポート、パスをどう変えたかを示します。クライアントが署名すべきなのは最後の列です。',
  journeyCaption: '届くまでのスキーム、ホスト、ポート、パス',
  signed: '署名時',
  seen: '到着時',
  forwarded: 'プロキシのヘッダー',
  mustSign: '署名すべき値',
  ignored: '無視',
  believed: '信用',
  journeyParts: { scheme: 'スキーム', host: 'ホスト', port: 'ポート', path: 'パス' },

  pasteTitle: '貼り付けたリクエストの説明',
  pasteLead:
    '生の HTTP リクエスト、curl コマンド、HAR のエントリ、またはメソッドとアドレスを添えた Authorization ヘッダーを貼り付けてください。クライアントが出力したベース文字列があれば一緒に使えます。何も保存されません。',
  pasteField: 'リクエスト',
  pasteHelp:
    '署名を含め、送信したとおりに貼り付けます。例: 1 行目に GET https://tracker.example.com/rest/issues、続けて Authorization ヘッダー。',
  baseField: 'クライアントが出力したベース文字列',
  baseHelp: '多くのライブラリはデバッグモードで出力します。これがあれば、両方の文字列を直接比べられます。',
  atField: '送信した時刻',
  atHelp: '時刻の確認に使います。ISO 8601 または 1970 年からの秒数。空の場合はリクエスト内の時刻を使います。',
  atMistake: '2026-01-31T12:00:00Z のような時刻か、1970 年からの秒数を入力してください。',
  explainPasted: '説明する',
  ignoredTitle: '解釈できず、除いた部分',
  anotherTitle: 'リクエスト（変更してもう一度試せます）',
  readAs: '{kind}として読み取りました: {method} {url}',
  kinds: {
    http: 'HTTP リクエスト',
    curl: 'curl コマンド',
    har: 'HAR のエントリ',
    header: 'Authorization ヘッダー',
    'base-string': 'ベース文字列',
  },
  pasteMistakes: {
    empty: 'リクエストを貼り付けてください。',
    'too-long': '長すぎます。リクエストを 1 つだけ貼り付けてください。',
    'not-recognised':
      '読み取れる形式ではありません。GET https://host/path のようなリクエスト行か、curl で始めてください。',
    'no-address': 'アドレスがありません。メソッドと完全なアドレスで始めてください。',
    'curl-quote-open': 'curl コマンドの引用符が閉じていません。',
    'har-not-json': 'HAR ではありません（正しい JSON ではありません）。',
    'har-without-request': 'この HAR にはリクエストがありません。',
    'http-malformed':
      'HTTP リクエストではありません。GET /path HTTP/1.1 のようなリクエスト行で始め、ヘッダーを 1 行に 1 つずつ書いてください。',
    'base-string-malformed':
      'ベース文字列は「メソッド&アドレス&パラメータ」の 3 つの部分からなり、パーセントエンコードされています。',
  },
  limitedTitle: 'しばらくお待ちください',
  limitedText: '1 分間に多くの説明を求めました。1 分後にもう一度お試しください。',

  serverTitle: 'このサーバーからの見え方',
  serverLead:
    'このページのリクエスト自体について、どのように届き、誰のヘッダーを信用し、クライアントが何に署名すべきかを示します。',
  signThis: 'クライアントが署名するアドレスの先頭',
  signThisHelp: '設定 public-url の値です。これだけで決まり、リクエストのヘッダーでは変わりません。',
  findingsTitle: '変更すべきこと',
  allWell: 'すべて一致しています。このリクエストの届き方は設定に合っています。',
  connectionTitle: 'この接続',
  factPeer: '接続元',
  factTrust: '登録されたプロキシか',
  trustYes: 'はい。trust-proxy（{list}）に含まれるので、そのヘッダーを信用します。',
  trustNo: 'いいえ。trust-proxy（{list}）に含まれないので、転送ヘッダーを無視します。',
  trustNone: 'いいえ。trust-proxy が空なので、誰の転送ヘッダーも信用しません。',
  factSecure: '保護された通信とみなすか',
  secureYes: 'はい。PLAINTEXT を受け付けることができます。',
  secureNo: 'いいえ。PLAINTEXT は拒否されます。',
  factForwarded: '転送ヘッダー',
  noForwarded: '送られていません',
  findings: {
    'untrusted-forwarding':
      '転送ヘッダーが {peer} から届きましたが、登録されたプロキシではありません。自分のプロキシであれば --trust-proxy {peer} を追加してください。そうでなければ、無視するのが正しい動作です。',
    'scheme-differs':
      'プロキシはクライアントが {seen} で来たと伝えていますが、public-url は {ours} です。クライアントが使う {seen}:// で始まるアドレスを --public-url に設定してください。',
    'host-differs':
      'クライアントが要求したホストは {seen} ですが、public-url は {ours} です。{seen} に署名したクライアントは拒否されます。公開 URL を使うか、実際に使うものを --public-url に設定してください。',
    'no-scheme-header':
      'public-url は https ですが、プロキシ {peer} はクライアントのスキームを伝えていません。X-Forwarded-Proto を送るように設定してください。',
    'no-proxy-listed':
      'public-url は https で、{peer} からの接続は平文の HTTP なので、前段にプロキシがあります。X-Forwarded-For と X-Forwarded-Proto を送るように設定し、--trust-proxy {peer} を追加してください。',
  },
};
