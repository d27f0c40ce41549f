/**
 * The line of code that mends a mistake, by client library: where libraries differ, and only there. What all of them
 * do by themselves needs no line.
 */
import type { MistakeCode } from '../mistake-code.ts';

/** Client libraries by the names that their users know. */
export const CLIENTS = {
  'requests-oauthlib': 'requests-oauthlib (Python)',
  jira: 'jira (Python)',
  'node-oauth': 'node-oauth (JavaScript)',
  'jira-connector': 'jira-connector (JavaScript)',
  'ruby-oauth': 'oauth (Ruby)',
  'php-oauth': 'OAuth extension (PHP)',
  'google-oauth-client': 'google-oauth-client (Java)',
  signpost: 'signpost (Java)',
  dghubble: 'dghubble/oauth1 (Go)',
  postman: 'Postman',
} as const;

/** A client library. */
export type Client = keyof typeof CLIENTS;

/** Lines by client. */
type Lines = Partial<Readonly<Record<Client, string>>>;

const ADDRESS: Lines = {
  'requests-oauthlib': "session.get('https://tracker.example/rest/issues')  # the public URL, as it is",
  jira: "JIRA(server='https://tracker.example', oauth=credentials)",
  'node-oauth': "oauth.get('https://tracker.example/rest/issues', token, secret, done);",
  'jira-connector': "new JiraClient({ host: 'tracker.example', protocol: 'https', oauth });",
  'ruby-oauth': "OAuth::Consumer.new(key, secret, site: 'https://tracker.example')",
  'php-oauth': "$oauth->fetch('https://tracker.example/rest/issues');",
  'google-oauth-client': 'new GenericUrl("https://tracker.example/rest/issues")',
  signpost: 'new URL("https://tracker.example/rest/issues")',
  dghubble: 'client.Get("https://tracker.example/rest/issues")',
  postman: 'https://tracker.example/rest/issues',
};

const PRIVATE_KEY: Lines = {
  'requests-oauthlib':
    "OAuth1Session(key, signature_method='RSA-SHA1', rsa_key=private_key, resource_owner_key=token)",
  jira: "JIRA(server=url, oauth={'access_token': t, 'access_token_secret': s, 'consumer_key': k, 'key_cert': private_key})",
  'node-oauth': "new OAuth(requestUrl, accessUrl, key, privateKey, '1.0A', callback, 'RSA-SHA1');",
  'jira-connector': 'oauth: { consumer_key, private_key, token, token_secret }',
  'ruby-oauth':
    "OAuth::Consumer.new(key, OpenSSL::PKey::RSA.new(pem), signature_method: 'RSA-SHA1', site: site)",
  'php-oauth':
    "$oauth = new OAuth($key, 'unused', OAUTH_SIG_METHOD_RSASHA1); $oauth->setRSACertificate($privateKey);",
  'google-oauth-client': 'OAuthRsaSigner signer = new OAuthRsaSigner(); signer.privateKey = privateKey;',
  dghubble: 'config.Signer = &oauth1.RSASigner{PrivateKey: privateKey}',
  postman: 'Authorization → OAuth 1.0 → Signature Method: RSA-SHA1 → Private Key',
};

const TOKEN_SECRET: Lines = {
  'requests-oauthlib':
    'OAuth1Session(key, secret, resource_owner_key=token, resource_owner_secret=token_secret)',
  'node-oauth': 'oauth.get(url, token, tokenSecret, done);',
  'ruby-oauth': 'OAuth::AccessToken.new(consumer, token, token_secret)',
  'php-oauth': '$oauth->setToken($token, $tokenSecret);',
  'google-oauth-client': 'signer.clientSharedSecret = secret; signer.tokenSharedSecret = tokenSecret;',
  signpost: 'consumer.setTokenWithSecret(token, tokenSecret);',
  dghubble: 'config.Client(ctx, oauth1.NewToken(token, tokenSecret))',
  postman: 'Authorization → OAuth 1.0 → Token Secret',
};

const TRIMMED: Lines = {
  'requests-oauthlib': "secret = open('secret').read().strip()",
  'node-oauth': "const secret = readFileSync('secret', 'utf8').trim();",
  'ruby-oauth': "secret = File.read('secret').strip",
  'php-oauth': "$secret = trim(file_get_contents('secret'));",
  'google-oauth-client': 'String secret = Files.readString(path).strip();',
  signpost: 'String secret = Files.readString(path).strip();',
  dghubble: 'secret := strings.TrimSpace(string(bytes))',
};

