<?php
// Performs the dance with PHP's oauth extension. Speaks the protocol that peer.ts describes: one JSON text a line.

const METHODS = [
    'HMAC-SHA1' => OAUTH_SIG_METHOD_HMACSHA1,
    'HMAC-SHA256' => OAUTH_SIG_METHOD_HMACSHA256,
    'RSA-SHA1' => OAUTH_SIG_METHOD_RSASHA1,
];

function hear(): array
{
    return json_decode(fgets(STDIN), true, flags: JSON_THROW_ON_ERROR);
}

function say(array $event): void
{
    echo json_encode($event, JSON_THROW_ON_ERROR), "\n";
}

function send(OAuth $client, array $request): void
{
    $form = isset($request['form']) ? array_column($request['form'], 1, 0) : null;
    $headers = isset($request['json']) ? ['Content-Type' => 'application/json'] : [];
    try {
        $client->fetch($request['url'], $request['json'] ?? $form, $request['method'], $headers);
        $status = $client->getLastResponseInfo()['http_code'];
        $body = $client->getLastResponse();
    } catch (OAuthException $refused) {
        $status = $refused->getCode();
        $body = (string) ($refused->lastResponse ?? $refused->getMessage());
    }
    say(['event' => 'response', 'name' => $request['name'], 'status' => $status, 'body' => $body]);
}

$task = hear();
// With RSA the secret plays no part, but the extension refuses to be made with an empty one.
$client = new OAuth($task['consumerKey'], $task['secret'] ?? 'unused', METHODS[$task['method']], OAUTH_AUTH_TYPE_AUTHORIZATION);
if (str_starts_with($task['method'], 'RSA')) {
    $client->setRSACertificate(file_get_contents($task['privateKeyFile']));
}

$temporary = $client->getRequestToken($task['requestTokenUrl'], $task['callback'], 'POST');
say(['event' => 'authorize', 'url' => $task['authorizeUrl'] . '?oauth_token=' . rawurlencode($temporary['oauth_token'])]);

parse_str(parse_url(hear()['callbackUrl'], PHP_URL_QUERY), $approved);
$client->setToken($temporary['oauth_token'], $temporary['oauth_token_secret']);
$token = $client->getAccessToken($task['accessTokenUrl'], null, $approved['oauth_verifier'], 'POST');
$client->setToken($token['oauth_token'], $token['oauth_token_secret']);
foreach ($task['requests'] as $request) {
    send($client, $request);
}
say(['event' => 'done']);

hear();
send($client, $task['requests'][0]);
