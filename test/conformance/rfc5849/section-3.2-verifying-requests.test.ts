/** RFC 5849 s3.2: the server recalculates the signature; here, which keys and methods can ever make one count. */
import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { describe, it } from 'node:test';
import {
  encodePercent,
  methodFamily,
  type OAuthMessage,
  parseMessage,
  SIGNATURE_METHODS,
  type SignatureMethod,
  signatureBaseString,
  type VerificationKey,
  verifySignature,
} from '../../../src/oauth/index.ts';
import { arrive } from '../../support/arrive.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const secrets = { kind: 'shared-secret', consumerSecret: 'cs', tokenSecret: 'ts' } as const;
const publicKey: VerificationKey = { kind: 'public-key', key: rsa.publicKey };

function message(method: string, signature: string | null): OAuthMessage {
  const list = `OAuth oauth_consumer_key="k", oauth_signature_method="${encodePercent(method)}"`;
  const authorization = signature === null ? list : `${list}, oauth_signature="${encodePercent(signature)}"`;
  return parseMessage(arrive('https://example.com/', { authorization }));
}

describe('RFC 5849 s3.2 verifying requests', () => {
  it('never takes a public key for an HMAC secret, nor its absence for one', () => {
    for (const method of SIGNATURE_METHODS) {
      const key: VerificationKey = methodFamily(method) === 'rsa' ? secrets : publicKey;
      assert.ok(!verifySignature(message(method, 'x'), key), method);
    }
  });

  it('never verifies under an empty consumer secret, whatever the signature', () => {
    const empty = { kind: 'shared-secret', consumerSecret: '', tokenSecret: '' } as const;
    assert.ok(!verifySignature(message('PLAINTEXT', '&'), empty));
    assert.ok(!verifySignature(message('PLAINTEXT', '&ts'), { ...empty, tokenSecret: 'ts' }));
  });

  it('verifies under no method but those of its list', () => {
    const names = [
      '',
      'hmac-sha1',
      'HMAC-SHA1 ',
      'RSA-MD5',
      'NONE',
      '__proto__',
      'constructor',
      'toString',
      'PLAINTEXT\u200b',
    ];
    for (const name of names) {
      assert.ok(!verifySignature(message(name, 'cs&ts'), secrets), name);
      assert.ok(!verifySignature(message(name, 'cs&ts'), publicKey), name);
    }
  });

  it('refuses a request without a signature', () => {
    for (const method of SIGNATURE_METHODS) {
      assert.ok(
        !verifySignature(message(method, null), methodFamily(method) === 'rsa' ? publicKey : secrets),
      );
      assert.ok(!verifySignature(message(method, ''), methodFamily(method) === 'rsa' ? publicKey : secrets));
    }
  });

  it('refuses signatures that are not base64, or not in its one spelling, without failing', () => {
    const good = sign(
      'sha1',
      Buffer.from(signatureBaseString(message('RSA-SHA1', null))),
      rsa.privateKey,
    ).toString('base64');
    assert.ok(verifySignature(message('RSA-SHA1', good), publicKey));
    for (const bad of [
      `${good}=`,
      good.slice(0, -1),
      ` ${good}`,
      `${good.slice(0, 9)}!${good.slice(9)}`,
      '=',
      '!!!!',
      '☃',
    ]) {
      assert.ok(!verifySignature(message('RSA-SHA1', bad), publicKey), bad);
      assert.ok(!verifySignature(message('HMAC-SHA1', bad), secrets), bad);
    }
  });

  const foreign = {
    'an elliptic curve key': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    'an RSA-PSS key': generateKeyPairSync('rsa-pss', { modulusLength: 1024 }),
  };
  for (const [what, pair] of Object.entries(foreign)) {
    it(`does not verify RSA methods with ${what}, even if its holder signed`, () => {
      const digests: Partial<Record<SignatureMethod, string>> = {
        'RSA-SHA1': 'sha1',
        'RSA-SHA256': 'sha256',
      };
      for (const [method, digest] of Object.entries(digests)) {
        const signature = sign(
          digest,
          Buffer.from(signatureBaseString(message(method, null))),
          pair.privateKey,
        );
        assert.ok(
          !verifySignature(message(method, signature.toString('base64')), {
            kind: 'public-key',
            key: pair.publicKey,
          }),
        );
      }
    });
  }

  it('does not verify with a private key', () => {
    const good = sign(
      'sha1',
      Buffer.from(signatureBaseString(message('RSA-SHA1', null))),
      rsa.privateKey,
    ).toString('base64');
    assert.ok(!verifySignature(message('RSA-SHA1', good), { kind: 'public-key', key: rsa.privateKey }));
    assert.ok(
      verifySignature(message('RSA-SHA1', good), {
        kind: 'public-key',
        key: createPublicKey(rsa.privateKey),
      }),
    );
  });
});
