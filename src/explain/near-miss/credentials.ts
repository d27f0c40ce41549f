/** Which of a consumer's credentials a search tries, and the texts that its client may have taken for them. */
import type { KeyObject } from 'node:crypto';
import { type Consumer, type ConsumerCredential, publicKeyObject } from '../../model/index.ts';
import { isSignatureMethod, methodFamily, type ProtocolParameters } from '../../oauth/index.ts';
import type { PresentedToken } from '../../provider/index.ts';
import type { Digest } from './attempt.ts';
import type { KeyMaterial } from './key-mistakes.ts';

/** What a signature is tried with. */
export type TriedCredentials =
  | { readonly family: 'shared-secret'; readonly digest: Digest | null; readonly material: KeyMaterial }
  | {
      readonly family: 'rsa';
      readonly digest: Digest;
      readonly key: KeyObject;
      readonly oldKey: KeyObject | null;
    };

/** Null when the method is none, or of a family that no credential of the consumer belongs to. */
export function triedCredentials(
  consumer: Consumer,
  presented: PresentedToken,
  protocol: ProtocolParameters,
): TriedCredentials | null {
  const method = protocol.signatureMethod ?? '';
  if (!isSignatureMethod(method)) return null;
  const digest = /SHA(1|256|512)$/.exec(method)?.[0].toLowerCase() as Digest | undefined;
  const [own, other] = inFamily(consumer, methodFamily(method) === 'rsa' ? 'public-key' : 'shared-secret');
  if (own === undefined) return null;
  if (own.kind === 'shared-secret') {
    const token = presented.requestToken ?? presented.accessToken;
    return {
      family: 'shared-secret',
      digest: digest ?? null,
      material: {
        consumerSecret: own.secret.reveal(),
        tokenSecret: token === null || token.consumerKey !== consumer.key ? '' : token.secret.reveal(),
        consumerKey: consumer.key,
        token: protocol.token ?? '',
        otherSecret: other?.kind === 'shared-secret' ? other.secret.reveal() : null,
      },
    };
  }
  if (digest === undefined) return null;
  return {
    family: 'rsa',
    digest,
    key: publicKeyObject(own.spki),
    oldKey: other?.kind === 'public-key' ? publicKeyObject(other.spki) : null,
  };
}

function inFamily(
  { credential, retiring }: Consumer,
  kind: ConsumerCredential['kind'],
): ConsumerCredential[] {
  return [credential, ...(retiring === null ? [] : [retiring.credential])].filter((one) => one.kind === kind);
}
