/**
 * Programs around the lines that are advised for client libraries: what a reader would have written before and after.
 * Each names its runtime and library; `LINE` stands for the line. What a program says with `say` is what the test
 * expects of it: the status of the answer, or the value that came of the line.
 */
import type { Client, MistakeCode } from '../../src/explain/index.ts';

/** How the lines of one library are run. */
export interface ClientProgram {
  readonly client: Client;
  readonly command: string;
  /** Arguments before the program's text. */
  readonly flags: readonly string[];
  readonly prelude: string;
  /** By mistake: the lines around the line. */
  readonly around: Partial<Readonly<Record<MistakeCode, string>>>;
}

/** The text of a program, without the indentation that it has here. */
const flush = (text: string): string => text.replace(/^ {4}/gm, '');

const PYTHON: ClientProgram = {
  client: 'requests-oauthlib',
  command: '/usr/bin/python3',
  flags: ['-c'],
  prelude: flush(`
    import json, os, sys, time, urllib.parse
    from requests_oauthlib import OAuth1Session
    facts = json.loads(os.environ["FACTS"])
    key, secret, token, token_secret = [facts[n] for n in ("consumerKey", "consumerSecret", "accessToken", "accessTokenSecret")]
    url = facts["url"] + "/rest/issues"
    session = OAuth1Session(key, secret, resource_owner_key=token, resource_owner_secret=token_secret)
    issue = {"title": "a b"}
    text = "a b*~"
    say = lambda value: print(json.dumps(value))
  `),
  around: {
    'signed-http-for-https': 'r = LINE\nsay(r.status_code)',
    'method-of-other-family':
      'key, private_key, token = facts["rsaConsumerKey"], facts["rsaPrivateKey"], ""\ns = LINE\nsay(s.get(url).status_code)',
    'token-secret-missing': 's = LINE\nsay(s.get(url).status_code)',
    'secret-with-newline': 'LINE\nsay(secret)',
    'form-not-signed': 'r = LINE\nsay(r.status_code)',
    'json-as-form':
      'r = LINE\nsay([r.status_code, str(r.request.headers["Content-Type"], "ascii") if isinstance(r.request.headers["Content-Type"], bytes) else r.request.headers["Content-Type"]])',
    'callback-missing':
      's = LINE\nsay(s.fetch_request_token(facts["requestTokenUrl"])["oauth_callback_confirmed"])',
    'verifier-missing': `session = OAuth1Session(key, secret, callback_uri="http://127.0.0.1:9/back")
session.fetch_request_token(facts["requestTokenUrl"])
back = session.get(session.authorization_url(facts["authorizeUrl"]), allow_redirects=False).headers["Location"]
verifier = urllib.parse.parse_qs(urllib.parse.urlparse(back).query)["oauth_verifier"][0]
url = facts["accessTokenUrl"]
r = LINE
say("oauth_token_secret" in r)`,
    'other-digest': 's = LINE\nsay(s.get(url).status_code)',
    'space-as-plus': 'value = LINE\nsay(value)',
    'clock-milliseconds': 'value = LINE\nsay(value)',
  },
};

const RUBY: ClientProgram = {
  client: 'ruby-oauth',
  command: 'ruby',
  flags: ['-e'],
  prelude: flush(`
    require 'json'
    require 'base64'
    require 'oauth'
    facts = JSON.parse(ENV['FACTS'])
    key, secret, token, token_secret = facts.values_at('consumerKey', 'consumerSecret', 'accessToken', 'accessTokenSecret')
    site, path, pem = facts['url'], '/rest/issues', facts['rsaPrivateKey']
    consumer = OAuth::Consumer.new(key, secret, site: site, request_token_path: '/oauth/request-token', access_token_path: '/oauth/access-token')
    access_token = OAuth::AccessToken.new(consumer, token, token_secret)
    issue = { 'title' => 'a b' }
    text = 'a b*~'
    signature = "\\0" * 60
    define_method(:say) { |value| puts JSON.generate(value) }
  `),
  around: {
    'signed-http-for-https':
      'c = LINE\nsay(OAuth::AccessToken.new(c, token, token_secret).get(path).code.to_i)',
    'method-of-other-family':
      "key = facts['rsaConsumerKey']\nLINE\nsay(OAuth::AccessToken.new(consumer, '', '').get(path).code.to_i)",
    'token-secret-missing': 't = LINE\nsay(t.get(path).code.to_i)',
    'secret-with-newline': 'LINE\nsay(secret)',
    'form-not-signed': 'r = LINE\nsay(r.code.to_i)',
    'json-as-form': 'r = LINE\nsay(r.code.to_i)',
    'callback-missing': 't = LINE\nsay(t.callback_confirmed?)',
    'verifier-missing': `request_token = consumer.get_request_token(oauth_callback: 'http://127.0.0.1:9/back')
back = Net::HTTP.get_response(URI(facts['authorizeUrl'] + '?oauth_token=' + request_token.token))['location']
verifier = URI.decode_www_form(URI(back).query).to_h['oauth_verifier']
t = LINE
say(t.secret.length > 20)`,
    'other-digest': 'c = LINE\nsay(OAuth::AccessToken.new(c, token, token_secret).get(path).code.to_i)',
    'signature-line-breaks': 'value = LINE\nsay(value.include?("\\n"))',
    'space-as-plus': 'value = LINE\nsay(value)',
    'clock-milliseconds': 'value = LINE\nsay(value)',
  },
};

