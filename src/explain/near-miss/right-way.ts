/** The right way to sign (RFC 5849 s3.4.1, s3.4.2): where every search begins. */
import { encodePercent, encodeWireBytes } from '../../oauth/index.ts';
import {
  type Attempt,
  type AttemptKey,
  type Digest,
  readAddress,
  type SpelledPair,
  type Writing,
} from './attempt.ts';
import type { Scene } from './scene.ts';

/** By name, then value, both compared as encoded. */
export function inOrder(pairs: readonly SpelledPair[]): readonly SpelledPair[] {
  return pairs.toSorted((a, b) => compareTexts(a[0], b[0]) || compareTexts(a[1], b[1]));
}

/** Compares by code unit; all encoded texts are ASCII. */
export function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** What is left of a secret pair when everything is done right. */
export function pairOfSecrets(consumerSecret: string, tokenSecret: string): string {
  return `${encodePercent(consumerSecret)}&${encodePercent(tokenSecret)}`;
}

const RIGHT_WRITING: Writing = {
  spell: (canonical) => canonical,
  arrange: inOrder,
  encodeParameters: encodePercent,
  encodeAddress: encodeWireBytes,
  finish: (baseString) => baseString,
};

/** The attempt without any mistake. */
export function rightWay(scene: Scene, key: AttemptKey, digest: Digest | null): Attempt {
  return {
    method: scene.method,
    address: readAddress(scene.baseUri),
    parameters: scene.parameters,
    writing: RIGHT_WRITING,
    key,
    digest,
    hashedFirst: 'no',
    scheme: digest === null ? 'plain' : 'usual',
  };
}
