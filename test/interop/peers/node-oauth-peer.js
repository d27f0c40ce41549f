/** Performs the dance with the npm package `oauth`. Speaks the protocol that peer.ts describes. */
import { readFileSync } from 'node:fs';
import oauth from 'oauth';
import { hangUp, hear, say } from './line-dialogue.js';

const task = await hear();
const secret = task.method.startsWith('RSA') ? readFileSync(task.privateKeyFile, 'utf8') : task.secret;
const client = new oauth.OAuth(
  task.requestTokenUrl,
  task.accessTokenUrl,
  task.consumerKey,
  secret,
  '1.0A',
  task.callback,
  task.method,
);

const temporary = await new Promise((resolve, reject) => {
  client.getOAuthRequestToken((error, token, tokenSecret) => {
    if (error) reject(new Error(JSON.stringify(error)));
    else resolve({ token, tokenSecret });
  });
});
say({ event: 'authorize', url: `${task.authorizeUrl}?oauth_token=${temporary.token}` });

const verifier = new URL((await hear()).callbackUrl).searchParams.get('oauth_verifier');
const access = await new Promise((resolve, reject) => {
  client.getOAuthAccessToken(
    temporary.token,
    temporary.tokenSecret,
    verifier,
    (error, token, tokenSecret) => {
      if (error) reject(new Error(JSON.stringify(error)));
      else resolve({ token, tokenSecret });
    },
  );
});
for (const request of task.requests) await send(request);
say({ event: 'done' });

await hear();
await send(task.requests[0]);
hangUp();

function send({ name, method, url, form, json }) {
  return new Promise((resolve) => {
    const answer = (error, data, response) => {
      const status = error ? error.statusCode : response.statusCode;
      say({ event: 'response', name, status, body: error ? String(error.data) : data });
      resolve();
    };
    const { token, tokenSecret } = access;
    if (method === 'GET') client.get(url, token, tokenSecret, answer);
    else if (form) client.post(url, token, tokenSecret, Object.fromEntries(form), answer);
    else client.post(url, token, tokenSecret, json, 'application/json', answer);
  });
}
