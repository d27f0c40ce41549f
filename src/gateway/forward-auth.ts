/**
 * Forward authentication: a reverse proxy that carries the requests itself asks for each one whether it may pass, and
 * whom it acts as. The answer is the gateway's, without the passage: 200 with the identity headers, or a refusal.
 * A proxy that keeps the body to itself cannot have it verified, so whatever a signature may cover of a body is
 * refused then: a signed request must not become a carrier for a body that somebody exchanged.
 */
import type { ServerResponse } from 'node:http';
import { NO_BYTES } from '../base/index.ts';
import { isAmbiguousPath, matchesAnyPath, readPathPattern, type User } from '../model/index.ts';
import { type ArrivedRequest, carriesOAuth, Problem, parseMessage } from '../oauth/index.ts';
import type { Grant } from '../provider/index.ts';
import {
  arrivedRequest,
  type ExtraHeaders,
  HELD_BODY_LIMIT,
  isFromOwnPage,
  looksLikeForm,
  originalRequest,
  type ProxyDialect,
  readBody,
  sendChallenge,
  sendProblem,
  sendText,
  type WireRequest,
  wantsPage,
} from '../web/index.ts';
import { percentEncoded } from './forwarded-headers.ts';
import type { GatewaySettings } from './gateway.ts';
import { type Identity, identityOfGrant, identityOfUser } from './identity.ts';
import { loginAddress } from './unauthenticated.ts';

/** What forward authentication works with: the gateway's rules, and who keeps refusals. */
export interface ForwardAuthSettings
  extends Pick<GatewaySettings, 'publicPaths' | 'authenticate' | 'findSession' | 'assertions'> {
  /** Told of each request that was refused by an OAuth problem: the original one, not the proxy's. */
  noteRefusal(wire: WireRequest, problem: Problem): void;
}

/** Answers a proxy's question about one request. */
export interface ForwardAuth {
  /** Rejects with what is wrong with the question itself (`WireRefused`), and with trouble (`StorageUnavailable`). */
  handle(wire: WireRequest, response: ServerResponse): Promise<void>;
}

/** Where proxies ask, below the public URL's path; Envoy adds the original path to it. */
export const FORWARD_AUTH_PATH = '/oauth/verify';

/** The identity headers, in the order of the identity's fields. None is ever left out: see `sendIdentity`. */
const IDENTITY_HEADERS = [
  'X-Forwarded-User',
  'X-Countersign-Consumer',
  'X-Countersign-Token',
  'X-Countersign-Assertion',
] as const;

/** Methods whose content has no meaning, so that there is nothing to cover. @see RFC 9110 s9.3.1 */
const WITHOUT_CONTENT = new Set(['GET', 'HEAD']);

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** @throws {PathPatternRefused} on a malformed pattern of a public path */
export function createForwardAuth(settings: ForwardAuthSettings): ForwardAuth {
  const publicPaths = settings.publicPaths.map(readPathPattern);

  async function handle(asking: WireRequest, response: ServerResponse): Promise<void> {
    const { wire, dialect } = originalRequest(asking, FORWARD_AUTH_PATH);
    const body = asking.hasBody ? await readBody(asking.incoming, HELD_BODY_LIMIT) : NO_BYTES;
    try {
      const arrived = arrivedRequest(wire, body);
      if (!carriesOAuth(arrived)) return await answerUnsigned(wire, response, dialect);
      refuseUnseenBody(wire, arrived);
      const { isSecureTransport, localPath: path } = wire;
      const hasBody = wire.hasBody || !WITHOUT_CONTENT.has(wire.method);
      const grant: Grant = await settings.authenticate(
        { ...arrived, isSecureTransport, path, hasBody },
        wire,
      );
      await sendIdentity(wire, response, identityOfGrant(grant));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      settings.noteRefusal(wire, error);
      sendProblem(response, wire, error, dialect === 'original' ? 401 : undefined);
    }
  }

  async function answerUnsigned(
    wire: WireRequest,
    response: ServerResponse,
    dialect: ProxyDialect,
  ): Promise<void> {
    const user = await findUser(wire);
    const isForged = user !== null && !SAFE.has(wire.method) && !isOwnPage(wire);
    if (user !== null && !isForged) return sendIdentity(wire, response, identityOfUser(user));
    if (isPublic(wire)) return sendIdentity(wire, response, null);
    if (isForged) return sendText(response, wire, 403, 'This request came from a page of another site.\n');
    sendLoginOrChallenge(wire, response, dialect);
  }

  async function findUser(wire: WireRequest): Promise<User | null> {
    const cookie = wire.headerValues('cookie').join('; ');
    return cookie === '' ? null : settings.findSession(cookie, wire);
  }

  /** A path that can be read in two ways is never public: the proxy may read it in the other. */
  function isPublic({ localPath }: WireRequest): boolean {
    return !isAmbiguousPath(localPath) && matchesAnyPath(publicPaths, localPath);
  }

  /**
   * Says who it is. Headers without a value are sent as empty ones: most proxies copy what is there, and would
   * otherwise let through what the client itself sent under that name.
   */
  async function sendIdentity(
    wire: WireRequest,
    response: ServerResponse,
    identity: Identity | null,
  ): Promise<void> {
    const assertion = identity === null ? '' : await settings.assertions.assert(identity);
    const values = [identity?.userName, identity?.consumerKey, identity?.tokenId].map((value) =>
      percentEncoded(value ?? ''),
    );
    const headers: Record<string, string> = {};
    IDENTITY_HEADERS.forEach((name, at) => {
      headers[name] = values[at] ?? assertion;
    });
    sendText(response, wire, 200, '', undefined, headers);
  }

  return { handle };
}

/** @throws {Problem} parameter_rejected when the signature may cover a body that the proxy did not send along */
function refuseUnseenBody(wire: WireRequest, arrived: ArrivedRequest): void {
  if (wire.hasBody || WITHOUT_CONTENT.has(wire.method)) return;
  if (!looksLikeForm(wire) && parseMessage(arrived).protocol.bodyHash === undefined) return;
  throw new Problem('parameter_rejected', {
    advice:
      'The proxy does not send bodies to be verified, and this signature covers one (a form, or oauth_body_hash). Have the proxy send it, or send the request through the gateway.',
  });
}

/** Where to log in is told in a header of its own too: nginx can act on that, and on no redirect. */
function sendLoginOrChallenge(wire: WireRequest, response: ServerResponse, dialect: ProxyDialect): void {
  const login: ExtraHeaders = wantsPage(wire) ? { 'X-Countersign-Login': loginAddress(wire) } : {};
  if (dialect === 'original' || !wantsPage(wire)) sendChallenge(response, wire, login);
  else
    sendText(response, wire, 303, 'Log in first.\n', undefined, { Location: loginAddress(wire), ...login });
}

function isOwnPage(wire: WireRequest): boolean {
  return isFromOwnPage({ get: (name) => wire.header(name) ?? null }, wire.policy.origin);
}
