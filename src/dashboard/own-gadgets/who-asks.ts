/**
 * Whose data an own gadget gets: the user of the session on our own dashboards, and the user who approved where a
 * linked installation asks with their token. Requests without a user are refused, and so is a token's user who is not
 * the administrator that the data is for.
 */
import type { ServerResponse } from 'node:http';
import type { User } from '../../model/index.ts';
import { carriesOAuth, Problem } from '../../oauth/index.ts';
import { authenticate, type ProviderContext } from '../../provider/index.ts';
import {
  type Endpoint,
  jsonRecord,
  readProviderRequest,
  sendChallenge,
  sendJson,
  type WireRequest,
} from '../../web/index.ts';

/** How requests are judged. */
export interface Judges {
  readonly provider: ProviderContext;
  /** The user whose session cookie came with the request, or null. */
  readonly findSessionUser: (wire: WireRequest) => Promise<User | null>;
}

/** An address with JSON about one user, for that user. @param read null: it is not for this user */
export function dataEndpoint(
  judges: Judges,
  path: string,
  read: (user: User) => Promise<object | null>,
): Endpoint {
  return {
    path,
    methods: ['GET', 'HEAD'],
    access: 'signed-or-user',
    async handle(wire, response) {
      const user = await whoAsks(judges, wire);
      if (user === null) return sendChallenge(response, wire);
      await answer(wire, response, await read(user));
    },
  };
}

async function answer(wire: WireRequest, response: ServerResponse, data: object | null): Promise<void> {
  if (data !== null) return sendJson(response, wire, 200, jsonRecord(data));
  sendJson(response, wire, 403, { error: 'administrators-only' });
}

async function whoAsks({ provider, findSessionUser }: Judges, wire: WireRequest): Promise<User | null> {
  const request = await readProviderRequest(wire);
  if (!carriesOAuth(request)) return findSessionUser(wire);
  const { user, via } = await authenticate(provider, request);
  if (via !== 'three-legged' || user === null) {
    throw new Problem('permission_denied', {
      advice: 'Sign with the access token of the user whose data it is.',
    });
  }
  return user;
}
