/** The browser's module in Node, held to what the program itself signs. */
import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ANY_CHARACTER } from '../../../test/support/any-character.ts';
import { SIGNATURE_METHODS, type SignatureMethod, type SigningKey, signRequest } from '../../oauth/index.ts';
import {
  compareBaseStrings,
  compareHeaders,
  encode,
  firstDifference,
  readHeader,
  readLines,
  signStepwise,
} from './browser/signature.js';

const { privateKey: KEY } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const PKCS8 = KEY.export({ type: 'pkcs8', format: 'pem' }) as string;
const PKCS1 = KEY.export({ type: 'pkcs1', format: 'pem' }) as string;

const TYPED = {
  method: 'get',
  url: 'https://tracker.example.com/rest/issues?b=%7e+x&a=1',
  form: [] as [string, string][],
  further: [] as [string, string][],
  realm: '',
  consumerKey: 'wiki',
  consumerSecret: 'a secret & more',
  token: null as string | null,
  tokenSecret: '',
  privateKey: PKCS8,
  signatureMethod: 'HMAC-SHA1',
  timestamp: '1700000000',
  nonce: 'n-1',
};

type Typed = typeof TYPED;

/** The same request signed by the program. */
function programSigned(typed: Typed, pem = PKCS8) {
  const key: SigningKey = typed.signatureMethod.startsWith('RSA')
    ? { kind: 'private-key', key: createPrivateKey(pem) }
    : { kind: 'shared-secret', consumerSecret: typed.consumerSecret, tokenSecret: typed.tokenSecret };
  return signRequest({
    method: typed.method,
    url: typed.url,
    consumerKey: typed.consumerKey,
    signatureMethod: typed.signatureMethod as SignatureMethod,
    key,
    timestamp: Number(typed.timestamp),
    nonce: typed.nonce,
    ...(typed.form.length > 0 && { form: typed.form }),
    ...(typed.token !== null && { token: typed.token }),
    ...(typed.realm !== '' && { realm: typed.realm }),
    ...Object.fromEntries(typed.further.map(([name, value]) => [name.replace('oauth_', ''), value])),
  });
}

async function assertAgrees(changes: Partial<Typed>, pem = PKCS8): Promise<void> {
  const typed = { ...TYPED, ...changes, ...(pem !== PKCS8 && { privateKey: pem }) };
  const [ours, theirs] = [await signStepwise(typed), programSigned(typed, pem)];
  assert.equal(ours.baseString, theirs.baseString);
  assert.equal(ours.authorization, theirs.authorization);
}