/** What to write, by mistake and client. */
export const CLIENT_LINES: Readonly<Partial<Record<MistakeCode, Lines>>> = {
  'signed-http-for-https': ADDRESS,
  'signed-https-for-http': ADDRESS,
  'signed-seen-host': ADDRESS,
  'path-prefix-not-signed': ADDRESS,
  'form-not-signed': {
    'requests-oauthlib': "session.post(url, data={'title': 'a b'})  # a dictionary, not a string",
    'node-oauth': "oauth.post(url, token, secret, { title: 'a b' }, done);  // an object, not a string",
    'ruby-oauth': "access_token.post(path, { 'title' => 'a b' })",
    'php-oauth': "$oauth->fetch($url, ['title' => 'a b'], OAUTH_HTTP_METHOD_POST);",
    'google-oauth-client': 'requestFactory.buildPostRequest(url, new UrlEncodedContent(fields))',
    dghubble: 'client.PostForm(url, url.Values{"title": {"a b"}})',
    postman: 'Body → x-www-form-urlencoded',
  },
  'json-as-form': {
    'requests-oauthlib':
      "session.post(url, json=issue)  # not data=json.dumps(issue) with a form's Content-Type",
    'node-oauth': "oauth.post(url, token, secret, JSON.stringify(issue), 'application/json', done);",
    'ruby-oauth': "access_token.post(path, issue.to_json, 'Content-Type' => 'application/json')",
    'php-oauth':
      "$oauth->fetch($url, json_encode($issue), OAUTH_HTTP_METHOD_POST, ['Content-Type' => 'application/json']);",
    dghubble: 'client.Post(url, "application/json", body)',
    postman: 'Body → raw → JSON',
  },
  'empty-token-signed': {
    signpost: 'consumer.setTokenWithSecret(null, null);',
    postman:
      'Authorization → OAuth 1.0 → leave Access Token empty and switch off “Add empty parameters to signature”',
  },
  'empty-token-not-signed': {
    postman: 'Authorization → OAuth 1.0 → switch on “Add empty parameters to signature”',
  },
  'version-signed-not-sent': { postman: 'Authorization → OAuth 1.0 → Version: 1.0' },
  'realm-signed': { postman: 'Authorization → OAuth 1.0 → leave Realm empty' },
  'callback-missing': {
    'requests-oauthlib': "OAuth1Session(key, secret, callback_uri='https://app.example/back')",
    'node-oauth':
      "new OAuth(requestUrl, accessUrl, key, secret, '1.0A', 'https://app.example/back', 'HMAC-SHA1');",
    'ruby-oauth': "consumer.get_request_token(oauth_callback: 'https://app.example/back')",
    'php-oauth': "$oauth->getRequestToken($url, 'https://app.example/back');",
    'google-oauth-client': 'temporaryToken.callback = "https://app.example/back";',
    signpost:
      'provider.setOAuth10a(true); provider.retrieveRequestToken(consumer, "https://app.example/back");',
    dghubble: 'oauth1.Config{CallbackURL: "https://app.example/back"}',
    postman: 'Authorization → OAuth 1.0 → Callback URL',
  },
  'verifier-missing': {
    'requests-oauthlib': 'session.fetch_access_token(url, verifier=verifier)',
    'node-oauth': 'oauth.getOAuthAccessToken(token, secret, verifier, done);',
    'ruby-oauth': 'request_token.get_access_token(oauth_verifier: verifier)',
    'php-oauth': '$oauth->getAccessToken($url, null, $verifier);',
    'google-oauth-client': 'accessToken.verifier = verifier;',
    signpost: 'provider.retrieveAccessToken(consumer, verifier);',
    dghubble: 'config.AccessToken(requestToken, requestSecret, verifier)',
    postman: 'Authorization → OAuth 1.0 → Verifier',
  },
  'token-secret-missing': TOKEN_SECRET,
  'secrets-swapped': TOKEN_SECRET,
  'consumer-secret-twice': TOKEN_SECRET,
  'token-for-secret': TOKEN_SECRET,
  'secret-with-newline': TRIMMED,
  'secret-with-blanks': TRIMMED,
  'method-of-other-family': PRIVATE_KEY,
  'rsa-pss': PRIVATE_KEY,
  'rsa-bare-digest': PRIVATE_KEY,
  'other-digest': {
    'requests-oauthlib': "OAuth1Session(key, secret, signature_method='HMAC-SHA256')",
    'node-oauth': "new OAuth(requestUrl, accessUrl, key, secret, '1.0A', callback, 'HMAC-SHA1');",
    'ruby-oauth':
      "OAuth::Consumer.new(key, secret, signature_method: 'HMAC-SHA1', site: site)  # SHA-256: require 'oauth/signature/hmac/sha256'",
    'php-oauth': 'new OAuth($key, $secret, OAUTH_SIG_METHOD_HMACSHA256);',
    signpost: 'consumer.setMessageSigner(new HmacSha256MessageSigner());  // signpost 2',
    dghubble: 'config.Signer = &oauth1.HMAC256Signer{ConsumerSecret: secret}',
    postman: 'Authorization → OAuth 1.0 → Signature Method',
  },
  'signature-base64-of-hex': { 'php-oauth': "base64_encode(hash_hmac('sha1', $base, $key, true))" },
  'signature-hex': { 'php-oauth': "base64_encode(hash_hmac('sha1', $base, $key, true))" },
  'signature-line-breaks': {
    'ruby-oauth': 'Base64.strict_encode64(signature)',
    'google-oauth-client': 'Base64.getEncoder().encodeToString(signature)  // not getMimeEncoder()',
  },
  'marks-not-encoded': {
    'node-oauth':
      "encodeURIComponent(text).replace(/[!'()*]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase())",
  },
  'space-as-plus': {
    'requests-oauthlib': "urllib.parse.quote(text, safe='~')  # not quote_plus",
    'ruby-oauth': 'OAuth::Helper.escape(text)  # not CGI.escape',
    'php-oauth': 'rawurlencode($text)  // not urlencode',
    'google-oauth-client': 'OAuthParameters.escape(text)  // not URLEncoder.encode',
    signpost: 'OAuth.percentEncode(text)  // not URLEncoder.encode',
    dghubble: 'oauth1.PercentEncode(text)  // not url.QueryEscape',
  },
  'clock-milliseconds': {
    'node-oauth': 'Math.floor(Date.now() / 1000)',
    signpost: 'System.currentTimeMillis() / 1000L',
    'google-oauth-client': 'System.currentTimeMillis() / 1000L',
    dghubble: 'time.Now().Unix()',
    'php-oauth': 'time()',
    'requests-oauthlib': 'int(time.time())',
    'ruby-oauth': 'Time.now.to_i',
  },
};
