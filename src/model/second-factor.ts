/**
 * What a user proves at login beside the password: codes of an authenticator (RFC 6238), or one of a few recovery
 * codes. The secret has to be readable again, so storage seals it; recovery codes are kept as digests.
 */
import type { Secret } from '../base/index.ts';
import type { AuditEvent } from './audit-event.ts';

/** The second factor of one user. */
export interface SecondFactor {
  readonly userName: string;
  /** Base32, shared with the user's authenticator. */
  readonly secret: Secret;
  /** The time step of the last code that was taken: no code up to it is taken again. */
  readonly lastStep: number;
  /** SHA-256 of each recovery code that is left. */
  readonly recoveryHashes: readonly string[];
  readonly createdAt: number;
}

/** That a user has had a second factor since a moment. */
export interface SecondFactorAddition {
  readonly userName: string;
  readonly createdAt: number;
}

/** At most one for each user, with whom it goes. */
export interface SecondFactorStore {
  find(userName: string): Promise<SecondFactor | null>;
  /** Those that administrators have had only since that moment or later, the latest first. */
  listNewOfAdministrators(since: number, limit: number): Promise<readonly SecondFactorAddition[]>;
  /** False if the user has one already, or is gone. */
  add(factor: SecondFactor, event: AuditEvent): Promise<boolean>;
  /** Takes the code of a time step. False if that step, or a later one, was taken before: one caller ever wins. */
  takeStep(userName: string, step: number): Promise<boolean>;
  /** Takes a recovery code. False if there is none of that digest: one caller ever wins. */
  takeRecoveryCode(userName: string, hash: string, event: AuditEvent): Promise<boolean>;
  /** Puts new recovery codes in place of all others. False if the user has no second factor. */
  replaceRecoveryCodes(userName: string, hashes: readonly string[], event: AuditEvent): Promise<boolean>;
  /** False if there was none. */
  remove(userName: string, event: AuditEvent): Promise<boolean>;
}
