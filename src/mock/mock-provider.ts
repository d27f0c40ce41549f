/**
 * A provider for other projects' tests: the real use cases over memory, with credentials that are known beforehand,
 * approval without a person, and faults on order. It listens on loopback unless told otherwise and keeps nothing.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Explanation,
  explain,
  type GatheredBeside,
  gatherKnowledge,
  nonceOfRefusal,
} from '../explain/index.ts';
import { Problem, type ProblemCode } from '../oauth/index.ts';
import type { ProviderRequest } from '../provider/index.ts';
import {
  arrivedRequest,
  connectionFacts,
  createWirePolicy,
  hardenServer,
  readWireRequest,
  rememberedBody,
  sendFailure,
  sendProblem,
  sendText,
  serverOptions,
  unreadRequest,
  type WireRequest,
} from '../web/index.ts';
import { MOCK_CREDENTIALS, type MockCredentials } from './credentials.ts';
import { type Fault, FaultRefused, parseFault } from './fault.ts';
import { FaultPlan } from './fault-plan.ts';
import { createMockAnswers, type MockAnswers, placeOf } from './mock-answers.ts';
import { createMockWorld, type MockWorld } from './world.ts';

/** What can be chosen about a mock. */
export interface MockProviderOptions {
  /** Loopback unless given. */
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Where clients reach it and what they sign, such as `http://mock:9000` among containers; its address unless given. */
  readonly publicUrl?: string;
  /** Faults that stand until they are cleared, such as `nonce_used@resource`. */
  readonly faults?: readonly string[];
  /** How far its clock is ahead, in seconds; negative: behind. */
  readonly clockSkewSeconds?: number;
}

/** One request that was answered. */
export interface SeenRequest {
  readonly requestId: string;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** 0: the connection was cut. */
  readonly status: number;
  /** With what it was refused, by the rules or by order; null if it was not. */
  readonly problem: ProblemCode | null;
}

/** A running mock. */
export interface MockProvider extends MockCredentials {
  /** Without a slash at its end. */
  readonly url: string;
  readonly requestTokenUrl: string;
  readonly authorizeUrl: string;
  readonly accessTokenUrl: string;
  /** Answers whom a signed request acts as. Every other path echoes signed requests. */
  readonly whoamiUrl: string;
  /** Requests so far, oldest first; at most the last thousand. */
  readonly requests: readonly SeenRequest[];
  /** Orders a fault for the next requests. @throws {FaultRefused} */
  failNext(fault: string, times?: number): void;
  /** Takes back all faults and forgets the requests so far. */
  reset(): void;
  /** Why the last refused request was refused; null if none was, or if the fault was ordered. */
  explainLastRefusal(): Promise<Explanation | null>;
  close(): Promise<void>;
}

const MOST_SEEN = 1000;

