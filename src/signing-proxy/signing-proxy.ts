/**
 * `/oauth/out/<provider>/<path>`: signs a request with its caller's token and carries it to the provider and the
 * answer back, so that no program has to sign. Where a request goes is the provider's record's affair (base URL,
 * methods, paths; held by `consumer`), which addresses can be reached the guarded client's. Bodies stream unless the
 * signature covers them. A request is repeated only where nothing was carried out: after a 401 that names a token
 * which is over, and after a connection that died under a request without effect.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import {
  type ActsAs,
  type ConsumerContext,
  connectionFor,
  describeProblem,
  type OutgoingRequest,
  problemReported,
  RequestNotAllowed,
  type RequestToSign,
  sendSigned,
} from '../consumer/index.ts';
import type { ServiceProvider } from '../model/index.ts';
import {
  type ComplaintRead,
  ENDPOINT_BODY_LIMIT,
  HELD_BODY_LIMIT,
  OutboundRefused,
  type OutboundStreams,
  readBody,
  readComplaint,
  WireRefused,
  type WireRequest,
} from '../web/index.ts';
import { answerHeaders } from './answer-headers.ts';
import { type Caller, type CallerSources, identifyCaller } from './caller.ts';
import { outgoingHeaders } from './outgoing-headers.ts';
import { asProxyRefused, ProxyRefused, sendProxyRefused } from './proxy-refused.ts';
import { addressBase, readRequestedAddress } from './requested-address.ts';
import { Turns } from './turns.ts';

/** What the proxy works with; wired by `server/`. */
export interface SigningProxySettings extends CallerSources {
  readonly consumer: ConsumerContext;
  readonly streams: OutboundStreams;
  /** Where users connect to providers, absolute. */
  readonly connectionsUrl: string;
  /** Told why a provider failed, for the log. */
  onProviderFailure(wire: WireRequest, error: Error): void;
}

export interface SigningProxy {
  /** Serves one request. Rejects with what is not the proxy's to say (`WireRefused`, `StorageUnavailable`). */
  handle(wire: WireRequest, response: ServerResponse): Promise<void>;
}

/** Milliseconds in which neither side of the caller's connection says anything. */
const PATIENCE_MS = 60_000;

/** Methods without effect. @see RFC 9110 s9.2.1 */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A kept connection that the provider had just closed: nothing was answered on it. */
const LOST_CONNECTION = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** Fields of a form. */
const MOST_FIELDS = 2_000;

const AMPERSAND = 0x26;

const FORM = /^[ \t]*application\/x-www-form-urlencoded[ \t]*(?:;|$)/i;

/** Makes the proxy. */
export function createSigningProxy(settings: SigningProxySettings): SigningProxy {
  const turns = new Turns();
  return {
    async handle(wire, response) {
      try {
        const caller = await identifyCaller(settings, wire);
        await turns.take(caller.user.name, () => carry(settings, caller, wire, response));
      } catch (error) {
        const refused = asProxyRefused(error, settings.connectionsUrl);
        if (refused === null || response.headersSent) throw error;
        if (refused.status >= 500) settings.onProviderFailure(wire, refused);
        if (!response.destroyed) sendProxyRefused(response, wire, refused);
      }
    },
  };
}

async function carry(
  settings: SigningProxySettings,
  caller: Caller,
  wire: WireRequest,
  response: ServerResponse,
): Promise<void> {
  const { providerName, path, query } = readRequestedAddress(wire);
  const provider = await settings.consumer.storage.serviceProviders.find(providerName);
  requireInKey(caller, providerName, provider);
  if (provider === null) throw new RequestNotAllowed(providerName, 'unknown-provider');
  const base = addressBase(provider);
  if (base === null) throw new RequestNotAllowed(providerName, 'no-addresses');
  const actsAs: ActsAs = isTwoLegged(wire)
    ? { kind: 'two-legged', providerName }
    : {
        kind: 'user',
        connection: await connectionFor(settings.consumer, caller.user.name, providerName),
      };
  const body = await takeBody(wire, provider);
  refuseNamedUser(query);
  if (body instanceof Uint8Array && isForm(wire)) refuseNamedUser(Buffer.from(body).toString('latin1'));
  const url = base + path + (query === '' ? '' : `?${query}`);
  const held = body instanceof Uint8Array ? { body } : {};
  const request = { method: wire.method, url, headers: outgoingHeaders(wire), ...held };
  const journey = new Journey(settings, wire, response, body instanceof Uint8Array ? null : body);
  await journey.make(provider, actsAs, request);
}

/** One answer for a provider that is not in the key and for none at all: a key does not list what there is. */
function requireInKey({ providers }: Caller, name: string, provider: ServiceProvider | null): void {
  if (providers === null || (provider !== null && providers.includes(provider.id))) return;
  const message = `This API key was not made for ${name}.`;
  throw new ProxyRefused(403, 'provider-not-in-key', message, { provider: name });
}

function isTwoLegged(wire: WireRequest): boolean {
  return wire.header('x-countersign-two-legged')?.trim().toLowerCase() === 'true';
}

/**
 * Some providers let a trusted consumer say by a parameter for whom a request without a token is: they trust this
 * installation with that, not each of its users, who would become anybody there.
 */
function refuseNamedUser(parameters: string): void {
  const names = [...new URLSearchParams(parameters).keys()];
  if (!names.some((name) => name.toLowerCase() === 'xoauth_requestor_id')) return;
  throw new ProxyRefused(
    403,
    'user-named',
    'Leave out xoauth_requestor_id: nobody names the user to act for.',
  );
}

