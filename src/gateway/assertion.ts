/**
 * Identity assertions: a signed statement for the upstream of whom a request acts as, for applications that would
 * rather verify than trust the network between. EdDSA, valid for a minute, audience the upstream alone. One is
 * reused for the same identity for some seconds, so signing costs the hot path nothing; `jti` therefore names
 * the statement, not the request.
 */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose/jwk/thumbprint';
import { SignJWT } from 'jose/jwt/sign';
import { exportJWK } from 'jose/key/export';
import type { Clock, RandomSource, Secret } from '../base/index.ts';
import { randomAlphanumeric } from '../base/index.ts';
import type { Identity } from './identity.ts';

/** What assertions are made with. */
export interface AssertionSettings {
  /** Ed25519 private key, PKCS#8 PEM. */
  readonly privateKey: Secret;
  /** The public URL (`iss`). */
  readonly issuer: string;
  /** Origin of the upstream (`aud`). */
  readonly audience: string;
  readonly clock: Clock;
  readonly random: RandomSource;
}

/** Makes assertions and publishes the key that verifies them. */
export interface AssertionSigner {
  /** The JSON Web Key Set, as text. */
  keySet(): string;
  /** A JWT for the identity; at once when one made a moment ago still serves. */
  assert(identity: Identity): string | Promise<string>;
}

const LIFETIME_SECONDS = 60;
const REUSED_SECONDS = 25;
const REMEMBERED = 10_000;

interface Made {
  jwt: string | null;
  readonly promise: Promise<string>;
  readonly until: number;
}

/** @throws when the key is not an Ed25519 private key */
export async function createAssertionSigner(settings: AssertionSettings): Promise<AssertionSigner> {
  const privateKey = createPrivateKey(settings.privateKey.reveal());
  const jwk = await exportJWK(createPublicKey(privateKey));
  const kid = await calculateJwkThumbprint(jwk);
  const keySet = JSON.stringify({ keys: [{ ...jwk, kid, alg: 'EdDSA', use: 'sig' }] });
  const made = new Map<string, Made>();

  function sign(identity: Identity, now: number): Promise<string> {
    const jwt = new SignJWT(claimsOf(identity))
      .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', kid })
      .setIssuer(settings.issuer)
      .setAudience(settings.audience)
      .setJti(randomAlphanumeric(settings.random, 22))
      .setIssuedAt(now)
      .setExpirationTime(now + LIFETIME_SECONDS);
    if (identity.userName !== null) jwt.setSubject(identity.userName);
    return jwt.sign(privateKey);
  }

  function assert(identity: Identity): string | Promise<string> {
    const milliseconds = settings.clock.milliseconds();
    // Blank is nobody's name or key, unlike the word "null".
    const { via, tokenId, consumerKey, userName } = identity;
    const key = `${via}\n${tokenId ?? ''}\n${consumerKey ?? ''}\n${userName ?? ''}`;
    const known = made.get(key);
    // A clock that was set back must not keep an assertion in use for longer than it lives.
    if (
      known !== undefined &&
      known.until > milliseconds &&
      known.until - milliseconds <= REUSED_SECONDS * 1000
    ) {
      return known.jwt ?? known.promise;
    }
    const promise = sign(identity, Math.floor(milliseconds / 1000));
    const entry: Made = { jwt: null, promise, until: milliseconds + REUSED_SECONDS * 1000 };
    if (made.size >= REMEMBERED) made.delete(made.keys().next().value!);
    made.delete(key);
    made.set(key, entry);
    promise.then(
      (jwt) => {
        entry.jwt = jwt;
      },
      () => made.delete(key),
    );
    return promise;
  }

  return { keySet: () => keySet, assert };
}

/** `azp` is the consumer, `via` how the identity was shown, `token` the public id of the access token. */
function claimsOf({ consumerKey, tokenId, via }: Identity): Record<string, string> {
  const claims: Record<string, string> = { via };
  if (consumerKey !== null) claims.azp = consumerKey;
  if (tokenId !== null) claims.token = tokenId;
  return claims;
}
