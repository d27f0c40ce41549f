/**
 * Whose data an own gadget gets: the user of the session on our own dashboards, and the user who approved where a
 * linked installation asks with their token. Only a token that was approved for this very gadget counts: somebody who
 * once let an application do something else has not let it read what the gadget shows.
 */
import type { ServerResponse } from 'node:http';
import { jsonRecord } from '../../base/index.ts';
import type { User } from '../../model/index.ts';
import { carriesOAuth, Problem } from '../../oauth/index.ts';
import { authenticate, type ProviderContext } from '../../provider/index.ts';
import {
  type Endpoint,
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

/** What a gadget shows. */
export interface GadgetData {
  readonly path: string;
  /** The gadget. */
  readonly specUrl: string;
  /** Null: it is not for this user. */
  readonly read: (user: User) => Promise<object | null>;
}

/** An address with JSON about one user, for that user. */
export function dataEndpoint(judges: Judges, { path, specUrl, read }: GadgetData): Endpoint {
  return {
    path,
    methods: ['GET', 'HEAD'],
    access: 'signed-or-user',
    async handle(wire, response) {
      const user = await whoAsks(judges, wire, specUrl);
      if (user === null) return sendChallenge(response, wire);
      await answer(wire, response, await read(user));
    },
  };
}

async function answer(wire: WireRequest, response: ServerResponse, data: object | null): Promise<void> {
  if (data !== null) return sendJson(response, wire, 200, jsonRecord(data));
  sendJson(response, wire, 403, { error: 'administrators-only' });
}

async function whoAsks(
  { provider, findSessionUser }: Judges,
  wire: WireRequest,
  specUrl: string,
): Promise<User | null> {
  const request = await readProviderRequest(wire);
  if (!carriesOAuth(request)) return findSessionUser(wire);
  const { user, token } = await authenticate(provider, request);
  if (token?.gadgetUrl !== specUrl) {
    throw new Problem('permission_denied', {
      advice: `This is for tokens that users approved for ${specUrl}.`,
    });
  }
  return user;
}
