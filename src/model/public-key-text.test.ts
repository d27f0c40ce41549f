import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ANY_CHARACTER } from '../../test/support/any-character.ts';
import { type KeyRefusal, KeyRefused } from './public-key.ts';
import { parsePublicKey } from './public-key-text.ts';

const NOW = 1_790_000_000;
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const spkiPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const pkcs1Pem = publicKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const jwk = publicKey.export({ format: 'jwk' });
const certificatePem = readFileSync(new URL('../../test/fixtures/igoogle.pem', import.meta.url), 'utf8');
const certificateSpki = createPublicKey(certificatePem)
  .export({ type: 'spki', format: 'der' })
  .toString('base64');

/** The base64 inside PEM, on one line. */
function inner(pem: string): string {
  return pem.replace(/-----[^-]+-----|\s/g, '');
}

function refusal(text: string): KeyRefused {
  try {
    parsePublicKey(text, NOW);
  } catch (error) {
    assert.ok(error instanceof KeyRefused, String(error));
    return error;
  }
  return assert.fail('it was accepted');
}

function code(text: string): KeyRefusal {
  return refusal(text).code;
}

describe('a pasted public key', () => {
  const pasted: Readonly<Record<string, string>> = {
    'SPKI in PEM': spkiPem,
    'PKCS#1 in PEM': pkcs1Pem,
    'a JWK': JSON.stringify({ ...jwk, kid: '1', use: 'sig' }),
    'a JWK set of one': JSON.stringify({ keys: [jwk] }, null, 2),
    'bare base64 of SPKI': spki,
    'bare base64 in lines': spki.replace(/.{64}/g, '$&\r\n'),
    'bare base64 of PKCS#1': inner(pkcs1Pem),
    'bare base64url': Buffer.from(spki, 'base64').toString('base64url'),
    'PEM with CRLF': spkiPem.replaceAll('\n', '\r\n'),
    'PEM with CR alone': spkiPem.replaceAll('\n', '\r'),
    'PEM with trailing blanks and blank lines': spkiPem.replaceAll('\n', '  \t\n\n'),
    'PEM on one line': spkiPem.replaceAll('\n', ' '),
    'PEM without any line breaks': spkiPem.replaceAll('\n', ''),
    'PEM with literal \\n': spkiPem.replaceAll('\n', '\\n'),
    'PEM with literal \\r\\n in quotes': `"${spkiPem.replaceAll('\n', '\\r\\n')}"`,
    'PEM indented by a YAML file': spkiPem.replaceAll('\n', '\n    '),
    'PEM behind a byte order mark and blanks': `\uFEFF \n${spkiPem}\n\n`,
    'PEM with text around it': `Bag Attributes\n  name: x\n${spkiPem}\nthanks`,
  };
  for (const [what, text] of Object.entries(pasted)) {
    it(`is read from ${what}`, () => {
      const facts = parsePublicKey(text, NOW);
      assert.deepEqual([facts.spki, facts.certificate], [spki, null]);
    });
  }

  for (const [what, text] of [
    ['PEM', certificatePem],
    ['PEM on one line', certificatePem.replaceAll('\n', ' ')],
    ['bare base64', inner(certificatePem)],
    ['PEM under its old label', certificatePem.replaceAll('CERTIFICATE', 'X509 CERTIFICATE')],
  ] as const) {
    it(`is taken out of a certificate in ${what}, which is kept beside it`, () => {
      const facts = parsePublicKey(text, NOW);
      assert.deepEqual([facts.spki, facts.certificate], [certificateSpki, inner(certificatePem)]);
      assert.deepEqual(facts.weaknesses, ['short-key', 'sha1-certificate', 'expired-certificate']);
    });
  }
});

