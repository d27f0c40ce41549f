/**
 * Which check runs for which request, in order: the provider's rules on one screen. What must come before what:
 * nothing is looked up for a malformed request; nothing is told about a token before the signature is verified;
 * a nonce is burnt only by a sender who proved to be the consumer; rights are judged last.
 * @see RFC 5849 s3.2
 */
import type { Stage } from './examination.ts';
import { burnNonce } from './stages/burn-nonce.ts';
import { checkAccessTokenState } from './stages/check-access-token-state.ts';
import { checkCallback } from './stages/check-callback.ts';
import { checkLimits } from './stages/check-limits.ts';
import { checkMethod } from './stages/check-method.ts';
import { checkTimestamp } from './stages/check-timestamp.ts';
import { checkTwoLeggedAccess } from './stages/check-two-legged-access.ts';
import { checkVersion } from './stages/check-version.ts';
import { knowConsumer } from './stages/know-consumer.ts';
import { lookUpGrounds } from './stages/look-up-grounds.ts';
import { parseRequest } from './stages/parse-request.ts';
import { presentToken } from './stages/present-token.ts';
import { refuseForeignToken } from './stages/refuse-foreign-token.ts';
import { requireParameters, requireToken } from './stages/require-parameters.ts';
import { verifyBodyHash } from './stages/verify-body-hash.ts';
import { verifyRequestSignature } from './stages/verify-request-signature.ts';

/** The stages of each kind of signed request. */
export const STAGES = {
  /** Temporary credentials. @see RFC 5849 s2.1 */
  requestToken: [
    parseRequest,
    requireParameters,
    checkVersion,
    knowConsumer,
    checkMethod,
    checkTimestamp,
    verifyRequestSignature,
    verifyBodyHash,
    burnNonce,
    checkCallback,
  ],
  /** Token credentials, and their renewal. @see RFC 5849 s2.3 */
  accessToken: [
    parseRequest,
    requireParameters,
    requireToken,
    checkVersion,
    knowConsumer,
    checkMethod,
    checkTimestamp,
    presentToken,
    verifyRequestSignature,
    verifyBodyHash,
    burnNonce,
    refuseForeignToken,
  ],
  /** A protected resource. @see RFC 5849 s3 */
  resource: [
    parseRequest,
    requireParameters,
    checkVersion,
    lookUpGrounds,
    checkMethod,
    checkTimestamp,
    verifyRequestSignature,
    verifyBodyHash,
    burnNonce,
    refuseForeignToken,
    checkAccessTokenState,
    checkTwoLeggedAccess,
    checkLimits,
  ],
} as const satisfies Record<string, readonly Stage[]>;
