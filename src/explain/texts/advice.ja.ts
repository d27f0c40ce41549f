/**
 * What the provider advises with a refusal, in Japanese. On the wire the advice is English, as the protocol's readers
 * expect; an explanation is for people. Left the sentences of the provider, with `{…}` where they hold a value; a value
 * that is itself a known phrase is said in Japanese too.
 */

const SENTENCES: Readonly<Record<string, string>> = {
  'A percent-encoded value is not valid UTF-8.':
    'パーセントエンコードされた値が正しい UTF-8 ではありません。',
  'Send {name} only once.': '{name} は一度だけ送ってください。',
  'The request has more than one Authorization header; send one.':
    'Authorization ヘッダーが複数あります。1 つだけ送ってください。',
  'The value of {name} {fault}.': '{name} の値{fault}。',
  'is not valid UTF-8': 'が正しい UTF-8 ではありません',
  'holds a control character, such as a line break': 'に改行などの制御文字が含まれています',
  'is longer than {n} characters': 'が {n} 文字を超えています',
  'The request has more than one Content-Type; send one.':
    'Content-Type が複数あります。1 つだけ送ってください。',
  'A "%" in the query or form is not followed by two hexadecimal digits; write a literal "%" as "%25".':
    'クエリまたはフォームの「%」の後に 16 進数 2 桁がありません。「%」そのものは「%25」と書いてください。',
  'The request has more than {n} parameters.': 'パラメータが {n} 個を超えています。',
  'Send each oauth_ parameter once, and in one place only: the Authorization header, the query or the form body.':
    'oauth_ パラメータは、Authorization ヘッダー、クエリ、フォーム本文のうち 1 か所で、それぞれ一度だけ送ってください。',
  'The Authorization header is malformed: {fault}.':
    'Authorization ヘッダーの形式が正しくありません: {fault}。',
  'it has two realm parameters': 'realm が 2 つあります',
  'every parameter is written name="value", separated by commas':
    'パラメータは name="value" の形で書き、コンマで区切ります',
  'every value stands in double quotes': '値は二重引用符で囲みます',
  'a value lacks its closing quote': '値の終わりの引用符がありません',
  'parameters are separated by commas': 'パラメータはコンマで区切ります',
  'a "%" in a parameter name lacks its two hexadecimal digits':
    'パラメータ名の「%」の後に 16 進数 2 桁がありません',
  'a value must be percent-encoded, and each "%" needs two hexadecimal digits':
    '値はパーセントエンコードし、「%」の後には 16 進数 2 桁が必要です',
  'This consumer may act for users with an approved token only.':
    'このコンシューマは、承認されたトークンがある場合にだけユーザーとして動作できます。',
  'This consumer may not name a user with xoauth_requestor_id.':
    'このコンシューマは xoauth_requestor_id でユーザーを指定できません。',
  'The user whom this request is to run as has no access here.':
    'このリクエストの実行ユーザーには、ここへのアクセス権がありません。',
  'Send xoauth_requestor_id once.': 'xoauth_requestor_id は一度だけ送ってください。',
  'The session handle is not the one that came with this access token.':
    'セッションハンドルが、このアクセストークンと一緒に発行されたものではありません。',
  'The session has ended; ask the user to approve access again.':
    'セッションは終了しました。もう一度ユーザーに承認してもらってください。',
  'A request for a request token carries no oauth_token.':
    'リクエストトークンを求めるリクエストには oauth_token を付けません。',
  'Send oauth_callback with the address that gets the user back, or oob when there is none (OAuth 1.0a).':
    'oauth_callback に、ユーザーが戻るアドレスを、なければ oob を送ってください (OAuth 1.0a)。',
  'The callback lies outside of the Callback URL that is registered for this consumer.':
    'コールバックが、このコンシューマに登録されたコールバック URL の範囲外です。',
  'This consumer has no such token here; ask the user to approve access again.':
    'このコンシューマにそのようなトークンはありません。もう一度ユーザーに承認してもらってください。',
  'oauth_body_hash does not match the body: hash the exact bytes that are sent, then sign.':
    'oauth_body_hash が本文と一致しません。送信するバイト列そのもののハッシュを計算してから署名してください。',
  'Send {names} and sign again.': '{names} を送り、署名し直してください。',
  'Register the consumer with the administrator of this service, or correct oauth_consumer_key.':
    'このサービスの管理者にコンシューマを登録してもらうか、oauth_consumer_key を訂正してください。',
  'The request token is too old; begin the authorization again.':
    'リクエストトークンが古すぎます。認可を最初からやり直してください。',
  'Send the user to the authorize address first.': '先にユーザーを認可のアドレスへ案内してください。',
  'The user said no.': 'ユーザーが拒否しました。',
  'A request token can be exchanged once; begin the authorization again.':
    'リクエストトークンは一度しか交換できません。認可を最初からやり直してください。',
  'oauth_timestamp counts seconds, not milliseconds: divide by 1000.':
    'oauth_timestamp の単位はミリ秒ではなく秒です。1000 で割ってください。',
  'oauth_timestamp must be a whole number of seconds since 1970-01-01T00:00:00Z.':
    'oauth_timestamp は 1970-01-01T00:00:00Z からの秒数 (整数) にしてください。',
  "The timestamp is {n} seconds {direction} this server's clock ({now}); set the client's clock right and sign again.":
    'タイムスタンプがこのサーバーの時計 ({now}) より {n} 秒{direction}。クライアントの時計を合わせて、署名し直してください。',
  'ahead of': '進んでいます',
  behind: '遅れています',
  'Send oauth_version=1.0 or leave it out.': 'oauth_version=1.0 を送るか、省略してください。',
  'This consumer may only read.': 'このコンシューマは読み取りだけができます。',
  'This path is outside of what this consumer may reach.':
    'このパスは、このコンシューマが利用できる範囲の外です。',
  'The verifier was wrong too often; begin the authorization again.':
    '検証コードを何度も間違えました。認可を最初からやり直してください。',
  'The verifier is wrong: send the one that the user was given with this request token.':
    '検証コードが違います。このリクエストトークンでユーザーに渡されたものを送ってください。',
  'Renew the token with its oauth_session_handle, or ask the user to approve access again.':
    'oauth_session_handle でトークンを更新するか、もう一度ユーザーに承認してもらってください。',
  'The token was revoked or replaced; ask the user to approve access again.':
    'トークンは取り消されたか、置き換えられました。もう一度ユーザーに承認してもらってください。',
  'The user whom this token stands for has no access at present.':
    'このトークンのユーザーには、現在アクセス権がありません。',
  'oauth_nonce may have {n} characters at most.': 'oauth_nonce は {n} 文字以内にしてください。',
  'Use a new nonce for every request, also when repeating one.':
    'リクエストを繰り返す場合も、毎回新しい nonce を使ってください。',
  'This server has lost what it remembered of the last requests, and accepts none signed before {time}; wait {n} seconds, then sign again.':
    'このサーバーは直近のリクエストの記録を失ったため、{time} より前に署名されたものを受け付けません。{n} 秒待ってから署名し直してください。',
  'This consumer makes more requests than it may; wait as long as Retry-After says, and sign again.':
    'このコンシューマは、許されている数より多くのリクエストを送っています。Retry-After の時間だけ待って、署名し直してください。',
  'This consumer has used up the nonces it may use within the time window.':
    'このコンシューマは、時間枠の中で使える nonce を使い切りました。',
  'This server cannot tell whether a request that old was made before; sign again with the present time.':
    'これほど古いリクエストが以前に行われたかどうか、このサーバーには分かりません。現在の時刻で署名し直してください。',
  'This consumer may not use {method}; use one of {methods}.':
    'このコンシューマは {method} を使えません。{methods} のいずれかを使ってください。',
  'that signature method': 'この署名方式',
  'PLAINTEXT is accepted over TLS only.': 'PLAINTEXT は TLS でのみ受け付けます。',
  'PLAINTEXT shows the secrets; send it in the Authorization header, not in the URL.':
    'PLAINTEXT では秘密がそのまま見えます。URL ではなく Authorization ヘッダーで送ってください。',
  'The callback is empty.': 'コールバックが空です。',
  'The callback is longer than 2000 characters.': 'コールバックが 2000 文字を超えています。',
  'The callback contains a blank, a backslash or a control character.':
    'コールバックに空白、バックスラッシュ、または制御文字が含まれています。',
  'The callback must be an absolute address that begins with https:// or http://.':
    'コールバックは https:// または http:// で始まる絶対アドレスにしてください。',
  'The callback is not a well-formed address.': 'コールバックがアドレスとして正しくありません。',
  'The callback must not contain a user name or password before the host.':
    'コールバックのホストの前にユーザー名やパスワードを含めないでください。',
  'The callback must not contain a fragment (#).': 'コールバックにフラグメント (#) を含めないでください。',
  'The callback must use https; http is accepted for this machine (localhost) only.':
    'コールバックは https にしてください。http を使えるのはこのマシン (localhost) だけです。',
};

const TEMPLATES = Object.entries(SENTENCES)
  .filter(([english]) => english.includes('{'))
  .map(([english, japanese]) => ({ pattern: patternOf(english), names: namesIn(english), japanese }));

/** The advice in Japanese; as it is where no sentence fits. */
export function adviceInJapanese(advice: string): string {
  const whole = Object.hasOwn(SENTENCES, advice) ? SENTENCES[advice] : undefined;
  if (whole !== undefined) return whole;
  for (const { pattern, names, japanese } of TEMPLATES) {
    const values = pattern.exec(advice)?.slice(1);
    if (values === undefined) continue;
    return japanese.replace(/\{(\w+)\}/g, (_, name: string) =>
      adviceInJapanese(values[names.indexOf(name)] ?? ''),
    );
  }
  return advice;
}

function namesIn(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
}

function patternOf(template: string): RegExp {
  const literal = template.split(/\{\w+\}/).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('(.+?)')}$`, 's');
}