describe('a private key pasted by mistake', () => {
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const pasted: Readonly<Record<string, string>> = {
    'PKCS#8 in PEM': pkcs8,
    'PKCS#1 in PEM': pkcs1,
    'PEM on one line': pkcs8.replaceAll('\n', ' '),
    'PEM with literal \\n': pkcs8.replaceAll('\n', '\\n'),
    'encrypted PEM': privateKey
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
      .toString(),
    'an OpenSSH file':
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE=\n-----END OPENSSH PRIVATE KEY-----',
    'bare base64 of PKCS#8': inner(pkcs8),
    'bare base64 of PKCS#1': inner(pkcs1),
    'bare base64url': Buffer.from(inner(pkcs8), 'base64').toString('base64url'),
    'a form’s encoding': encodeURIComponent(pkcs8),
    'a PuTTY file': `PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 1\n${inner(pkcs1).slice(0, 64)}`,
    'XML of .NET': `<RSAKeyValue><Modulus>x</Modulus><D>${inner(pkcs1).slice(0, 64)}</D></RSAKeyValue>`,
    'bare base64 of an elliptic curve key': ec.export({ type: 'sec1', format: 'der' }).toString('base64'),
    'PEM under the label of a public key': pkcs1.replaceAll('PRIVATE', 'PUBLIC'),
    'PKCS#8 under the label of a PKCS#1 public key': pkcs8.replaceAll('PRIVATE KEY', 'RSA PUBLIC KEY'),
    'a public key with the private one behind it': spkiPem + pkcs8,
    'a JWK': JSON.stringify(privateKey.export({ format: 'jwk' })),
    'a symmetric JWK': JSON.stringify({ kty: 'oct', k: 'c2VjcmV0' }),
    'a text far too long': 'x'.repeat(40_000) + pkcs8,
  };
  for (const [what, text] of Object.entries(pasted)) {
    it(`is refused as one, and nothing of it is repeated: ${what}`, () => {
      const error = refusal(text);
      assert.equal(error.code, 'private-key');
      const told = `${error.message}${error.stack}${JSON.stringify(error)}${String(error.cause)}`;
      const secret = inner(text).replace(/\W/g, '').slice(60, 90);
      assert.ok(secret === '' || !told.includes(secret));
    });
  }
});

describe('a text that is no acceptable public key', () => {
  const empty = ['', ' \r\n\t', '""', '\\n', '\uFEFF'];
  for (const text of empty)
    it(`is missing: ${JSON.stringify(text)}`, () => assert.equal(code(text), 'empty'));

  const noKeys: Readonly<Record<string, string>> = {
    'a word': 'secret',
    'broken base64': 'MIIB*IjANB',
    'base64 of something else': Buffer.from('hello, this is no key').toString('base64'),
    'PEM without its end': spkiPem.slice(0, 200),
    'PEM with nothing in it': '-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----',
    'PEM cut short': spkiPem.replace(/\n.{64}\n/, '\n'),
    'a certificate request': spkiPem.replaceAll('PUBLIC KEY', 'CERTIFICATE REQUEST'),
    'a label of object members': spkiPem.replaceAll('PUBLIC KEY', '__proto__'),
    'an OpenSSH public key': 'ssh-rsa AAAAB3NzaC1yc2E= me@host',
    'broken JSON': '{"kty":',
    'a JWK without its modulus': '{"kty":"RSA","e":"AQAB"}',
    'a JWK with numbers for texts': '{"kty":"RSA","n":1,"e":2}',
    'an empty JWK set': '{"keys":[]}',
    'a JWK set of two': JSON.stringify({ keys: [jwk, jwk] }),
    'a JWK set of nulls': '{"keys":[null]}',
    'more text than any key has': 'A'.repeat(32_769),
  };
  for (const [what, text] of Object.entries(noKeys)) {
    it(`is not a key: ${what}`, () => assert.equal(code(text), 'not-a-key'));
  }

  it('is of another kind', () => {
    for (const pair of [generateKeyPairSync('ec', { namedCurve: 'P-256' }), generateKeyPairSync('ed25519')]) {
      assert.equal(code(pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()), 'not-rsa');
      assert.equal(code(JSON.stringify(pair.publicKey.export({ format: 'jwk' }))), 'not-rsa');
    }
  });

  it('is too weak', () => {
    assert.equal(code(JSON.stringify({ ...jwk, e: 'AQ' })), 'weak-exponent');
    assert.equal(
      code(JSON.stringify({ ...jwk, n: Buffer.alloc(64, 0xff).toString('base64url') })),
      'too-short',
    );
    assert.equal(
      code(JSON.stringify({ ...jwk, n: Buffer.alloc(1025, 0xff).toString('base64url') })),
      'too-long',
    );
  });

  it('is refused in no other way, whatever it holds', () => {
    const pieces = fc.constantFrom(
      '-----BEGIN ',
      'PUBLIC KEY',
      '-----',
      '-----END ',
      'RSA ',
      '\n',
      '\\n',
      '{',
      '"keys":[',
      '}',
      spki.slice(0, 60),
      ' ',
      'MII',
    );
    const text = fc.oneof(
      fc.string({ unit: ANY_CHARACTER }),
      fc.array(pieces, { maxLength: 12 }).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(text, (pasted) => refusal(pasted) instanceof KeyRefused),
      { numRuns: 300 },
    );
  });

  it('is read in time that grows no faster than its length', () => {
    const started = performance.now();
    for (const piece of ['-----BEGIN ', '\\n', '"', ' ', '-----BEGIN A-----', '{', 'PRIVATE ', '-----'])
      refusal(piece.repeat(3000).slice(0, 32_000));
    refusal(`x${'"'.repeat(32_000)}x`);
    assert.ok(performance.now() - started < 2000);
  });
});