describe('a signature made in the browser', () => {
  for (const signatureMethod of SIGNATURE_METHODS) {
    it(`is the program’s own with ${signatureMethod}`, async () => {
      await assertAgrees({ signatureMethod });
      await assertAgrees({ signatureMethod, token: '', realm: 'a "realm" \\' });
      await assertAgrees({
        signatureMethod,
        method: 'POST',
        form: [
          ['summary', 'Schnee & Eis 100%'],
          ['summary', '雪'],
        ],
        token: 'tök/en+',
        tokenSecret: 'töken secret',
        further: [['oauth_verifier', 'v=1']],
      });
    });
  }

  it('takes a private key in either envelope, on one line or with literal line ends', async () => {
    const changes = { signatureMethod: 'RSA-SHA256' };
    await assertAgrees(changes, PKCS1);
    await assertAgrees({ ...changes, privateKey: PKCS8.replaceAll('\n', '\\n') });
    await assertAgrees({ ...changes, privateKey: PKCS8.replaceAll('\n', '') });
  });

  it('is the program’s own for whatever address, parameters and secrets', async () => {
    const text = fc.string({ unit: ANY_CHARACTER, maxLength: 8 });
    const pieces = fc.array(fc.tuple(text, text), { maxLength: 4 });
    const query = fc.stringMatching(/^(?:[!-"$&-~]|%[0-9a-fA-F]{2}){0,30}$/);
    const address = fc.constantFrom(
      'http://EXAMPLE.com:80',
      'HTTPS://example.com:443/',
      'https://example.com:8443/a/../b%2fc;d=e/~',
      'http://[::1]:8080/x',
    );
    await fc.assert(
      fc.asyncProperty(
        address,
        query,
        pieces,
        text,
        text,
        async (base, search, form, secret, tokenSecret) => {
          const consumerSecret = `s${secret}`;
          await assertAgrees({ url: `${base}?${search}`, form, consumerSecret, tokenSecret, token: secret });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is that of the published vectors', async () => {
    const file = new URL('../../../test/conformance/vectors.json', import.meta.url);
    const { signatures } = JSON.parse(readFileSync(file, 'utf8')) as {
      signatures: Record<string, never>[] & Vector[];
    };
    let compared = 0;
    for (const vector of signatures) {
      const { protocol = {}, url, consumerSecret } = vector;
      if (!vector.followsRfc || url === undefined || consumerSecret === undefined) continue;
      if (vector.signatureMethod === 'PLAINTEXT' || protocol.oauth_version !== '1.0') continue;
      const { oauth_timestamp: timestamp = '', oauth_nonce: nonce = '', oauth_token: token } = protocol;
      const known = /^oauth_(consumer_key|token|signature_method|timestamp|nonce|version|signature)$/;
      const form = (vector.form ?? '')
        .split('&')
        .filter((piece) => piece !== '')
        .map((piece) => piece.split('=').map((half) => decodeURIComponent(half.replaceAll('+', ' '))));
      const { signature, baseString } = await signStepwise({
        ...TYPED,
        method: vector.method ?? '',
        url,
        consumerSecret,
        tokenSecret: vector.tokenSecret ?? '',
        consumerKey: protocol.oauth_consumer_key ?? '',
        signatureMethod: vector.signatureMethod,
        timestamp,
        nonce,
        token: token ?? null,
        form: [...form, ...(vector.otherParameters ?? [])] as [string, string][],
        further: Object.entries(protocol).filter(([name]) => !known.test(name)),
      });
      assert.equal(baseString, vector.baseString, vector.id);
      assert.equal(signature, vector.signature, vector.id);
      compared += 1;
    }
    assert.ok(compared >= 5, `${compared} vectors`);
  });

  it('is refused with a reason for what cannot be signed', async () => {
    const refused = (changes: Partial<Typed>, code: string) =>
      assert.rejects(signStepwise({ ...TYPED, ...changes }), { code }, code);
    for (const url of ['', 'tracker', 'ftp://x/', 'https://u:p@x/', 'https://x/ä', 'https://x/a b'])
      await refused({ url }, 'url');
    await refused({ url: 'https://x/?a=%zz' }, 'escape');
    await refused({ consumerSecret: '' }, 'secret');
    const signatureMethod = 'RSA-SHA1';
    await refused({ signatureMethod, privateKey: 'nothing' }, 'key');
    await refused({ signatureMethod, privateKey: PKCS8.replace(/MII\w+/, 'MIIB') }, 'key');
    const sealed = KEY.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' });
    await refused({ signatureMethod, privateKey: String(sealed) }, 'key-encrypted');
  });
});

interface Vector {
  readonly id: string;
  readonly followsRfc: boolean;
  readonly signatureMethod: string;
  readonly baseString: string;
  readonly signature: string;
  readonly consumerSecret?: string;
  readonly tokenSecret?: string;
  readonly url?: string;
  readonly method?: string;
  readonly form?: string;
  readonly otherParameters?: readonly (readonly [string, string])[];
  readonly protocol?: Readonly<Record<string, string>>;
}

describe('the comparison in the browser', () => {
  it('aligns base strings by parameter and finds the first difference', async () => {
    const { baseString } = await signStepwise(TYPED);
    const theirs = baseString.replace('GET&https', 'GET&http').replace('a%3D1%26', '').concat('%26z%3D%2520');
    const rows = compareBaseStrings(theirs, baseString);
    assert.deepEqual(
      rows.filter(({ yours, ours }) => yours !== ours),
      [
        {
          part: 'address',
          name: '',
          yours: 'http://tracker.example.com/rest/issues',
          ours: 'https://tracker.example.com/rest/issues',
        },
        { part: 'parameter', name: 'a', yours: null, ours: '1' },
        { part: 'parameter', name: 'z', yours: '%20', ours: null },
      ],
    );
    assert.equal(firstDifference(theirs, baseString), 8);
    assert.equal(firstDifference(baseString, baseString), -1);
  });

  it('reads headers as clients print them, and leaves the realm out of the comparison', async () => {
    const { authorization, sent } = await signStepwise({ ...TYPED, realm: 'r' });
    for (const text of [
      authorization,
      `Authorization: ${authorization}`,
      ` authorization: ${authorization}`,
    ]) {
      const header = readHeader(text);
      assert.ok(header !== null);
      assert.ok(compareHeaders(header, sent).every(({ yours, ours }) => yours === ours));
    }
    assert.equal(readHeader('GET&https%3A%2F%2Fx&a%3D1'), null);
    const other = compareHeaders([['oauth_nonce', 'x']], sent);
    assert.ok(other.some(({ name, yours }) => name === 'oauth_nonce' && yours === 'x'));
  });

  it('reads lines as pairs', () => {
    assert.deepEqual(readLines('a=1=2\r\n\n b\n'), [
      ['a', '1=2'],
      [' b', ''],
    ]);
    assert.equal(encode("a b*'()!\u{d800}"), 'a%20b%2A%27%28%29%21%EF%BF%BD');
  });
});
