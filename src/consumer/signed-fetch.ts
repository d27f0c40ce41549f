/**
 * Requests with what the dance gave: signed as the provider's record says, to its own addresses only, with a token
 * that is renewed when its end is near or when the provider says that it is over. A request is repeated once, and
 * only after a 401 that names an OAuth problem: such a request was not carried out.
 */
import { nowSeconds } from '../base/index.ts';
import type { Connection, ServiceProvider } from '../model/index.ts';
import { send } from './ask-for-token.ts';
import type { ConsumerContext, FetchAnswer } from './context.ts';
import { ConnectionNeedsApproval, RequestNotAllowed } from './errors.ts';
import { type CheckedRequest, readOutgoing } from './outgoing-request.ts';
import { endConnection, isOver, presentState, renewConnection, successorOf } from './renewal.ts';
import { type PresentedToken, signFor } from './sign-for.ts';
import { tokenOf } from './token-of.ts';
import { problemOf, problemReported } from './token-response.ts';

/** As whom a request is made. */
export type ActsAs =
  | { readonly kind: 'user'; readonly connection: Connection }
  /** For nobody in particular, where the provider's record allows it. */
  | { readonly kind: 'two-legged'; readonly providerName: string }
  /** Unsigned, for what the provider shows to everybody. */
  | { readonly kind: 'anonymous'; readonly providerName: string };

/** A request to be signed and sent. */
export interface RequestToSign {
  readonly method: string;
  /** Absolute, below the provider's base URL. */
  readonly url: string;
  /** Sent along; what signing sets (Authorization, a form's Content-Type, Host, Content-Length) is replaced. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Form fields, in order; they are signed. */
  readonly form?: ReadonlyArray<readonly [name: string, value: string]>;
  /** Another body. A form, by its Content-Type, is read and signed as one. */
  readonly body?: Uint8Array;
}

/** A signed request, ready to be sent exactly as it is. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

/** What has to be known about an answer to tell whether its token still works. */
export interface SentAnswer {
  readonly status: number;
  /** Value of its WWW-Authenticate, if there is one. */
  readonly challenge: string | undefined;
  /** Its body, if that was read: some providers report their problem there alone. */
  readonly text?: string | undefined;
}

/**
 * Makes a signed request; its answer is given as it came, unless it says that the user has to approve again.
 * @throws {ConnectionNeedsApproval} when the token is over and cannot be renewed
 * @throws {RequestNotAllowed} when the request is not made at all
 * @throws {ProviderAnswerRefused | ProviderUnreachable} when a renewal failed, or there is no answer
 */
export async function signedFetch(
  context: ConsumerContext,
  actsAs: ActsAs,
  request: RequestToSign,
  bounds: { readonly maxBytes?: number; readonly timeoutMs?: number; readonly maxRedirects?: number } = {},
): Promise<FetchAnswer> {
  const provider = await providerOf(context, actsAs);
  return attempt(context, provider, actsAs, request, {
    send: (outgoing) => send(context, provider, outgoing.url, { maxRedirects: 0, ...bounds, ...outgoing }),
    problemOf,
  });
}

/**
 * The same with a sender of one's own, for answers that are streamed. The sender may be called twice, the second time
 * after the first answer said that the token is over; it then has to let go of the first.
 * @throws as {@link signedFetch}, and whatever the sender throws
 */
export async function sendSigned<Answer extends SentAnswer>(
  context: ConsumerContext,
  actsAs: ActsAs,
  request: RequestToSign,
  sender: (outgoing: OutgoingRequest) => Promise<Answer>,
): Promise<Answer> {
  const provider = await providerOf(context, actsAs);
  return attempt(context, provider, actsAs, request, {
    send: sender,
    problemOf: (answer) => problemReported(answer),
  });
}

interface Transport<Answer> {
  send(outgoing: OutgoingRequest): Promise<Answer>;
  problemOf(answer: Answer): string | null;
}

/** The token is over, and a handle may help. */
const EXPIRED = new Set(['token_expired', 'access_token_expired']);

/** The token is dead. `permission_denied` is not among them: it may only mean that this request reaches too far. */
const DEAD = new Set(['token_rejected', 'token_revoked', 'additional_authorization_required']);

/** Uses are noted no more often than this. */
const USE_STEP_SECONDS = 60;

