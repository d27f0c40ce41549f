/** What is peculiar about known providers, in Japanese, by the English sentence of the preset. */
export const QUIRKS_JA: Readonly<Record<string, string>> = {
  'Its administrator creates an application link and enters our consumer key and public key (Consumer Info).':
    '先方の管理者がアプリケーションリンクを作成し、このシステムのコンシューマキーと公開鍵 (「コンシューマ情報」) を入力します。',
  'Tokens can be renewed by their session handle for 30 days after they expire.':
    'トークンは期限切れ後 30 日間、セッションハンドルで更新できます。',
  'The request token is asked for by GET.': 'リクエストトークンは GET で取得します。',
  'Requests without a User-Agent are refused; one is sent.':
    'User-Agent のない要求は拒否されます。ここからは送られます。',
  'PLAINTEXT is accepted too.': 'PLAINTEXT も受け入れられます。',
  'Every call is one address with a parameter "method"; add format=json&nojsoncallback=1 for JSON.':
    'すべての呼び出しは 1 つのアドレスで、パラメータ method を使います。JSON には format=json&nojsoncallback=1 を付けます。',
  'The authorize address takes perms=read, write or delete.':
    '認可アドレスには perms=read、write または delete を付けられます。',
  'It ends OAuth 1.0a on 31 December 2026.': 'OAuth 1.0a は 2026 年 12 月 31 日に終了します。',
  'Its request-token answer has no oauth_callback_confirmed, so the callback goes into the authorize address (oauth_callback).':
    'リクエストトークンの応答に oauth_callback_confirmed がないため、コールバックは認可アドレス (oauth_callback) に付けます。',
  'There is no dance: each user copies an API key from their preferences there and enters it on the page Connections.':
    '承認の流れはありません。各ユーザーが先方の設定画面で API キーをコピーし、「接続」ページで入力します。',
  'The key is consumer key, token and token secret in one, so the record has neither a consumer key nor a secret.':
    'キーはコンシューマキー、トークン、トークンの秘密を 1 つにしたものです。そのため、この登録にはコンシューマキーも秘密もありません。',
  'PLAINTEXT sends the secret as it is, so the base has to be https (port 5443 there, or a proxy in front).':
    'PLAINTEXT は秘密をそのまま送るため、base は https でなければなりません (先方のポート 5443、または手前のプロキシ)。',
  'Its ports are not among those that are open to outgoing requests; allow them with --allow-host.':
    '先方のポートは外部への要求に開かれていません。--allow-host で許可してください。',
  'An integration is activated by its administrator, who then holds an access token that can be entered by hand; users do not approve one by one.':
    '連携は先方の管理者が有効にし、発行されたアクセストークンを手で入力できます。ユーザーごとの承認はありません。',
  'Integrations of before 2.4.4 sign with HMAC-SHA1.': '2.4.4 より前の連携は HMAC-SHA1 で署名します。',
  'There are no users and no tokens: every request is signed with the key of the project.':
    'ユーザーもトークンもありません。すべての要求にプロジェクトの鍵で署名します。',
  'The body hash is SHA-256, and is required.': '本文のハッシュは SHA-256 で、必須です。',
  'It makes the key pair itself or takes a certificate request for ours; the live host is api.mastercard.com.':
    '鍵ペアは先方が作るか、こちらの証明書要求を渡します。本番のホストは api.mastercard.com です。',
  'For Wikimedia the base is https://meta.wikimedia.org/w.':
    'Wikimedia の base は https://meta.wikimedia.org/w です。',
  'The short addresses (/wiki/Special:OAuth/…) do not verify; use index.php.':
    '短いアドレス (/wiki/Special:OAuth/…) では署名が一致しません。index.php を使います。',
  'The authorize address needs our consumer key.': '認可アドレスにコンシューマキーが必要です。',
  'The callback has to be the registered one, or begin with it.':
    'コールバックは登録済みのものか、それで始まるものに限られます。',
  'The realm is the account id in upper case with "_" (1234567_SB1); in host names it is in lower case with "-" (1234567-sb1).':
    'レルムは大文字と「_」のアカウント ID (1234567_SB1)、ホスト名では小文字と「-」(1234567-sb1) です。',
  'A token made in NetSuite by an administrator can be entered by hand instead.':
    '代わりに、管理者が NetSuite で作成したトークンを手で入力できます。',
  'HMAC-SHA1 is not accepted any more.': 'HMAC-SHA1 はもう受け入れられません。',
  'Requests with a key of one’s own have no user’s approval: 2-legged with an empty token.':
    '自分のキーによる要求にユーザーの承認はありません。空のトークンによる 2-legged です。',
  'The domain is the school’s own; the authorize address takes oauth_callback.':
    'ドメインは学校ごとに異なります。認可アドレスに oauth_callback を付けます。',
  'The authorize address takes name, scope (read,write,account) and expiration (1hour, 1day, 30days, never).':
    '認可アドレスには name、scope (read,write,account)、expiration (1hour、1day、30days、never) を付けられます。',
  'Our callback’s origin has to be among the allowed origins of the key.':
    'コールバックのオリジンがキーの許可されたオリジンに含まれている必要があります。',
  'The callback of the application’s registration is used when none is sent.':
    'コールバックを送らない場合は、登録済みのものが使われます。',
  'The key and secret are made in the shop’s settings; there are no tokens and no dance.':
    'キーと秘密はショップの設定で作成します。トークンも承認の流れもありません。',
  'It is for shops without https; over https the shop takes the key and secret as they are.':
    'https でないショップ向けです。https ではキーと秘密がそのまま使われます。',
  'Parameters have to be in the query.': 'パラメータはクエリに置く必要があります。',
  'The callback has to be registered exactly.': 'コールバックは完全に一致するものを登録する必要があります。',
  'Tokens do not expire; a user who says no comes back with "denied" instead of a token.':
    'トークンに期限はありません。拒否したユーザーは、トークンの代わりに denied を持って戻ります。',
};
