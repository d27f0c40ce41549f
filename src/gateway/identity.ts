/** Whom a request acts as, once it was let through: what the upstream is told, in headers and in the assertion. */
import type { User } from '../model/index.ts';
import type { Grant } from '../provider/index.ts';

/** An identity that this gateway vouches for. */
export interface Identity {
  /** Login name; null for anonymous two-legged requests. */
  readonly userName: string | null;
  /** Key of the consumer that signed; null for a logged-in browser. */
  readonly consumerKey: string | null;
  /** Public id of the access token, never the token; null where there is none. */
  readonly tokenId: string | null;
  readonly via: 'three-legged' | 'two-legged' | 'session';
}

/** The identity of a signed request. */
export function identityOfGrant({ user, consumer, token, via }: Grant): Identity {
  return { userName: user?.name ?? null, consumerKey: consumer.key, tokenId: token?.id ?? null, via };
}

/** The identity of a browser that a user logged in with. */
export function identityOfUser({ name }: User): Identity {
  return { userName: name, consumerKey: null, tokenId: null, via: 'session' };
}