async function attempt<Answer extends { readonly status: number }>(
  context: ConsumerContext,
  provider: ServiceProvider,
  actsAs: ActsAs,
  request: RequestToSign,
  transport: Transport<Answer>,
): Promise<Answer> {
  const token = actsAs.kind === 'two-legged' ? twoLeggedToken(provider) : null;
  const checked = readOutgoing(provider, request);
  const sendWith = async (presented: PresentedToken | null): Promise<Answer> =>
    transport.send(await sign(context, provider, checked, presented));
  if (actsAs.kind === 'two-legged') return sendWith(token);
  if (actsAs.kind === 'anonymous') return transport.send(unsigned(checked));

  const connection = await freshConnection(context, actsAs.connection);
  const answer = await sendWith(tokenOf(connection, provider));
  const verdict = verdictOn(answer, transport);
  if (verdict === null) {
    await noteUse(context, connection);
    return answer;
  }
  const next = await (verdict.isExpired
    ? renewConnection(context, connection)
    : successorOf(context, connection, verdict.problem));
  const second = await sendWith(tokenOf(next, provider));
  const secondVerdict = verdictOn(second, transport);
  if (secondVerdict === null) return second;
  await endConnection(context, next, secondVerdict.problem);
  throw new ConnectionNeedsApproval(provider.name, secondVerdict.problem);
}

interface Verdict {
  readonly problem: string;
  readonly isExpired: boolean;
}

function verdictOn<Answer extends { readonly status: number }>(
  answer: Answer,
  transport: Transport<Answer>,
): Verdict | null {
  const problem = answer.status === 401 ? transport.problemOf(answer) : null;
  if (problem === null) return null;
  const isExpired = EXPIRED.has(problem);
  return isExpired || DEAD.has(problem) ? { problem, isExpired } : null;
}

async function freshConnection(context: ConsumerContext, seen: Connection): Promise<Connection> {
  const present = await presentState(context, seen);
  const isRenewable = present.sessionHandle !== null;
  return isRenewable && isOver(present, nowSeconds(context.clock))
    ? renewConnection(context, present)
    : present;
}

async function noteUse({ storage, clock }: ConsumerContext, connection: Connection): Promise<void> {
  const now = nowSeconds(clock);
  if (now - (connection.lastUsedAt ?? 0) < USE_STEP_SECONDS) return;
  await storage.connections.noteUse(connection.id, now);
}

function twoLeggedToken(provider: ServiceProvider): PresentedToken | null {
  if (provider.twoLegged === 'off') throw new RequestNotAllowed(provider.name, 'two-legged-off');
  return provider.twoLegged === 'empty-token' ? { token: '', secret: null } : null;
}

/** It goes to the provider's own addresses only, like the others. */
function unsigned({ method, url, headers, form, body }: CheckedRequest): OutgoingRequest {
  if (form === null) return { method, url: url.href, headers, body };
  const contentType = 'application/x-www-form-urlencoded';
  const fields = new URLSearchParams(form.map(([name, value]) => [name, value]));
  return {
    method,
    url: url.href,
    headers: { ...headers, 'content-type': contentType },
    body: Buffer.from(fields.toString()),
  };
}

async function sign(
  context: ConsumerContext,
  provider: ServiceProvider,
  { method, url, headers, form, body }: CheckedRequest,
  presented: PresentedToken | null,
): Promise<OutgoingRequest> {
  const signed = await signFor(context, provider, {
    method,
    url,
    presented,
    ...(form !== null && { form }),
    ...(body !== null && { body }),
  });
  return {
    method: signed.method,
    url: signed.url,
    headers: {
      ...headers,
      ...(signed.authorization !== null && { authorization: signed.authorization }),
      ...(signed.contentType !== null && { 'content-type': signed.contentType }),
    },
    body: signed.body.length === 0 ? null : signed.body,
  };
}

async function providerOf({ storage }: ConsumerContext, actsAs: ActsAs): Promise<ServiceProvider> {
  const name = actsAs.kind === 'user' ? actsAs.connection.providerName : actsAs.providerName;
  const provider = await storage.serviceProviders.find(name);
  if (provider === null) throw new RequestNotAllowed(name, 'unknown-provider');
  return provider;
}
