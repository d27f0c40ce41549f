/**
 * The service provider's check inside an application's own server: whoever has the request as it came, with its raw
 * target and header fields, learns whom it acts as, or what to answer. It decides by the same stages as the gateway,
 * on the same storage, so an application and a running Countersign may share one installation.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Clock, NO_BYTES } from '../base/index.ts';
import { readPathPattern, type Storage } from '../model/index.ts';
import { carriesOAuth } from '../oauth/index.ts';
import {
  authenticate,
  type Grant,
  type ProviderContext,
  type ProviderSettings,
  TokenUses,
  UsageCounter,
} from '../provider/index.ts';
import {
  type Answer,
  arrivedRequest,
  challengeAnswer,
  createWirePolicy,
  failureAnswer,
  HELD_BODY_LIMIT,
  isTrouble,
  mustHoldBody,
  readBody,
  readWireRequest,
  unreadRequest,
  type WireRequest,
} from '../web/index.ts';

/** What a guard works with. */
export interface GuardOptions {
  readonly storage: Storage;
  readonly nonces: ProviderContext['nonces'];
  /** Where consumers reach this application; they sign it, so a guess would be a hole. */
  readonly publicUrl: string | URL;
  /** CIDRs of reverse proxies whose forwarded headers count. Default: none. */
  readonly trustedProxies?: readonly string[];
  /** True lets requests without OAuth parameters pass, as nobody. Default: they get the challenge. */
  readonly allowsUnsigned?: boolean;
  /** How far a timestamp may lie from now, in seconds; as the nonces were opened with. Default 300. */
  readonly timestampWindowSeconds?: number;
  /** Paths, below the public URL's own, on which bodies that are no forms must be covered by `oauth_body_hash`. */
  readonly bodyHashPaths?: readonly string[];
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** Told of errors that are no refusals: what was answered is a generic 500 or 503. Default: a warning of the process. */
  onTrouble?(error: unknown): void;
}

/** Whom a request acts as. */
export interface Caller {
  /** Login name; null for two-legged requests that run as nobody. */
  readonly user: string | null;
  readonly displayName: string | null;
  readonly consumer: { readonly key: string; readonly name: string };
  /** Public id of the access token, never the token; null for two-legged requests. */
  readonly tokenId: string | null;
  readonly via: Grant['via'];
}

/** A request that was let through. */
export interface Passed {
  /** Null for an unsigned request, where those are allowed. */
  readonly caller: Caller | null;
  /** The body, where the signature may cover it and so it was read; null where it was left alone. */
  readonly body: Uint8Array | null;
}

/** A request that must not be served, with the answer to give. */
export class RequestRefused extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`refused with status ${answer.status}`);
    this.name = 'RequestRefused';
    this.answer = answer;
  }
}

/** Checks requests. */
export interface Guard {
  /**
   * @param target the request target as it came, where a framework has rewritten the message's own
   * @throws {RequestRefused} with the answer to give, also for trouble; nothing else
   */
  check(incoming: IncomingMessage, target?: string): Promise<Passed>;
  /** Writes down last uses and counts. Leaves storage and nonces open: whoever opened them closes them. */
  close(): Promise<void>;
}

const FLUSH_EVERY_MS = 20_000;

const DAY_SECONDS = 86_400;

/** @throws {TypeError} on a public URL that is none, or a trusted proxy that is no CIDR */
export function createGuard(options: GuardOptions): Guard {
  const { storage, nonces, onTrouble = (error) => process.emitWarning(error as Error) } = options;
  const publicUrl = new URL(options.publicUrl);
  const trustedProxies = options.trustedProxies ?? [];
  const policy = createWirePolicy({ publicUrl, listenAddress: () => null, trustedProxies });
  const uses = new TokenUses();
  const usage = new UsageCounter();
  const context = {
    storage,
    nonces,
    clock: options.clock ?? { milliseconds: () => Date.now() },
    random: { bytes: (length: number) => randomBytes(length) },
    settings: settingsOf(options),
    noteUse: uses.note.bind(uses),
    noteAccepted: usage.note.bind(usage),
  };
  const flush = async () => {
    await Promise.allSettled([uses.flush(storage.accessTokens), usage.flush(storage.usage)]);
  };
  const flushing = setInterval(flush, FLUSH_EVERY_MS).unref();

  async function judge(wire: WireRequest): Promise<Passed> {
    const body = mustHoldBody(wire) ? await readHeldBody(wire.incoming) : null;
    const arrived = arrivedRequest(wire, body ?? NO_BYTES);
    if (!carriesOAuth(arrived)) {
      if (options.allowsUnsigned === true) return { caller: null, body };
      throw new RequestRefused(challengeAnswer(wire));
    }
    const { isSecureTransport, localPath: path, hasBody } = wire;
    const grant = await authenticate(context, { ...arrived, isSecureTransport, path, hasBody });
    return { caller: callerOf(grant), body };
  }

  return {
    async check(incoming, target) {
      let asked = unreadRequest(policy);
      try {
        const wire = readWireRequest(incoming, policy, target);
        asked = wire;
        return await judge(wire);
      } catch (error) {
        if (error instanceof RequestRefused) throw error;
        if (isTrouble(error)) onTrouble(error);
        throw new RequestRefused(failureAnswer(asked, error));
      }
    },
    async close() {
      clearInterval(flushing);
      await flush();
    },
  };
}

/**
 * A parser that came first has taken the body away. Verified as an empty one, the request could carry any other.
 * @throws {TypeError} then
 */
function readHeldBody(incoming: IncomingMessage): Promise<Uint8Array> {
  if (incoming.readableDidRead) throw new TypeError('The guard has to come before whatever reads bodies.');
  return readBody(incoming, HELD_BODY_LIMIT);
}

function callerOf({ user, consumer, token, via }: Grant): Caller {
  return {
    user: user?.name ?? null,
    displayName: user?.displayName ?? null,
    consumer: { key: consumer.key, name: consumer.name },
    tokenId: token?.id ?? null,
    via,
  };
}

/** The lifetimes are for whoever issues tokens; a guard only looks at what was issued. */
function settingsOf({ timestampWindowSeconds = 300, bodyHashPaths = [] }: GuardOptions): ProviderSettings {
  return {
    accessTokenTtlSeconds: 7 * DAY_SECONDS,
    requestTokenTtlSeconds: 600,
    sessionTtlSeconds: 37 * DAY_SECONDS,
    timestampWindowSeconds,
    bodyHashPaths: bodyHashPaths.map(readPathPattern),
  };
}
