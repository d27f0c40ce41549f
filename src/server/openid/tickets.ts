/**
 * What a browser carries from the beginning of a login to its end: sealed, so that nobody can make one up or read the
 * secret half of PKCE out of it, and short-lived. Nothing is kept here meanwhile. The key comes of the client secret,
 * which every node has and nobody else but the provider: an answer may reach another node than the one that asked.
 */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { LoginUnderWay } from '../../accounts/index.ts';
import { type Clock, nowSeconds, type RandomSource, type Secret } from '../../base/index.ts';

/** How long somebody may take at the provider; shorter than the states of answers are remembered. */
export const TICKET_SECONDS = 600;

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals logins under way, and opens them. */
export class Tickets {
  readonly #key: Buffer;
  readonly #clock: Clock;
  readonly #random: RandomSource;

  /** @param purpose what sets these tickets apart from those of another provider */
  constructor(
    secret: Secret,
    purpose: string,
    source: { readonly clock: Clock; readonly random: RandomSource },
  ) {
    this.#key = Buffer.from(hkdfSync('sha256', secret.reveal(), purpose, 'login under way', 32));
    this.#clock = source.clock;
    this.#random = source.random;
  }

  seal({ state, nonce, codeVerifier, next }: LoginUnderWay): string {
    const until = nowSeconds(this.#clock) + TICKET_SECONDS;
    const nonceBytes = this.#random.bytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonceBytes);
    const text = JSON.stringify([until, state, nonce, codeVerifier, next]);
    const sealed = [nonceBytes, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
    return Buffer.concat(sealed).toString('base64url');
  }

  /** Null for whatever was not sealed here, was altered, or is too old. */
  open(ticket: string | undefined): LoginUnderWay | null {
    const sealed = Buffer.from(ticket ?? '', 'base64url');
    if (sealed.length <= NONCE_BYTES + TAG_BYTES) return null;
    const text = this.#decipher(sealed);
    if (text === null) return null;
    const [until, state, nonce, codeVerifier, next] = JSON.parse(text) as [number, ...string[]];
    if (until <= nowSeconds(this.#clock)) return null;
    return { state: state!, nonce: nonce!, codeVerifier: codeVerifier!, next: next! };
  }

  #decipher(sealed: Buffer): string | null {
    const options = { authTagLength: TAG_BYTES };
    const decipher = createDecipheriv(ALGORITHM, this.#key, sealed.subarray(0, NONCE_BYTES), options);
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      const opened = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8');
      return opened + decipher.final('utf8');
    } catch {
      return null;
    }
  }
}
