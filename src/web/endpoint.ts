/**
 * What an address that programs call is to the server: a path below the public URL, the methods it answers, who may use it, and
 * the function that answers. An endpoint without a rule cannot be written down. Endpoints throw what is wrong;
 * turning that into an answer happens in one place, `web`'s failure response.
 */
import type { ServerResponse } from 'node:http';
import type { WireRequest } from './wire-request.ts';

/** Who may use an endpoint: anybody; a signed request; a signed request or a logged-in user. */
export type EndpointAccess = 'anyone' | 'signed' | 'signed-or-user';

/** One address that programs call. */
export interface Endpoint {
  /** Path below the public URL's own path. */
  readonly path: string;
  readonly methods: readonly string[];
  readonly access: EndpointAccess;
  /** Answers one request; rejects with a Problem, or with whatever went wrong. */
  handle(wire: WireRequest, response: ServerResponse): void | Promise<void>;
}
