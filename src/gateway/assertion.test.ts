import { equal, notEqual } from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import { FixedClock, Secret } from '../base/index.ts';
import { createAssertionSigner } from './assertion.ts';

const { privateKey } = generateKeyPairSync('ed25519');

describe('an assertion that is reused', () => {
  it('is never one about nobody for somebody whose name is written alike', async () => {
    const signer = await createAssertionSigner({
      privateKey: new Secret(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()),
      issuer: 'https://tracker.example',
      audience: 'http://127.0.0.1:3000',
      clock: new FixedClock(1_700_000_000),
      random: { bytes: (length) => randomBytes(length) },
    });
    const assertionFor = (userName: string | null) =>
      signer.assert({ via: 'two-legged', tokenId: null, consumerKey: 'wiki', userName });
    const nobody = await assertionFor(null);
    const somebody = await assertionFor('null');
    notEqual(somebody, nobody);
    equal(decodeJwt(nobody).sub, undefined);
    equal(decodeJwt(somebody).sub, 'null');
    equal(await assertionFor('null'), somebody);
  });
});