/** Starts a mock. @throws {FaultRefused} for a fault that there is not; rejects when it cannot listen */
export async function createMockProvider(options: MockProviderOptions = {}): Promise<MockProvider> {
  const plan = new FaultPlan((options.faults ?? []).map(parseFault));
  const skew = options.clockSkewSeconds ?? 0;
  const world = await createMockWorld();
  const seen: SeenRequest[] = [];
  let handle: (incoming: IncomingMessage, response: ServerResponse) => void = () => undefined;
  const server = createServer(serverOptions, (incoming, response) => handle(incoming, response));
  hardenServer(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const { address, port } = server.address() as AddressInfo;
  const url = options.publicUrl?.replace(/\/$/, '') ?? `http://${reachable(address)}:${port}`;
  const mock = new MockServer(world, plan, seen, skew, url);
  handle = (incoming, response) => void mock.handle(incoming, response);
  return {
    ...MOCK_CREDENTIALS,
    url,
    requestTokenUrl: `${url}/oauth/request-token`,
    authorizeUrl: `${url}/oauth/authorize`,
    accessTokenUrl: `${url}/oauth/access-token`,
    whoamiUrl: `${url}/oauth/whoami`,
    requests: seen,
    failNext: (fault, times = 1) => plan.order(parseFault(fault), times),
    reset: () => {
      plan.clear();
      seen.length = 0;
    },
    explainLastRefusal: () => mock.explainLastRefusal(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A mock that listens everywhere is reached at loopback, too. */
function reachable(address: string): string {
  if (address === '0.0.0.0') return '127.0.0.1';
  if (address === '::') return '[::1]';
  return address.includes(':') ? `[${address}]` : address;
}

class MockServer {
  readonly #world: MockWorld;
  readonly #plan: FaultPlan;
  readonly #seen: SeenRequest[];
  readonly #skew: number;
  readonly #policy;
  readonly #answers = new Map<number, MockAnswers>();
  #lastRefused: { request: ProviderRequest; beside: GatheredBeside; skew: number } | null = null;

  constructor(world: MockWorld, plan: FaultPlan, seen: SeenRequest[], skew: number, url: string) {
    this.#world = world;
    this.#plan = plan;
    this.#seen = seen;
    this.#skew = skew;
    this.#policy = createWirePolicy({
      publicUrl: new URL(url),
      listenAddress: () => null,
      trustedProxies: [],
    });
  }

  async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    let wire: WireRequest | null = null;
    let problem: ProblemCode | null = null;
    try {
      wire = readWireRequest(incoming, this.#policy);
      const fault = this.#plan.take(wire, placeOf(wire.localPath));
      problem = await this.#answer(wire, response, fault);
    } catch (error) {
      const asked = wire ?? unreadRequest(this.#policy);
      if (error instanceof FaultRefused) sendText(response, asked, 400, `${error.message}\n`);
      else sendFailure(response, asked, error, (unknown) => process.emitWarning(String(unknown)));
    }
    this.#note(wire, response, problem);
  }

  /** Answers, and gives the problem with which it refused. */
  async #answer(
    wire: WireRequest,
    response: ServerResponse,
    fault: Fault | null,
  ): Promise<ProblemCode | null> {
    if (fault !== null) {
      this.#lastRefused = null;
      if (fault.kind === 'slow') await pause(fault.milliseconds);
      else if (fault.kind !== 'skew') return injure(wire, response, fault);
    }
    const skew = this.#skew + (fault?.kind === 'skew' ? fault.seconds : 0);
    try {
      await this.#answersFor(skew).answer(wire, response);
      return null;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#keepRefused(wire, skew, error.code);
      sendProblem(response, wire, error);
      return error.code;
    }
  }

  #answersFor(skew: number): MockAnswers {
    const known = this.#answers.get(skew);
    if (known !== undefined) return known;
    const made = createMockAnswers(this.#world, this.#world.provider(skew));
    this.#answers.set(skew, made);
    return made;
  }

  #keepRefused(wire: WireRequest, skew: number, problem: ProblemCode): void {
    const body = rememberedBody(wire.incoming) ?? new Uint8Array();
    const { isSecureTransport, localPath: path, requestId } = wire;
    this.#lastRefused = {
      request: { ...arrivedRequest(wire, body), isSecureTransport, path },
      beside: { requestId, nonce: nonceOfRefusal(problem), arrival: connectionFacts(wire) },
      skew,
    };
  }

  async explainLastRefusal(): Promise<Explanation | null> {
    if (this.#lastRefused === null) return null;
    const { request, beside, skew } = this.#lastRefused;
    const place = placeOf(request.path);
    const kind =
      place === 'request-token' ? 'requestToken' : place === 'access-token' ? 'accessToken' : 'resource';
    return explain(request, await gatherKnowledge(this.#world.provider(skew), request, { ...beside, kind }));
  }

  #note(wire: WireRequest | null, response: ServerResponse, problem: ProblemCode | null): void {
    const { requestId = '', method = '', target = '' } = wire ?? {};
    const status = response.headersSent ? response.statusCode : 0;
    this.#seen.push({ requestId, method, target, status, problem });
    if (this.#seen.length > MOST_SEEN) this.#seen.shift();
  }
}

/** Answers as ordered. @returns the problem that was ordered, if it was one */
function injure(
  wire: WireRequest,
  response: ServerResponse,
  fault: Exclude<Fault, { kind: 'slow' | 'skew' }>,
): ProblemCode | null {
  if (fault.kind === 'problem') {
    sendProblem(
      response,
      wire,
      new Problem(fault.code, { advice: 'This refusal was ordered from the mock.' }),
    );
    return fault.code;
  }
  if (fault.kind === 'drop') response.destroy();
  else if (fault.kind === 'status')
    sendText(response, wire, fault.status, 'This status was ordered from the mock.\n');
  else
    sendText(response, wire, 200, 'oauth_token=%ZZ&oauth_token=&&=\ufffd<html>', 'text/html; charset=utf-8');
  return null;
}
