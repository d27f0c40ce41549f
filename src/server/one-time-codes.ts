/**
 * Codes of authenticators by otplib: six digits of HMAC-SHA1 in steps of 30 seconds, which every authenticator knows
 * (RFC 6238 and 4226). SHA-1 is safe here: HMAC does not rest on collisions.
 */
import { generateSecret, generateURI, verifySync } from 'otplib';
import type { OneTimeCodes } from '../accounts/index.ts';
import { Secret } from '../base/index.ts';

/** A code is taken one step early or late: clocks differ, and people type slowly. */
const TOLERANCE_SECONDS = 30;

const CODE = /^\d{6}$/;

/** 160 bits in base32, as `createSecret` gives it. */
const SECRET = /^[A-Z2-7]{32}$/;

/** The codes of this server. */
export const oneTimeCodes: OneTimeCodes = {
  createSecret: () => new Secret(generateSecret()),
  address: (secret, account, issuer) => generateURI({ secret: secret.reveal(), label: account, issuer }),
  stepOf(secret, code, now) {
    const token = code.replaceAll(/\s/g, '');
    if (!CODE.test(token) || !SECRET.test(secret.reveal())) return null;
    const options = { secret: secret.reveal(), token, epoch: now, epochTolerance: TOLERANCE_SECONDS };
    const result = verifySync(options);
    return result.valid && 'timeStep' in result ? result.timeStep : null;
  },
};
