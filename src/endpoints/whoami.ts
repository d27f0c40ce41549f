/**
 * A protected resource of our own: says whom a request acts as. Answers signed requests of all kinds and logged-in
 * users, so that a client can be tried out without any application behind.
 */
import type { ServerResponse } from 'node:http';
import type { AccessToken, User } from '../model/index.ts';
import { carriesOAuth } from '../oauth/index.ts';
import { authenticate, type Grant, type ProviderRequest } from '../provider/index.ts';
import {
  type Endpoint,
  JSON_TEXT,
  readProviderRequest,
  sendChallenge,
  sendJson,
  sendText,
  type WireRequest,
} from '../web/index.ts';
import type { EndpointDependencies } from './dependencies.ts';

/** The answer. Times are ISO 8601 in UTC. */
interface Identity {
  readonly user: string | null;
  readonly displayName: string | null;
  readonly consumer: string | null;
  readonly via: Grant['via'] | 'session';
  readonly tokenExpiresAt: string | null;
}

/** `/oauth/whoami`. */
export function whoamiEndpoint(dependencies: EndpointDependencies): Endpoint {
  return {
    path: '/oauth/whoami',
    methods: ['GET', 'HEAD', 'POST'],
    access: 'signed-or-user',
    handle: (wire, response) => answer(dependencies, wire, response),
  };
}

/** Without a body there is nothing to wait for: then a signed request costs no promise beyond what its check needs. */
function answer(
  dependencies: EndpointDependencies,
  wire: WireRequest,
  response: ServerResponse,
): void | Promise<void> {
  const reading = readProviderRequest(wire);
  if (!(reading instanceof Promise)) return answerRequest(dependencies, reading, wire, response);
  return reading.then((request) => answerRequest(dependencies, request, wire, response));
}

function answerRequest(
  dependencies: EndpointDependencies,
  request: ProviderRequest,
  wire: WireRequest,
  response: ServerResponse,
): void | Promise<void> {
  if (!carriesOAuth(request)) return answerUser(dependencies, wire, response);
  const judging = authenticate(dependencies.provider, request);
  if (!(judging instanceof Promise)) return sendText(response, wire, 200, textOfGrant(judging), JSON_TEXT);
  return judging.then((grant) => sendText(response, wire, 200, textOfGrant(grant), JSON_TEXT));
}

async function answerUser(
  { findSessionUser }: EndpointDependencies,
  wire: WireRequest,
  response: ServerResponse,
): Promise<void> {
  const user = await findSessionUser(wire);
  if (user === null) return sendChallenge(response, wire);
  const { name, displayName } = user;
  const identity: Identity = {
    user: name,
    displayName,
    consumer: null,
    via: 'session',
    tokenExpiresAt: null,
  };
  sendJson(response, wire, 200, identity);
}

/** An answer to a token, while its record and its user's are the same: writing the date alone takes as long as an HMAC. */
const written = new WeakMap<AccessToken, { readonly user: User | null; readonly text: string }>();

function textOfGrant(grant: Grant): string {
  const { token, user } = grant;
  if (token === null) return JSON.stringify(identityOfGrant(grant));
  const known = written.get(token);
  if (known !== undefined && known.user === user) return known.text;
  const text = JSON.stringify(identityOfGrant(grant));
  written.set(token, { user, text });
  return text;
}

function identityOfGrant({ user, consumer, token, via }: Grant): Identity {
  return {
    user: user?.name ?? null,
    displayName: user?.displayName ?? null,
    consumer: consumer.key,
    via,
    tokenExpiresAt: token === null ? null : new Date(token.expiresAt * 1000).toISOString(),
  };
}
