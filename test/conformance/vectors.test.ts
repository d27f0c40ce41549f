/**
 * Published vectors of other people's implementations and specifications, each with its source and licence in
 * `vectors.json`: those that follow RFC 5849 verify, those that depart from it are refused. Where a source fixes
 * only a base string and its signature, the signature is checked over that base string.
 */
import assert from 'node:assert/strict';
import { createHash, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  bodyHashMatches,
  encodePercent,
  type OAuthMessage,
  parseMessage,
  signatureBaseString,
  type VerificationKey,
  verifySignature,
  writeForm,
} from '../../src/oauth/index.ts';
import { findAlgorithm } from '../../src/oauth/signature/algorithms.ts';
import { arrive, FORM } from '../support/arrive.ts';

interface Vector {
  readonly id: string;
  readonly source: string;
  readonly followsRfc: boolean;
  readonly signatureMethod: string;
  readonly baseString: string;
  readonly signature: string;
  readonly consumerSecret?: string;
  readonly tokenSecret?: string;
  readonly publicKey?: string;
  /** A whole request has an address; else only the base string is given. */
  readonly url?: string;
  readonly method?: string;
  readonly form?: string;
  /** Further parameters, decoded. */
  readonly otherParameters?: ReadonlyArray<readonly [string, string]>;
  readonly protocol?: Readonly<Record<string, string>>;
}

const vectors: {
  signatures: Vector[];
  bodyHashes: { source: string; body: string; digest: 'sha1' | 'sha256'; expected: string }[];
  baseStrings: { id: string; url: string; expected: string }[];
} = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8'));

function keyOf({ publicKey, consumerSecret = '', tokenSecret = '' }: Vector): VerificationKey {
  if (publicKey !== undefined) return { kind: 'public-key', key: createPublicKey(publicKey) };
  return { kind: 'shared-secret', consumerSecret, tokenSecret };
}

function messageOf(vector: Vector): OAuthMessage {
  const protocol = Object.entries({ ...vector.protocol, oauth_signature: vector.signature });
  const list = protocol.map(([name, value]) => `${name}="${encodePercent(value)}"`).join(', ');
  const body = [vector.form ?? '', writeForm(vector.otherParameters ?? [])]
    .filter((part) => part !== '')
    .join('&');
  const arrival = { method: vector.method!, authorization: `OAuth ${list}`, contentType: FORM, body };
  return parseMessage(arrive(vector.url!, arrival));
}

/** Whether a signature over a base string alone is right, whatever message it came from. */
function verifiesOver({ signatureMethod, baseString, signature }: Vector, key: VerificationKey): boolean {
  const algorithm = findAlgorithm(signatureMethod);
  if (algorithm?.family === 'rsa' && key.kind === 'public-key')
    return algorithm.verify(baseString, signature, key.key);
  if (algorithm?.family === 'shared-secret' && key.kind === 'shared-secret') {
    return algorithm.verify(baseString, signature, key);
  }
  return assert.fail(`${signatureMethod} does not fit its key`);
}

describe('published signature vectors', () => {
  for (const vector of vectors.signatures) {
    const { id, source, followsRfc, url, protocol, baseString } = vector;
    if (url !== undefined) {
      it(`${id} gives ${followsRfc ? 'its' : 'another'} base string (${source})`, () => {
        assert.equal(signatureBaseString(messageOf(vector)) === baseString, followsRfc);
      });
    }
    // Some sources give a whole request without a method or a secret: only their base string says something.
    const isSigned = url === undefined || protocol?.oauth_signature_method !== undefined;
    if (!isSigned) continue;
    it(`${id} ${followsRfc ? 'verifies' : 'is refused'} (${source})`, () => {
      const key = keyOf(vector);
      const verifies =
        url === undefined ? verifiesOver(vector, key) : verifySignature(messageOf(vector), key);
      assert.equal(verifies, followsRfc);
    });
  }
});

describe('published body hash vectors', () => {
  for (const { source, body, digest, expected } of vectors.bodyHashes) {
    it(`matches the ${digest} of ${JSON.stringify(body)} (${source})`, () => {
      const protocol = { bodyHash: expected, signatureMethod: `RSA-${digest.toUpperCase()}` };
      assert.equal(bodyHashMatches({ protocol, body: Buffer.from(body) }), true);
      assert.equal(createHash(digest).update(body).digest('base64'), expected);
    });
  }
});

describe('base strings that implementations are known to disagree on', () => {
  for (const { id, url, expected } of vectors.baseStrings) {
    it(`follow the RFC: ${id}`, () => assert.equal(signatureBaseString(parseMessage(arrive(url))), expected));
  }
});
