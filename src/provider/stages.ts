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
import { checkRequestRate } from './stages/check-request-rate.ts';
import { checkRequestTokenState } from './stages/check-request-token-state.ts';
import { checkSession } from './stages/check-session.ts';
import { checkTimestamp } from './stages/check-timestamp.ts';
import { checkTokenUser } from './stages/check-token-user.ts';
import { checkTwoLeggedAccess } from './stages/check-two-legged-access.ts';
import { checkVerifier } from './stages/check-verifier.ts';
import { checkVersion } from './stages/check-version.ts';
import { knowConsumer } from './stages/know-consumer.ts';
import { lookUpGrounds } from './stages/look-up-grounds.ts';
import { parseRequest } from './stages/parse-request.ts';
import { presentToken } from './stages/present-token.ts';
import { refuseForeignToken } from './stages/refuse-foreign-token.ts';
import { requireBodyHash } from './stages/require-body-hash.ts';
import { requireParameters, requireSignature, requireTokenToo } from './stages/require-parameters.ts';
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
    checkRequestRate,
    checkCallback,
  ],
  /** Token credentials, and their renewal. @see RFC 5849 s2.3 */
  accessToken: [
    parseRequest,
    requireTokenToo,
    checkVersion,
    knowConsumer,
    checkMethod,
    checkTimestamp,
    presentToken,
    verifyRequestSignature,
    verifyBodyHash,
    burnNonce,
    checkRequestRate,
    refuseForeignToken,
    checkRequestTokenState,
    checkVerifier,
    checkSession,
    checkTokenUser,
  ],
  /** A protected resource. @see RFC 5849 s3 */
  resource: [
    parseRequest,
    requireSignature,
    checkVersion,
    lookUpGrounds,
    checkMethod,
    checkTimestamp,
    verifyRequestSignature,
    verifyBodyHash,
    requireBodyHash,
    burnNonce,
    checkRequestRate,
    refuseForeignToken,
    checkAccessTokenState,
    checkTwoLeggedAccess,
    checkLimits,
  ],
} as const satisfies Record<string, readonly Stage[]>;

/** The kinds of signed requests. */
export type SignedRequestKind = keyof typeof STAGES;

/** What a stage asks about, in words that an explanation of a refusal is ordered by. */
export type StageTopic =
  | 'parameters'
  | 'version'
  | 'consumer'
  | 'method'
  | 'clock'
  | 'nonce'
  | 'token'
  | 'callback'
  | 'verifier'
  | 'signature'
  | 'body-hash'
  | 'rights';

/** The topic of every stage. */
export const STAGE_TOPICS: ReadonlyMap<Stage, StageTopic> = new Map<Stage, StageTopic>([
  [parseRequest, 'parameters'],
  [requireParameters, 'parameters'],
  [requireTokenToo, 'parameters'],
  [requireSignature, 'parameters'],
  [checkVersion, 'version'],
  [knowConsumer, 'consumer'],
  [lookUpGrounds, 'consumer'],
  [checkMethod, 'method'],
  [checkTimestamp, 'clock'],
  [presentToken, 'token'],
  [verifyRequestSignature, 'signature'],
  [verifyBodyHash, 'body-hash'],
  [requireBodyHash, 'body-hash'],
  [burnNonce, 'nonce'],
  [checkRequestRate, 'rights'],
  [refuseForeignToken, 'token'],
  [checkCallback, 'callback'],
  [checkRequestTokenState, 'token'],
  [checkVerifier, 'verifier'],
  [checkSession, 'verifier'],
  [checkTokenUser, 'token'],
  [checkAccessTokenState, 'token'],
  [checkTwoLeggedAccess, 'rights'],
  [checkLimits, 'rights'],
]);
