/** RFC 5849 s3.4.3 and the same with newer digests. The key and the signatures were made with the `openssl` program. */
import assert from 'node:assert/strict';
import { constants, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { describe, it } from 'node:test';
import { parseMessage, signatureBaseString, signRequest, verifySignature } from '../../../src/oauth/index.ts';
import { arrive, arriveSigned } from '../../support/arrive.ts';

const spki =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAySSwvVEGCG6X9N7vSjinm6SSbkWn3IxiTWYLaNQUWL62XQHGXZD5w6ppl7sAHaF0IJCzcwcyS64oEKhgzYLuECWuq+6wKG9swC/dtrKtkk/xzw5yj9eq32wmRi1kZFp3sinRUiXPlvmoEf9eSBQlg5GKFzc+6qnllFIvJLx+HLE0MG7ipEzCLdY3LkpytKtt6dXO63vmwHY3F4HaUhHDZyRzhAqOEU1ac60111sahikUAvT2UgwjRi2XtN6J4mxPvPXz6h5txEUJDaHu/1WS1yHeysf51DWlEn+DpuSY4TQQwdkTHdhygZ7siXCHtt21fjKiB9hsXLpX94ImxKE6OQIDAQAB';
const key = {
  kind: 'public-key',
  key: createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' }),
} as const;

const signatures = {
  'RSA-SHA1':
    'nkjkWZjQ+DTO8iHKKWPQB8Z58Bv5+ujw1wd9v5hhzwQpeOD9mZW5mx6yaeMwaj0L59khYNnbDeM2FxSL0sDFa5uIaTA+OLyjdYLetq4OJYYzalJj2wZwiLv/bkTIkKg1u2SxbOcKa2iVHnexa0erkC1Y8viVnBcCeSq9jkYZGCplqkhDUSfnPK8FfQ02t59BvZt0NarXgtEfawX3F7+BZDFnZa3esTA//Tgl2MIxyMeKAKqzuuawDh8/W3pWRtPs6rfhO/VWe/6eMy6oowIP5h9USdM7zeswbrJ47Le6soQe/d7pmN8K/5Ck/s7ZzpkJCoBhqQtXBDzSbZhXl09vVA==',
  'RSA-SHA256':
    'aMzceKPLJCvciVtiQyRHijRxZ876KgrLSXfoTwf0XkXwN6xatIOi8NuYqtvyjBzsfCvAns27sRdQ/Z9hcSPKtY+70XkegQ3H2Jy8B5SIv6g0cJCv8FJMqOY4+E9oe4rsKkwezHT/2Ge4OHbk9jycEPR2hUsblbvZXtdfmsC0wkNNOsPG0mFJmCI7LkmUMR8a/SyDyigRUXMZLeyLx+wpgQkmhC4e8QOGclacURZQG/Vp8kbLy2d2hCDzSgdVbQFP399kIHclw6m6M+NUd2Crfx2t+qKGr9b19jL8vBtGDuVWffdOF2dNiT+7MECbblaCDvu+6EXidDaHRYNN+j2KxA==',
  'RSA-SHA512':
    'XlBwQQpdwkytaf5iUbbwbB9C6ychqXZEKHvVT8yHXse/upqf+2sRygI2VMuJNGs98rkMH8XcKGXIN1lHIZ0lX/04rVfb6rK2IWlkZi/3AaI0gtOUCe+Yf594bCB3uM9st2mD8DJEEEnvs75ekkNhIdFx2es4Q+onhrzZU91dNItLz5Cjw2iyCJreced6fbZAuclJOOqmFxeE9dvpxevm2ZeGTgELpW7Js5vV+QhRpytaAMvlTMwuOV/eMlJA3W7X2lzZrhJZDO3u/WBcEsHYIYYydkvx+UaJmZmH8gaYRh2JEzaNcRjrV6QzN/svCPeWVcfMIsCz8Navi1Qoa3TcuA==',
};

function message(method: string, signature: string) {
  const authorization = `OAuth oauth_consumer_key="k", oauth_nonce="n", oauth_signature_method="${method}", oauth_timestamp="1", oauth_signature="${signature}"`;
  return parseMessage(arrive('http://example.com/?a=1', { authorization }));
}

describe('RFC 5849 s3.4.3 RSA', () => {
  for (const [method, signature] of Object.entries(signatures)) {
    it(`verifies ${method}, its base64 percent-encoded or not`, () => {
      assert.ok(verifySignature(message(method, encodeURIComponent(signature)), key));
      assert.ok(verifySignature(message(method, signature), key));
    });

    it(`refuses ${method} by another key, of another message, or named as another method`, () => {
      const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
      assert.ok(!verifySignature(message(method, signature), { kind: 'public-key', key: other }));
      assert.ok(!verifySignature({ ...message(method, signature), method: 'HEAD' }, key));
      for (const name of Object.keys(signatures)) {
        if (name !== method) assert.ok(!verifySignature(message(name, signature), key), name);
      }
    });
  }

  it('refuses a signature with PSS padding', () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const text = Buffer.from(signatureBaseString(message('RSA-SHA256', '')));
    const pss = sign('sha256', text, { key: pair.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING });
    const sent = message('RSA-SHA256', encodeURIComponent(pss.toString('base64')));
    assert.ok(!verifySignature(sent, { kind: 'public-key', key: pair.publicKey }));
  });

  it('needs no secret of the token', () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const signed = signRequest({
      method: 'GET',
      url: 'http://example.com/',
      consumerKey: 'k',
      token: 't',
      key: { kind: 'private-key', key: pair.privateKey },
      signatureMethod: 'RSA-SHA1',
      timestamp: 1,
      nonce: 'n',
    });
    assert.ok(
      verifySignature(parseMessage(arriveSigned(signed)), { kind: 'public-key', key: pair.publicKey }),
    );
  });
});
