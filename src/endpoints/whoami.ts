/**
 * A protected resource of our own: says whom a request acts as. Answers signed requests of all kinds and logged-in
 * users, so that a client can be tried out without any application behind.
 */
import type { ServerResponse } from 'node:http';
import type { AccessToken } from '../model/index.ts';
import { carriesOAuth } from '../oauth/index.ts';
import { authenticate, type Grant, type ProviderRequest } from '../provider/index.ts';
import {
  type Endpoint,
  readProviderRequest,
  sendChallenge,
  sendJson,
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
  if (!(judging instanceof Promise)) return sendJson(response, wire, 200, identityOfGrant(judging));
  return judging.then((grant) => sendJson(response, wire, 200, identityOfGrant(grant)));
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

function identityOfGrant({ user, consumer, token, via }: Grant): Identity {
  return {
    user: user?.name ?? null,
    displayName: user?.displayName ?? null,
    consumer: consumer.key,
    via,
    tokenExpiresAt: token === null ? null : expiryOf(token),
  };
}

/** Writing a date costs as much as checking a signature, and the record of a token in use stays the same. */
const expiries = new WeakMap<AccessToken, string>();

function expiryOf(token: AccessToken): string {
  const known = expiries.get(token);
  if (known !== undefined) return known;
  const text = new Date(token.expiresAt * 1000).toISOString();
  expiries.set(token, text);
  return text;
}
