/** The port to codes that an authenticator shows (RFC 6238): what they are made of is a library's business. */
import type { Secret } from '../base/index.ts';

/** Makes secrets for authenticators, and reads codes. */
export interface OneTimeCodes {
  /** A new secret, in base32. */
  createSecret(): Secret;
  /** What an authenticator reads from a picture: the secret, and whose it is where. */
  address(secret: Secret, account: string, issuer: string): string;
  /**
   * The time step whose code this is, at most one away from the present one; null when there is none, or the secret
   * is malformed. White space in the code does not count.
   * @param now seconds since 1970
   */
  stepOf(secret: Secret, code: string, now: number): number | null;
}
