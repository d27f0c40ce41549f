/** Signs many requests with npm's oauth-1.0a: a JSON list of jobs comes in, the list of their Authorization headers goes out. */
import { createHmac } from 'node:crypto';
import { text } from 'node:stream/consumers';
import OAuth from 'oauth-1.0a';

function sign(job) {
  const client = new OAuth({
    consumer: { key: job.consumerKey, secret: job.consumerSecret },
    signature_method: job.signatureMethod,
    hash_function: (base, key) =>
      createHmac(job.signatureMethod.slice(5).toLowerCase(), key).update(base).digest('base64'),
  });
  if (job.timestamp) client.getTimeStamp = () => Number(job.timestamp);
  const data = job.form ? Object.fromEntries(new URLSearchParams(job.form)) : undefined;
  const token = job.token === '' ? undefined : { key: job.token, secret: job.tokenSecret };
  return client.toHeader(client.authorize({ url: job.url, method: job.method, data }, token)).Authorization;
}

console.log(JSON.stringify(JSON.parse(await text(process.stdin)).map(sign)));
