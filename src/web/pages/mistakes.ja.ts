/** The mistakes of administrators' input in Japanese; the English ones stand in the catalogue itself. */
import type { MistakeCode, MistakeField, NextStepField } from '../../administration/index.ts';

export const FIELD_LABELS_JA: Readonly<Record<MistakeField, string>> = {
  key: 'コンシューマキー',
  name: '名前',
  consumerKey: 'コンシューマキー',
  description: '説明',
  owner: '所有者',
  publicKey: '公開鍵',
  secret: '共有秘密',
  signatureMethod: '署名方式',
  callback: 'コールバック URL',
  readOnly: '読み取り専用',
  paths: 'パスのパターン',
  twoLegged: '2-legged アクセス',
  executeAs: '実行ユーザー',
  mayImpersonate: 'なりすまし',
  legacy10: '2007 年の OAuth 1.0',
  allowPlaintext: 'PLAINTEXT',
  requestTokenUrl: 'リクエストトークンの URL',
  authorizeUrl: '認可の URL',
  accessTokenUrl: 'アクセストークンの URL',
  baseUrl: 'ベース URL',
  carrier: 'パラメータの場所',
  realm: 'レルム',
  tokenMethod: 'トークンアドレスのメソッド',
  confirmsCallback: 'OAuth 1.0a',
  callbackAtAuthorize: '認可アドレスのコールバック',
  sendsBodyHash: '本文のハッシュ',
  providerTwoLegged: 'ユーザーなしのリクエスト',
  handEntry: 'ユーザーによる入力',
  allowedMethods: '許可するメソッド',
  allowedPaths: '許可するパス',
  endsConnections: 'ユーザーの再接続',
  overlap: '重複期間',
  reason: '理由',
  entry: '記録',
  user: 'ユーザー',
  token: 'トークン',
  record: 'レコード',
};

/** What to do where something is not found; `record` stands for every field that is not named. */
export const NEXT_STEPS_JA: Readonly<Record<NextStepField, string>> = {
  key: '「コンシューマ」の一覧か countersign consumer list で確認してください。',
  name: '「サービスプロバイダ」の一覧か countersign provider list で確認してください。',
  baseUrl:
    'リンクしたシステムはコンシューマとサービスプロバイダの一覧にあります。countersign consumer list と countersign provider list で確認してください。',
  entry: '番号は変更履歴で確認してください。',
  token:
    'すでに終わっている可能性があります。有効なものは「トークン」の一覧か countersign token list にあります。',
  record: 'countersign serve でサーバーを一度起動すると作られます。',
};

