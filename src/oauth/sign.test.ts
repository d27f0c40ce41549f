import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { arriveSigned } from '../../test/support/arrive.ts';
import { parseMessage } from './parse.ts';
import { type SigningInput, signRequest } from './sign.ts';
import { verifySignature } from './verify.ts';

const key = { kind: 'shared-secret', consumerSecret: 'cs', tokenSecret: '' } as const;
const input: SigningInput = {
  method: 'GET',
  url: 'https://h.example/a',
  consumerKey: 'k',
  key,
  signatureMethod: 'HMAC-SHA1',
  timestamp: 1,
  nonce: 'n',
};

function baseUriOf(url: string): string {
  return decodeURIComponent(signRequest({ ...input, url }).baseString.split('&')[1]!);
}

describe('signing a request', () => {
  it('signs the address as it will be sent, without rewriting it', () => {
    for (const url of ["https://h.example/a/../b/./'%7e%ff//c;d", 'https://h.example/?a=%7e']) {
      assert.equal(signRequest({ ...input, url }).url, url);
      assert.equal(baseUriOf(url), url.split('?')[0]);
    }
  });

  it('drops a fragment, which is never sent', () => {
    assert.equal(
      signRequest({ ...input, url: 'https://h.example/a?b=1#c?d' }).url,
      'https://h.example/a?b=1',
    );
  });

  it('adds protocol parameters to any query there may be', () => {
    for (const [url, start] of [
      ['https://h.example', 'https://h.example?oauth_consumer_key=k&'],
      ['https://h.example/a?', 'https://h.example/a?oauth_consumer_key=k&'],
      ['https://h.example/a?b=1', 'https://h.example/a?b=1&oauth_consumer_key=k&'],
      ['https://h.example/a?b=/?', 'https://h.example/a?b=/?&oauth_consumer_key=k&'],
    ] as const) {
      const signed = signRequest({ ...input, url, carrier: 'query' });
      assert.ok(signed.url.startsWith(start), signed.url);
      assert.ok(verifySignature(parseMessage(arriveSigned(signed)), key));
    }
  });

  it('signs a form of any length in any language', () => {
    for (const length of [2_000, 2_700, 3_000, 9_000]) {
      const form = [['a', '\u3042'.repeat(length)]] as const;
      const signed = signRequest({ ...input, method: 'POST', form });
      assert.ok(
        signed.baseString.startsWith(
          `POST&https%3A%2F%2Fh.example%2Fa&a%3D${'%25E3%2581%2582'.repeat(length)}%26`,
        ),
      );
      assert.ok(verifySignature(parseMessage(arriveSigned(signed)), key));
    }
  });

  it('hashes a body that is not a form when told to, and an absent one as empty', () => {
    const withBody = signRequest({
      ...input,
      method: 'POST',
      body: Buffer.from('Hello World!'),
      bodyHash: true,
    });
    assert.match(withBody.authorization!, /oauth_body_hash="Lve95gjOVATpfV8EL5X4nxwjKHE%3D"/);
    assert.equal(withBody.contentType, null);
    const without = signRequest({ ...input, bodyHash: true });
    assert.match(without.authorization!, /oauth_body_hash="2jmj7l5rSw0yVb%2FvlWAYkK%2FYBwk%3D"/);
  });

  it('sends callback, verifier and session handle where they are given', () => {
    const signed = signRequest({ ...input, callback: 'http://c/?a=1&b', verifier: 'v', sessionHandle: 's' });
    const { callback, verifier, sessionHandle } = parseMessage(arriveSigned(signed)).protocol;
    assert.deepEqual([callback, verifier, sessionHandle], ['http://c/?a=1&b', 'v', 's']);
  });

  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const wrong: Readonly<Record<string, Partial<SigningInput>>> = {
    'a relative address': { url: '/a' },
    'an address of another scheme': { url: 'ftp://h/a' },
    'an address with user information': { url: 'https://u:p@h/a' },
    'an address that is not ASCII': { url: 'https://h/é' },
    'an address with a blank or line break': { url: 'https://h/a\r\nb' },
    'a form and another body': { form: [], body: Buffer.from('x') },
    'another body where the form would carry the parameters': { carrier: 'body', body: Buffer.from('x') },
    'a body hash with a form': { form: [['a', '1']], bodyHash: true },
    'an empty consumer secret': { key: { ...key, consumerSecret: '' } },
    'a secret for an RSA method': { signatureMethod: 'RSA-SHA1' },
    'a private key for an HMAC method': { key: { kind: 'private-key', key: rsa.privateKey } },
    'a public key to sign with': {
      signatureMethod: 'RSA-SHA1',
      key: { kind: 'private-key', key: rsa.publicKey },
    },
  };
  for (const [what, part] of Object.entries(wrong)) {
    it(`refuses ${what}`, () => assert.throws(() => signRequest({ ...input, ...part }), TypeError));
  }

  it('tells in no error what the secrets are', () => {
    for (const part of Object.values(wrong)) {
      try {
        signRequest({ ...input, key: { ...key, consumerSecret: 'tell-nobody' }, ...part });
      } catch (error) {
        assert.doesNotMatch(String(error), /tell-nobody/);
      }
    }
  });
});
