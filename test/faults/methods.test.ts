/**
 * A published promise, against the real program: only the consumer's own method and key verify. A consumer with a
 * shared secret and one with a public key are asked for by every method, with every key that an attacker may hold:
 * an empty secret, the public key itself in any spelling, other people's keys.
 */
import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  encodePercent,
  SIGNATURE_METHODS,
  type SignatureMethod,
  type SigningKey,
  signatureBaseString,
  signRequest,
} from '../../src/oauth/index.ts';
import { type Installation, startInstallation } from '../support/countersign.ts';
import { rounds, tallyOf } from './promise.ts';

const PATH = '/oauth/request-token';
const SECRET = 'a secret that only one consumer shares';
const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = own.publicKey.export({ type: 'spki', format: 'pem' }) as string;
const der = own.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

const rsa = (key: KeyObject): SigningKey => ({ kind: 'private-key', key });
const hmac = (consumerSecret: string): SigningKey => ({
  kind: 'shared-secret',
  consumerSecret,
  tokenSecret: '',
});

/** Keys somebody may try; `owner` is the consumer that may use it. */
const KEYS: readonly (readonly [what: string, key: SigningKey, owner: string | null])[] = [
  ['the shared secret', hmac(SECRET), 'with-secret'],
  ['the shared secret with a line feed', hmac(`${SECRET}\n`), null],
  ['the other consumer’s secret', hmac('the secret of somebody else entirely'), null],
  ['a blank', hmac(' '), null],
  ['the public key as PEM', hmac(pem), null],
  ['the public key as PEM, trimmed', hmac(pem.trim()), null],
  ['the public key as base64', hmac(der), null],
  ['the private key', rsa(own.privateKey), 'with-key'],
  ['a stranger’s private key', rsa(stranger.privateKey), null],
];
const CONSUMERS = ['with-secret', 'with-key', 'with-other-secret', 'unknown'];

/** Every consumer by every method with every key that fits the method’s family. */
const CASES = CONSUMERS.flatMap((consumer) =>
  SIGNATURE_METHODS.flatMap((method) =>
    KEYS.filter(([, key]) => method.startsWith('RSA') === (key.kind === 'private-key')).map(
      ([what, key, owner]) => {
        return { consumer, method, what, key, mayPass: consumer === owner && method !== 'PLAINTEXT' };
      },
    ),
  ),
);

/** Names of methods: known, misspelt, and words that an object knows by itself. */
const NAMED = ['HMAC-SHA1', 'HMAC-SHA256', 'hmac-sha1', 'RSA-SHA1', 'none', '', 'constructor', '__proto__'];

describe('a consumer’s request', () => {
  const tally = tallyOf(5, 'each method with each key for each consumer');
  let installation: Installation;
  before(async () => {
    installation = await startInstallation();
    const add = (key: string, ...more: string[]) => ['consumer', 'add', '--key', key, '--name', key, ...more];
    await installation.command(add('with-secret', '--secret-stdin'), SECRET);
    const other = 'the secret of somebody else entirely';
    await installation.command(add('with-other-secret', '--secret-stdin'), `${other}, and longer`);
    const keyFile = join(installation.dataDirectory, 'consumer.pem');
    await writeFile(keyFile, pem);
    await installation.command(add('with-key', '--public-key', keyFile));
  });
  after(() => installation?.stop());

  async function ask(authorization: string): Promise<number> {
    const answer = await fetch(installation.url + PATH, { method: 'POST', headers: { authorization } });
    await answer.arrayBuffer();
    return answer.status;
  }

  function signed(consumerKey: string, signatureMethod: SignatureMethod, key: SigningKey): string {
    const request = signRequest({
      method: 'POST',
      url: installation.url + PATH,
      consumerKey,
      signatureMethod,
      key,
      timestamp: Math.floor(Date.now() / 1000),
      nonce: randomUUID(),
      callback: 'oob',
    });
    return request.authorization!;
  }

  /** Signed by HMAC under a key of the attacker's choice, whatever the method is called. */
  function forged(consumer: string, method: string, key: string | Buffer): string {
    const protocol = {
      oauth_callback: 'oob',
      oauth_consumer_key: consumer,
      oauth_nonce: randomUUID(),
      oauth_signature_method: method,
      oauth_timestamp: String(Math.floor(Date.now() / 1000)),
    };
    const parameters = Object.entries(protocol).map(([name, text]) => {
      return { name, value: encodePercent(text), carrier: 'header' as const };
    });
    const base = signatureBaseString({ method: 'POST', baseUri: installation.url + PATH, parameters });
    const digest = method === 'HMAC-SHA256' ? 'sha256' : 'sha1';
    const signature = createHmac(digest, key).update(base).digest('base64');
    const pairs = Object.entries({ ...protocol, oauth_signature: signature });
    return `OAuth ${pairs.map(([name, text]) => `${name}="${encodePercent(text)}"`).join(', ')}`;
  }

  it('is accepted with its own key and a method of that key’s family, and with no other', async () => {
    for (const _ of rounds({ usually: 1, long: 200 })) {
      for (const { consumer, method, what, key, mayPass } of CASES) {
        const status = await ask(signed(consumer, method, key));
        const isKept = mayPass ? status === 200 : status === 400 || status === 401;
        tally.try(isKept, `${status}: ${consumer} by ${method} with ${what}`);
      }
    }
    tally.assertKept();
  });

  it('never verifies an HMAC under an empty key, whatever method it names', async () => {
    const der = createPublicKey(pem).export({ type: 'spki', format: 'der' });
    for (const consumer of CONSUMERS) {
      for (const method of NAMED) {
        for (const key of ['&', '', pem, der]) {
          const status = await ask(forged(consumer, method, key));
          tally.try(status === 400 || status === 401, `${status}: ${consumer} by ${method}`);
        }
      }
    }
    tally.assertKept();
  });
});