export const MISTAKES_JA: Readonly<Record<MistakeCode, string>> = {
  required: '{field}を入力してください。',
  'too-long': '{field}は {maximum} 文字以内にしてください。',
  'too-many': '{field}は {maximum} 個以内にしてください。',
  'forbidden-character': '{field}に制御文字または見えない文字が含まれています。取り除いてください。',
  taken: '{field}「{text}」はすでに使われています。別のものにするか、既存のものを編集してください。',
  'not-found': '{field}「{text}」は見つかりません。',
  'changed-meanwhile':
    '編集している間に他の人が変更しました。現在の値を確認してから、もう一度変更してください。',
  'unknown-user':
    '{field}: ユーザー「{text}」は存在しません。「ユーザー」の一覧か countersign user list で確認してください。',
  'disabled-user': '{field}: ユーザー「{text}」は無効になっています。',
  'needs-two-legged':
    '{field}は 2-legged アクセスを許可した場合にだけ意味があります。許可するか、空にしてください。',
  'needs-shared-secret':
    '{field}は共有秘密を使うコンシューマだけのものです。このコンシューマは公開鍵を使います。',
  'secret-too-short': '{field}は {minimum} 文字以上にするか、生成してください。',
  'private-key':
    '{field}: 入力されたのは秘密鍵です。保存していません。秘密鍵は手元に置き、公開鍵を入力してください。他人に見られた可能性がある場合は、新しい鍵ペアを作ってください。',
  'credential-kind':
    '{field}: 認証情報の種類は変更できません。このコンシューマを削除して、もう一度追加してください。',
  'same-credential': '{field}: 現在使用中のものです。新しいものを入力してください。',
  'not-a-path':
    '{field}: 「{text}」はパスのパターンではありません。「/」で始め、* は 1 階層の一部、** は任意の階層数を表します。',
  'overlap-range': '{field}は 0 日から {maximum} 日の間にしてください。',
  'unknown-choice': '{field}: 「{text}」は選択肢にありません。',
  'unknown-method': '{field}: 「{text}」という方式はありません。',
  'method-mismatch':
    '{field}: {text} は認証情報に合いません。共有秘密には HMAC または PLAINTEXT、鍵ペアには RSA が必要です。',
  incomplete:
    '{field}: リクエストトークン、認可、アクセストークンの URL は、すべて入力するか、すべて空にしてください。',
  unfilled: '{field}: {text} を自分の値に置き換えてください。',
  'own-installation': '{field}: これはこのシステム自身です。',
  'key-changed':
    '{field}:「{text}」は別の鍵で登録されています。先方の管理者が鍵の変更を認めた場合は、新しい鍵を受け入れてください。古い鍵もしばらく有効です。',
  'other-consumer':
    '{field}: そこで公開されているのは別のコンシューマキー「{text}」の情報です。正しい場合は、新しいコンシューマとして追加してください。',
  'registered-by-hand':
    '{field}: このコンシューマは手入力で登録されています。代わりに新しい鍵を入力してください。',
  'in-force-already': '{field}: 「{text}」の設定はすでに有効です。何も変更されていません。',
  'rotation-under-way': '鍵はすでに更新中です。次の鍵に切り替わるまで待つか、今すぐ切り替えてください。',
  'nothing-chosen': '誰のトークンを取り消すのか、ユーザー、コンシューマ、またはその両方を指定してください。',
  'ends-connections':
    '接続しているユーザーのトークンは今のアドレスとコンシューマキーのためのもので、他へは送られません。この変更で接続し直す必要があるユーザー: {count} 人。意図した変更であることを示すか、元のままにしてください。',
  'needs-own-credential':
    '{field}: ユーザーの API キーは自身のコンシューマキーを持つため、このシステムの RSA 鍵やユーザーなしのリクエストとは併用できません。',
  'key-private-key':
    '{field}: 入力されたのは秘密鍵です。保存していません。秘密鍵は手元に置き、公開鍵を入力してください。他人に見られた可能性がある場合は、新しい鍵ペアを作ってください。',
  'key-not-a-key': '{field}: 公開鍵または証明書として読み取れません。',
  'key-not-rsa': '{field}: RSA 鍵ではありません。OAuth 1 の署名に使えるのは RSA だけです。',
  'key-weak-exponent': '{field}: 公開指数が小さすぎるか偶数です。65537 を使って新しい鍵を作ってください。',
  'key-too-short': '{field}: 鍵が 1024 ビット未満です。2048 ビット以上で作ってください。',
  'key-too-long': '{field}: 鍵が 8192 ビットを超えています。',
  'address-too-long': '{field}は 2000 文字以内にしてください。',
  'address-forbidden-character': '{field}に空白、バックスラッシュ、または制御文字が含まれています。',
  'address-not-absolute-http': '{field}は https:// または http:// で始まる絶対アドレスにしてください。',
  'address-malformed': '{field}はアドレスとして正しくありません。',
  'address-has-userinfo': '{field}のホストの前にユーザー名やパスワードを含めないでください。',
  'address-has-fragment': '{field}にフラグメント (#) を含めないでください。',
  'address-plain-http': '{field}は https にしてください。http を使えるのはこのマシン (localhost) だけです。',
};
