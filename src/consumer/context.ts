/**
 * What the consumer's use cases are given: storage, time, randomness and a way to the network. The network is a port
 * in the shape of the guarded outbound client; which addresses may be reached is decided there, not here.
 */
import type { Clock, RandomSource } from '../base/index.ts';
import type { Connection, ConnectionStore, InstallationStore, ServiceProviderStore } from '../model/index.ts';

/** One request to the outside. */
export interface FetchRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  /** Most bytes of the answer that are wanted; a longer one is an error. */
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
  /** 0: a redirect is an error, or comes back as the answer it is. */
  readonly maxRedirects?: number;
}

/** What came back. */
export interface FetchAnswer {
  readonly status: number;
  /** Names in lower case; repeated ones joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Sends a request; throws when there is no answer. */
export type FetchPort = (url: string, request: FetchRequest) => Promise<FetchAnswer>;

/** The stores that connecting and signing need; a part of `Storage`. */
export interface ConsumerStorage {
  readonly serviceProviders: Pick<ServiceProviderStore, 'find'>;
  readonly connections: Omit<ConnectionStore, 'listOfUser' | 'useOfProvider' | 'purgePending'>;
  readonly installation: Pick<InstallationStore, 'read'>;
}

/** What is handed in. */
export interface ConsumerPorts {
  readonly storage: ConsumerStorage;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly fetch: FetchPort;
  /** Lets the given time pass: for waiting until another node has renewed a token. */
  pause(milliseconds: number): Promise<void>;
}

/** Everything that a use case of the consumer works with. Make one per process and keep it. */
export interface ConsumerContext extends ConsumerPorts {
  /** Renewals that are under way in this process, by connection id. */
  readonly renewals: Map<string, Promise<Connection>>;
}

/** The surroundings of all use cases here. */
export function createConsumerContext(ports: ConsumerPorts): ConsumerContext {
  const { storage, clock, random, fetch } = ports;
  return {
    storage,
    clock,
    random,
    fetch,
    pause: (milliseconds) => ports.pause(milliseconds),
    renewals: new Map(),
  };
}
