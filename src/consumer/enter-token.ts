/**
 * Tokens without a dance: some providers show the owner of an account a token with its secret, or an API key that is
 * consumer key, token and secret in one, on pages of their own. A user enters it here once; from then on it is a
 * connection like any other. Whether it works is found out by the first request.
 */
import { Secret } from '../base/index.ts';
import { audienceOf, type ServiceProvider } from '../model/index.ts';
import { connectionEvent, newConnection, requireProvider } from './connect.ts';
import type { ConsumerContext } from './context.ts';
import { RequestNotAllowed } from './errors.ts';

/** What was entered. */
export type EnteredToken =
  | { readonly kind: 'token'; readonly token: string; readonly secret: string }
  /** `CONSUMER:TOKEN:SECRET` */
  | { readonly kind: 'api-key'; readonly apiKey: string };

/** Longest part of what may be entered. */
const LONGEST = 1024;

/**
 * Keeps an entered token as the user's connection, in place of an earlier one.
 * @throws {RequestNotAllowed} not-by-hand, malformed-token, unknown-provider
 */
export async function enterToken(
  context: ConsumerContext,
  owner: { readonly providerName: string; readonly userName: string },
  entered: EnteredToken,
): Promise<void> {
  const provider = await requireProvider(context, owner.providerName);
  if (provider.handEntry !== entered.kind) throw new RequestNotAllowed(provider.name, 'not-by-hand');
  const { consumerKey, token, secret } = readEntered(provider, entered);
  const connection = newConnection(
    context,
    { ...owner, gadgetUrl: null, audience: audienceOf(provider) },
    {
      token,
      secret: new Secret(secret),
      isCallbackConfirmed: false,
      expiresIn: null,
      sessionHandle: null,
      authorizationExpiresIn: null,
      accountLabel: null,
    },
    consumerKey,
  );
  const event = connectionEvent(connection, 'connection.add');
  const isKept = await context.storage.connections.save(connection, event);
  if (!isKept) throw new RequestNotAllowed(provider.name, 'unknown-provider');
}

interface ReadToken {
  readonly consumerKey: string | null;
  readonly token: string;
  readonly secret: string;
}

function readEntered({ name }: ServiceProvider, entered: EnteredToken): ReadToken {
  const parts =
    entered.kind === 'token'
      ? [entered.token.trim(), entered.secret.trim()]
      : entered.apiKey.trim().split(':');
  const isWhole = parts.length === (entered.kind === 'token' ? 2 : 3) && parts.every(isTokenText);
  if (!isWhole) throw new RequestNotAllowed(name, 'malformed-token');
  const [secret, token, consumerKey = null] = parts.toReversed();
  return { consumerKey, token: token!, secret: secret! };
}

function isTokenText(text: string): boolean {
  return text.length <= LONGEST && /^[\x21-\x7e]+$/.test(text);
}
