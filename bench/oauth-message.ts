/**
 * What the protocol core costs for one typical request: a GET whose Authorization header carries seven parameters.
 * Prints the median of several rounds, in microseconds, by step. Run it with `node bench/oauth-message.ts`.
 */
import {
  type ArrivedRequest,
  baseStringUri,
  parseMessage,
  signatureBaseString,
  signRequest,
  verifySignature,
} from '../src/oauth/index.ts';

const CALLS = 50_000;
const ROUNDS = 9;

const key = {
  kind: 'shared-secret',
  consumerSecret: 'kd94hf93k423kf44xyz',
  tokenSecret: 'pfkkdhi9sl3r4s00abc',
} as const;
const url = 'https://tracker.example.com/rest/api/2/search?jql=project%20%3D%20WIKI&startAt=0&maxResults=50';
const signed = signRequest({
  method: 'GET',
  url,
  consumerKey: 'dpf43f3p2l4k3l03',
  key,
  signatureMethod: 'HMAC-SHA1',
  timestamp: 1_790_000_000,
  nonce: 'kllo9940pd9333jhQ3n1',
  token: 'nnch734d00sl2jdkAbCdEfGhIjKlMnOp',
});

const arrived: ArrivedRequest = {
  method: 'GET',
  baseUri: baseStringUri('https://tracker.example.com', '/rest/api/2/search'),
  query: url.slice(url.indexOf('?') + 1),
  authorization: [signed.authorization!],
  contentType: [],
  body: new Uint8Array(0),
};
const message = parseMessage(arrived);
if (!verifySignature(message, key)) throw new Error('The benchmark measures a request that does not verify.');

/** Median microseconds of one call. */
function measure(step: () => unknown): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = process.hrtime.bigint();
    for (let call = 0; call < CALLS; call++) step();
    return Number(process.hrtime.bigint() - start) / 1000 / CALLS;
  });
  return rounds.sort((a, b) => a - b)[ROUNDS >> 1]!;
}

const steps: ReadonlyArray<readonly [string, () => unknown]> = [
  ['parse', () => parseMessage(arrived)],
  ['base string', () => signatureBaseString(message)],
  ['parse and base string', () => signatureBaseString(parseMessage(arrived))],
  ['base string and HMAC-SHA1', () => verifySignature(message, key)],
];
for (const [name, step] of steps) console.log(`${name.padEnd(28)}${measure(step).toFixed(2).padStart(8)} µs`);
