/** PHP with the oauth extension. */
import { singleQuoted as quoted } from '../quote.ts';
import { PRIVATE_KEY_FILE, type QuickstartFacts, SECRET_VARIABLE, type Template } from '../template.ts';

export const php: Template = {
  title: 'PHP: oauth extension',
  file: 'quickstart.php',
  install: 'pecl install oauth',
  run: 'php quickstart.php',
  isTested: true,
  code: ({ publicUrl, consumerKey, credential }: QuickstartFacts) => `<?php
$url = ${quoted(publicUrl)};
${
  credential === 'shared-secret'
    ? `$oauth = new OAuth(${quoted(consumerKey)}, getenv('${SECRET_VARIABLE}'), OAUTH_SIG_METHOD_HMACSHA256);`
    : `// The second argument plays no part with RSA, but must not be empty.
$oauth = new OAuth(${quoted(consumerKey)}, 'unused', OAUTH_SIG_METHOD_RSASHA1);
$oauth->setRSACertificate(file_get_contents('${PRIVATE_KEY_FILE}'));`
}

$request = $oauth->getRequestToken("$url/oauth/request-token", 'oob', 'POST');
echo "Open $url/oauth/authorize?oauth_token=", rawurlencode($request['oauth_token']), "\\nCode: ";
$code = trim(fgets(STDIN));
$oauth->setToken($request['oauth_token'], $request['oauth_token_secret']);
$access = $oauth->getAccessToken("$url/oauth/access-token", null, $code, 'POST');
$oauth->setToken($access['oauth_token'], $access['oauth_token_secret']);
$oauth->fetch("$url/oauth/whoami");
echo $oauth->getLastResponse(), "\\n";
`,
};