const PHP: ClientProgram = {
  client: 'php-oauth',
  command: 'php',
  flags: ['-r'],
  prelude: flush(`
    error_reporting(E_ALL & ~E_DEPRECATED);
    $facts = json_decode(getenv('FACTS'), true);
    [$key, $secret, $token, $tokenSecret] = [$facts['consumerKey'], $facts['consumerSecret'], $facts['accessToken'], $facts['accessTokenSecret']];
    $url = $facts['url'] . '/rest/issues';
    $privateKey = $facts['rsaPrivateKey'];
    $oauth = new OAuth($key, $secret);
    $oauth->setToken($token, $tokenSecret);
    $issue = ['title' => 'a b'];
    $text = 'a b*~';
    function say($value) { echo json_encode($value), "\\n"; }
    function status($oauth) { return $oauth->getLastResponseInfo()['http_code']; }
  `),
  around: {
    'signed-http-for-https': 'LINE\nsay(status($oauth));',
    'method-of-other-family':
      "$key = $facts['rsaConsumerKey'];\nLINE\n$oauth->fetch($url);\nsay(status($oauth));",
    'token-secret-missing':
      '$oauth = new OAuth($key, $secret);\nLINE\n$oauth->fetch($url);\nsay(status($oauth));',
    'secret-with-newline': 'LINE\nsay($secret);',
    'form-not-signed': 'LINE\nsay(status($oauth));',
    'json-as-form': 'LINE\nsay(status($oauth));',
    'callback-missing':
      "$oauth = new OAuth($key, $secret);\n$url = $facts['requestTokenUrl'];\n$got = LINE\nsay($got['oauth_callback_confirmed']);",
    'verifier-missing': `$oauth = new OAuth($key, $secret);
$temporary = $oauth->getRequestToken($facts['requestTokenUrl'], 'http://127.0.0.1:9/back');
$context = stream_context_create(['http' => ['follow_location' => 0]]);
$headers = get_headers($facts['authorizeUrl'] . '?oauth_token=' . $temporary['oauth_token'], true, $context);
parse_str(parse_url($headers['Location'], PHP_URL_QUERY), $query);
$verifier = $query['oauth_verifier'];
$oauth->setToken($temporary['oauth_token'], $temporary['oauth_token_secret']);
$url = $facts['accessTokenUrl'];
$got = LINE
say(isset($got['oauth_token_secret']));`,
    'other-digest': '$o = LINE\n$o->setToken($token, $tokenSecret);\n$o->fetch($url);\nsay(status($o));',
    'signature-hex': "[$base, $key] = ['what is signed', 'key'];\n$value = LINE;\nsay($value);",
    'space-as-plus': '$value = LINE\n;say($value);',
    'clock-milliseconds': '$value = LINE;\nsay($value);',
  },
};

const NODE: ClientProgram = {
  client: 'node-oauth',
  command: process.execPath,
  flags: ['--input-type=module', '-e'],
  prelude: flush(`
    import { readFileSync } from 'node:fs';
    import oauthModule from 'oauth';
    const { OAuth } = oauthModule;
    const facts = JSON.parse(process.env.FACTS);
    const { consumerKey, consumerSecret, accessToken: token, accessTokenSecret: tokenSecret, requestTokenUrl: requestUrl, accessTokenUrl: accessUrl } = facts;
    const url = facts.url + '/rest/issues';
    const callback = 'http://127.0.0.1:9/back';
    const oauth = new OAuth(requestUrl, accessUrl, consumerKey, consumerSecret, '1.0A', callback, 'HMAC-SHA1');
    const issue = { title: 'a b' };
    const text = "a b*'()!~";
    const say = (value) => console.log(JSON.stringify(value));
    const done = (error, data, response) => say(error ? error.statusCode ?? String(error) : response.statusCode);
  `),
  around: {
    'signed-http-for-https': '{ const secret = tokenSecret; LINE\n}',
    'method-of-other-family':
      "const [key, privateKey] = [facts.rsaConsumerKey, facts.rsaPrivateKey];\nconst o = LINE\no.get(url, '', '', done);",
    'token-secret-missing': 'LINE',
    'secret-with-newline': 'LINE\nsay(secret);',
    'form-not-signed': '{ const secret = tokenSecret; LINE\n}',
    'json-as-form': '{ const secret = tokenSecret; LINE\n}',
    'callback-missing':
      'const [key, secret] = [consumerKey, consumerSecret];\nconst o = LINE\no.getOAuthRequestToken((error, t, s, more) => say(error ?? more.oauth_callback_confirmed));',
    'verifier-missing': `oauth.getOAuthRequestToken(async (error, token, secret) => {
  const answer = await fetch(facts.authorizeUrl + '?oauth_token=' + token, { redirect: 'manual' });
  const verifier = new URL(answer.headers.get('location')).searchParams.get('oauth_verifier');
  const done = (error, token, secret) => say(error ?? secret.length > 20);
  LINE
});`,
    'other-digest':
      'const [key, secret] = [consumerKey, consumerSecret];\nconst o = LINE\no.get(url, token, tokenSecret, done);',
    'marks-not-encoded': 'const value = LINE;\nsay(value);',
    'clock-milliseconds': 'const value = LINE;\nsay(value);',
  },
};

/** The libraries whose runtime the tests have. */
export const CLIENT_PROGRAMS: readonly ClientProgram[] = [PYTHON, RUBY, PHP, NODE];
