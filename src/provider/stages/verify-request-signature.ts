/**
 * Stage: the signature, under the credential that the consumer's record pins; during a rotation also under the
 * one that is being replaced. A shared-secret signature needs the token's secret too, so where the token is not
 * this consumer's the request is refused as `token_rejected` without telling whether such a token exists.
 * @see RFC 5849 s3.2, s3.4
 */
import type { KeyObject } from 'node:crypto';
import { type ConsumerCredential, publicKeyObject } from '../../model/index.ts';
import { Problem, type VerificationKey, verifySignature } from '../../oauth/index.ts';
import type { Examination } from '../examination.ts';
import { foreignToken } from './refuse-foreign-token.ts';

/** @throws {Problem} signature_invalid; token_rejected when a secret of another consumer's token would be needed */
export function verifyRequestSignature(examination: Examination): void {
  const { consumer, now } = examination;
  if (verifies(examination, consumer.credential)) return;
  const { retiring } = consumer;
  if (retiring !== null && now <= retiring.validUntil && verifies(examination, retiring.credential)) return;
  throw new Problem('signature_invalid', {
    advice:
      "The signature does not fit this request as it arrived. Compare your base string with the server's.",
  });
}

function verifies(examination: Examination, credential: ConsumerCredential): boolean {
  const key =
    credential.kind === 'public-key'
      ? rsaKey(credential)
      : {
          kind: 'shared-secret' as const,
          consumerSecret: credential.secret.reveal(),
          tokenSecret: tokenSecret(examination),
        };
  return verifySignature(examination.message, key);
}

/** The secret of the presented token, '' when none was presented. */
function tokenSecret({ message, presented, consumer }: Examination): string {
  if (!message.protocol.token) return '';
  const token = presented.requestToken ?? presented.accessToken;
  if (token === null || token.consumerKey !== consumer.key) throw foreignToken();
  return token.secret.reveal();
}

/** Importing a key costs more than verifying with it; the record's own object is the natural key of the cache. */
const imported = new WeakMap<ConsumerCredential, KeyObject>();

function rsaKey(credential: ConsumerCredential & { kind: 'public-key' }): VerificationKey {
  const known = imported.get(credential);
  if (known !== undefined) return { kind: 'public-key', key: known };
  const key = publicKeyObject(credential.spki);
  imported.set(credential, key);
  return { kind: 'public-key', key };
}
