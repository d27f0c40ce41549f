/** Performs the dance with the npm package `oauth-1.0a` and fetch. Speaks the protocol that peer.ts describes. */
import { createHmac, createSign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import OAuth from 'oauth-1.0a';
import { hangUp, hear, say } from './line-dialogue.js';

const task = await hear();
const [family, digest] = task.method.toLowerCase().split('-');
const privateKey = family === 'rsa' ? readFileSync(task.privateKeyFile, 'utf8') : null;
const client = new OAuth({
  consumer: { key: task.consumerKey, secret: task.secret ?? '' },
  signature_method: task.method,
  hash_function: (text, key) =>
    privateKey === null
      ? createHmac(digest, key).update(text).digest('base64')
      : createSign(digest).update(text).sign(privateKey, 'base64'),
});

const temporary = await fetchToken(task.requestTokenUrl, { oauth_callback: task.callback });
say({ event: 'authorize', url: `${task.authorizeUrl}?oauth_token=${temporary.key}` });

const verifier = new URL((await hear()).callbackUrl).searchParams.get('oauth_verifier');
const access = await fetchToken(task.accessTokenUrl, { oauth_verifier: verifier }, temporary);
for (const request of task.requests) await send(request);
say({ event: 'done' });

await hear();
await send(task.requests[0]);
hangUp();

async function fetchToken(url, data, token) {
  const headers = client.toHeader(client.authorize({ url, method: 'POST', data }, token));
  const response = await fetch(url, { method: 'POST', headers });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text}`);
  const answer = new URLSearchParams(text);
  return { key: answer.get('oauth_token'), secret: answer.get('oauth_token_secret') };
}

async function send({ name, method, url, form, json }) {
  const data = form ? Object.fromEntries(form) : {};
  const headers = client.toHeader(client.authorize({ url, method, data }, access));
  if (json) headers['content-type'] = 'application/json';
  const body = form ? new URLSearchParams(form) : json;
  const response = await fetch(url, { method, headers, body });
  say({ event: 'response', name, status: response.status, body: await response.text() });
}