/** The body: bytes where the signature covers them, the request itself where it streams, null for none. */
async function takeBody(
  wire: WireRequest,
  provider: ServiceProvider,
): Promise<Uint8Array | IncomingMessage | null> {
  if (!wire.hasBody) return null;
  if (wire.contentType.length > 1) throw new WireRefused(400, 'Content-Type was sent more than once.');
  if (isForm(wire)) return takeForm(wire);
  return provider.sendsBodyHash ? readBody(wire.incoming, HELD_BODY_LIMIT) : wire.incoming;
}

/** A form is taken apart, sorted and written anew: hundreds of thousands of fields would stop the server for that. */
async function takeForm({ incoming }: WireRequest): Promise<Uint8Array> {
  const body = await readBody(incoming, ENDPOINT_BODY_LIMIT);
  let fields = 1;
  for (const byte of body) if (byte === AMPERSAND) fields += 1;
  if (fields > MOST_FIELDS) throw new WireRefused(413, `The form has more than ${MOST_FIELDS} fields.`);
  return body;
}

function isForm({ contentType }: WireRequest): boolean {
  return FORM.test(contentType[0] ?? '');
}

/** An answer, with what has to be known about it to tell whether the token still works. */
interface Answer extends ComplaintRead {
  readonly sentTo: string;
}

/** One request on its way there and back. */
class Journey {
  readonly #settings: SigningProxySettings;
  readonly #wire: WireRequest;
  readonly #response: ServerResponse;
  /** The body to be streamed; null for none, and once it was used. */
  #stream: IncomingMessage | null;
  readonly #hasStream: boolean;
  readonly #gone = new AbortController();
  #answer: Answer | null = null;
  /** What ended the provider's answer before its end. */
  #failure: Error | null = null;

  constructor(
    settings: SigningProxySettings,
    wire: WireRequest,
    response: ServerResponse,
    stream: IncomingMessage | null,
  ) {
    this.#settings = settings;
    this.#wire = wire;
    this.#response = response;
    this.#stream = stream;
    this.#hasStream = stream !== null;
    response.once('close', () => {
      if (!response.writableFinished) this.#gone.abort();
    });
    response.setTimeout(PATIENCE_MS, () => response.destroy());
  }

  async make(provider: ServiceProvider, actsAs: ActsAs, request: RequestToSign): Promise<void> {
    try {
      const answer = await this.#obtain(actsAs, request);
      requireUsable(provider, answer);
      await this.#relay(provider, answer);
    } finally {
      this.#answer?.body.destroy();
    }
  }

  async #obtain(actsAs: ActsAs, request: RequestToSign): Promise<Answer> {
    const obtain = () => sendSigned(this.#settings.consumer, actsAs, request, (signed) => this.#send(signed));
    try {
      return await obtain();
    } catch (error) {
      // Signed anew: the provider may have seen the nonce.
      if (this.#mayRepeat(error, request)) return obtain();
      throw error;
    }
  }

  #mayRepeat(error: unknown, { method, body }: RequestToSign): boolean {
    if (!(error instanceof OutboundRefused) || this.#gone.signal.aborted) return false;
    const code = (error.cause as { readonly code?: string } | undefined)?.code ?? '';
    return LOST_CONNECTION.has(code) && SAFE.has(method) && body === undefined && !this.#hasStream;
  }

  async #send({ method, url, headers, body }: OutgoingRequest): Promise<Answer> {
    this.#answer?.body.destroy();
    const answer = await readComplaint(
      await this.#settings.streams.send(url, {
        method,
        ...this.#withBody(headers, body),
        signal: this.#gone.signal,
      }),
    );
    answer.body.on('error', (error) => {
      if (!this.#gone.signal.aborted) this.#failure = error;
    });
    this.#answer = { ...answer, sentTo: url };
    return this.#answer;
  }

  #withBody(headers: Readonly<Record<string, string>>, body: Uint8Array | null) {
    if (!this.#hasStream) return { headers, body };
    const stream = this.#stream;
    this.#stream = null;
    if (stream === null) {
      throw new ProxyRefused(
        503,
        'token-renewed',
        'The token had ended and was renewed, but the body is gone by now. Send the request again.',
      );
    }
    const length = stream.headers['content-length'];
    return {
      headers: { ...headers, ...(length !== undefined && { 'content-length': length }) },
      // Destroying the request itself would cut the connection on which the answer has to travel.
      body: stream.iterator({ destroyOnReturn: false }) as unknown as Readable,
    };
  }

  async #relay(provider: ServiceProvider, { status, headers, body, sentTo }: Answer): Promise<void> {
    const response = this.#response;
    if (response.destroyed) return;
    response.writeHead(status, answerHeaders(headers, this.#wire, provider, sentTo));
    await handOn(body, response);
    if (this.#failure !== null) this.#settings.onProviderFailure(this.#wire, this.#failure);
  }
}

/**
 * Hands a body on to its end, or cuts the connection where it breaks off: half an answer must not look whole. Node's
 * `pipeline` makes an error, with its stack, for each that has come to its end.
 */
function handOn(body: Readable, response: ServerResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const cutUnlessWhole = () => {
    if (!body.readableEnded) response.destroy();
  };
  response.once('close', resolve);
  // It may have broken off while the use of the token was noted.
  if (body.destroyed) cutUnlessWhole();
  else body.once('close', cutUnlessWhole).pipe(response);
  return promise;
}

/** A problem with our signature is none of the caller's 401: they would take their API key to be wrong. */
function requireUsable({ name }: ServiceProvider, answer: Answer): void {
  const { status } = answer;
  const problem = status === 400 || status === 401 ? problemReported(answer) : null;
  if (problem === null) return;
  const message = `${name} refused the request (${status}). ${describeProblem(problem)}`;
  const ours = problem === 'permission_denied' ? 403 : 502;
  throw new ProxyRefused(ours, 'provider-problem', message, { provider: name, problem });
}
