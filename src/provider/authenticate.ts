/**
 * The check of a signed request for a protected resource: whom it may act as. This is the hot path: it stays
 * synchronous while the look-up and the nonce store answer from memory. @see RFC 5849 s3
 */
import type { AccessToken, Consumer, User } from '../model/index.ts';
import type { ProviderContext, ProviderRequest } from './context.ts';
import { Examination, runStages } from './examination.ts';
import { STAGES } from './stages.ts';

/** What an accepted request may do, and as whom. */
export interface Grant {
  readonly consumer: Consumer;
  /** The user it runs as; null for anonymous two-legged requests. */
  readonly user: User | null;
  /** The access token that was presented; null for two-legged requests. */
  readonly token: AccessToken | null;
  readonly via: 'three-legged' | 'two-legged';
}

/**
 * Checks a signed request.
 * @throws {Problem} whatever is wrong with it
 */
export function authenticate(context: ProviderContext, request: ProviderRequest): Grant | Promise<Grant> {
  return runStages(STAGES.resource, new Examination(context, request), grant);
}

function grant({ context, consumer, user, method, presented: { accessToken }, now }: Examination): Grant {
  context.noteAccepted(consumer.key, method, '1.0a', now);
  if (accessToken === null) return { consumer, user, token: null, via: 'two-legged' };
  context.noteUse(accessToken.id, now);
  return { consumer, user, token: accessToken, via: 'three-legged' };
}
