import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type KeyRefusal, KeyRefused, publicKeyFacts, publicKeyObject } from './public-key.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;

function spkiOf(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'der' }).toString('base64');
}

/** An RSA public key with any modulus and exponent, whether or not anybody could have its private half. */
function forged(modulus: Buffer, exponent: Buffer): string {
  const jwk = { kty: 'RSA', n: modulus.toString('base64url'), e: exponent.toString('base64url') };
  return spkiOf(createPublicKey({ key: jwk, format: 'jwk' }));
}

function refusedAs(code: KeyRefusal, run: () => unknown): void {
  assert.throws(run, (error) => error instanceof KeyRefused && error.code === code);
}

const modulus = Buffer.from(rsa.export({ format: 'jwk' }).n!, 'base64url');
const e65537 = Buffer.from([1, 0, 1]);

function modulusOf(bits: number): Buffer {
  const bytes = Buffer.alloc(Math.ceil(bits / 8), 0xff);
  bytes[0] = 0xff >> (bytes.length * 8 - bits);
  return bytes;
}

describe('key policy', () => {
  it('accepts RSA keys from 1024 to 8192 bits with an exponent from 65537', () => {
    for (const bits of [1024, 2048, 8192]) {
      assert.equal(
        publicKeyObject(forged(modulusOf(bits), e65537)).asymmetricKeyDetails?.modulusLength,
        bits,
      );
    }
    publicKeyObject(forged(modulus, Buffer.from([1, 0, 3])));
  });

  it('refuses an even modulus, which is no product of two primes', () => {
    const even = Buffer.from(modulus);
    even[even.length - 1]! &= 0xfe;
    refusedAs('not-rsa', () => publicKeyObject(forged(even, e65537)));
  });

  it('refuses exponents under which signatures can be forged, even ones, and giant ones', () => {
    for (const exponent of [[1], [2], [3], [17], [0xff, 0xff], [1, 0, 0], [1, 0, 2], Array(9).fill(0xff)]) {
      refusedAs('weak-exponent', () => publicKeyObject(forged(modulus, Buffer.from(exponent))));
    }
  });

  it('refuses keys that can be factored and keys that stall the process', () => {
    for (const bits of [512, 768, 1023])
      refusedAs('too-short', () => publicKeyObject(forged(modulusOf(bits), e65537)));
    for (const bits of [8193, 16_384])
      refusedAs('too-long', () => publicKeyObject(forged(modulusOf(bits), e65537)));
  });

  it('refuses keys of other kinds', () => {
    const others = [
      generateKeyPairSync('ec', { namedCurve: 'P-256' }),
      generateKeyPairSync('ed25519'),
      generateKeyPairSync('rsa-pss', { modulusLength: 2048 }),
      generateKeyPairSync('dsa', { modulusLength: 1024 }),
    ];
    for (const { publicKey } of others) refusedAs('not-rsa', () => publicKeyObject(spkiOf(publicKey)));
  });

  it('refuses what is no key', () => {
    for (const text of ['', 'AAAA', 'not base64', spkiOf(rsa).slice(0, 100)]) {
      refusedAs('not-a-key', () => publicKeyObject(text));
    }
  });
});

describe('facts about a public key', () => {
  it('tell size, exponent and fingerprint, and no weakness of a sound key', () => {
    const facts = publicKeyFacts(spkiOf(rsa), null, 0);
    assert.deepEqual([facts.bits, facts.exponent, facts.weaknesses], [2048, 65_537n, []]);
    assert.deepEqual(
      [facts.certificate, facts.notBefore, facts.notAfter, facts.certificateSignature],
      [null, null, null, null],
    );
    assert.match(facts.fingerprint, /^[0-9a-f]{64}$/);
  });

  it('name a key below 2048 bits short', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    assert.deepEqual(publicKeyFacts(spkiOf(publicKey), null, 0).weaknesses, ['short-key']);
  });

  const pem = readFileSync(new URL('../../test/fixtures/igoogle.pem', import.meta.url), 'utf8');
  const certificate = pem.replace(/-----[^-]+-----|\s/g, '');
  const spki = spkiOf(createPublicKey(pem));
  const issued = Date.UTC(2008, 9, 8, 1, 8, 32) / 1000;
  const expired = Date.UTC(2009, 9, 8, 1, 8, 32) / 1000;

  it('tell of the iGoogle certificate that it is short, signed with SHA-1 and expired in 2009', () => {
    const facts = publicKeyFacts(spki, certificate, Date.UTC(2026, 0) / 1000);
    assert.equal(facts.bits, 1024);
    assert.deepEqual([facts.notBefore, facts.notAfter], [issued, expired]);
    assert.equal(facts.certificateSignature, 'sha1WithRSAEncryption');
    assert.deepEqual(facts.weaknesses, ['short-key', 'sha1-certificate', 'expired-certificate']);
    // openssl x509 -pubkey | openssl pkey -pubin -outform DER | sha256sum
    assert.equal(facts.fingerprint, '42fdddd284db016a1d57e71b5641dfba371384e9a067a9ff40f5e296811d0150');
  });

  it('count a certificate as valid from its first second to its last', () => {
    const at = (now: number) => publicKeyFacts(spki, certificate, now).weaknesses.at(2) ?? 'valid';
    assert.deepEqual([issued - 1, issued, expired, expired + 1].map(at), [
      'not-yet-valid-certificate',
      'valid',
      'valid',
      'expired-certificate',
    ]);
  });
});
