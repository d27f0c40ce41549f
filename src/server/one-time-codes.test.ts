import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Secret } from '../base/index.ts';
import { oneTimeCodes } from './one-time-codes.ts';

/** RFC 6238 appendix B, of whose eight digits authenticators show the last six. */
const RFC_SECRET = new Secret('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');

describe('codes of an authenticator', () => {
  it('are those of RFC 6238', () => {
    for (const [now, code, step] of [
      [59, '287082', 1],
      [1_111_111_109, '081804', 37_037_036],
      [2_000_000_000, '279037', 66_666_666],
    ] as const) {
      assert.equal(oneTimeCodes.stepOf(RFC_SECRET, code, now), step);
      assert.equal(oneTimeCodes.stepOf(RFC_SECRET, code, now + 30), step);
      assert.equal(oneTimeCodes.stepOf(RFC_SECRET, code, now + 90), null);
    }
  });

  it('are read with spaces, and nothing else is a code', () => {
    assert.equal(oneTimeCodes.stepOf(RFC_SECRET, ' 287 082 ', 59), 1);
    for (const code of ['', '28708', '2870822', '28708a', '-28708', '２８７０８２'])
      assert.equal(oneTimeCodes.stepOf(RFC_SECRET, code, 59), null);
    for (const secret of ['', 'GEZDGNBVGY3TQOJQ', 'not base32 at all'])
      assert.equal(oneTimeCodes.stepOf(new Secret(secret), '287082', 59), null);
  });

  it('come of a secret of 160 bits, in an address that authenticators read', () => {
    const secret = oneTimeCodes.createSecret();
    assert.match(secret.reveal(), /^[A-Z2-7]{32}$/);
    assert.notEqual(oneTimeCodes.createSecret().reveal(), secret.reveal());
    const address = new URL(oneTimeCodes.address(secret, 'alice@x', 'Wiki & Co'));
    assert.equal(address.protocol, 'otpauth:');
    assert.equal(address.searchParams.get('secret'), secret.reveal());
    assert.equal(address.searchParams.get('issuer'), 'Wiki & Co');
    assert.equal(decodeURIComponent(address.pathname).endsWith('Wiki & Co:alice@x'), true);
  });
});
