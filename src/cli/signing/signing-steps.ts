/**
 * The way to a signature, step by step: parameters, base string, key, signature. What `sign` makes and `verify` checks
 * is told in the same words. Secrets in the key are left out; what is signed is the user's own and is shown whole.
 */
import {
  type ArrivedRequest,
  type OAuthMessage,
  parseMessage,
  signatureBaseString,
} from '../../oauth/index.ts';
import type { Painter } from '../paint.ts';
import { printable } from '../paint.ts';

/** The texts between a request and its signature. */
export interface SigningSteps {
  readonly method: string;
  /** Base string URI. @see RFC 5849 s3.4.1.2 */
  readonly address: string;
  /** Parameters as sorted and joined. @see RFC 5849 s3.4.1.3.2 */
  readonly normalizedParameters: string;
  /** @see RFC 5849 s3.4.1.1 */
  readonly baseString: string;
  readonly signatureMethod: string;
  /** What it is signed with, without what must stay secret. */
  readonly key: string;
  readonly signature: string;
}

/** The steps of a signed request. @throws {Problem} when it cannot be taken apart */
export function signingSteps(request: ArrivedRequest, key: string): SigningSteps {
  return stepsOf(parseMessage(request), key);
}

/** The steps of a message. */
export function stepsOf(message: OAuthMessage, key: string): SigningSteps {
  const baseString = signatureBaseString(message);
  return {
    method: message.method,
    address: message.baseUri,
    normalizedParameters: decodeURIComponent(baseString.slice(baseString.lastIndexOf('&') + 1)),
    baseString,
    signatureMethod: message.protocol.signatureMethod ?? '',
    key,
    signature: message.protocol.signature ?? '',
  };
}

/** The key of shared-secret methods as it is built, each secret by its length only. @see RFC 5849 s3.4.2 */
export function redactedPair(consumerSecret: string, tokenSecret: string): string {
  return `${redactedSecret(consumerSecret)}&${redactedSecret(tokenSecret)}`;
}

function redactedSecret(secret: string): string {
  return secret === '' ? '' : `[${secret.length} characters]`;
}

/** The steps in lines. */
export function stepLines(steps: SigningSteps, painter: Painter): string[] {
  const { normalizedParameters, baseString } = steps;
  const step = (number: number, title: string, lines: readonly string[]) => [
    painter.bold(`${number}. ${title}`),
    ...lines.map((line) => `   ${printable(line)}`),
    '',
  ];
  return [
    ...step(1, 'Method and address', [`${steps.method} ${steps.address}`]),
    ...step(2, 'Parameters, encoded and sorted', normalizedParameters.split('&')),
    ...step(3, 'Parameters, joined', [normalizedParameters]),
    ...step(4, 'Base string', [baseString]),
    ...step(5, 'Key', [steps.key]),
    ...step(6, `Signature (${steps.signatureMethod || 'no method named'})`, [steps.signature || '(none)']),
  ];
}
