/**
 * The ports of storage: what the use cases need kept. Every adapter (memory, SQLite, PostgreSQL) passes the
 * same contract suite. Rules for all: a promise that resolves means the write will survive a crash and a power
 * cut; an adapter that cannot say so rejects with `StorageUnavailable`; a change by an administrator and its
 * audit entry are one transaction; names of users are matched case-insensitively.
 */
import type { AuditAction, AuditEvent, RecordedAuditEvent } from './audit-event.ts';
import type { ApiKey, Connection, PendingConnection } from './connection.ts';
import type { Consumer } from './consumer.ts';
import type { DashboardStore } from './dashboard-ports.ts';
import type { EndingStore } from './ending.ts';
import type { AllowListStore, GadgetFeedStore, GadgetStore } from './gadget-ports.ts';
import type { Installation, InstallationChanges, InstallationKeys } from './installation.ts';
import type { ListQuery, Page, PageQuery } from './list-query.ts';
import type { RefusalStore, UsageStore } from './observation-ports.ts';
import type { SecondFactorStore } from './second-factor.ts';
import type { ProviderPlace, ServiceProvider } from './service-provider.ts';
import type { AccessToken, RequestToken } from './tokens.ts';
import type { Identity, Session, User, UserChanges, UserConditions, UserOutcome } from './user.ts';

/** Storage cannot answer, or cannot promise that a write lasts. Becomes a 503; never a false success. */
export class StorageUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageUnavailable';
  }
}

/** A list row of a consumer, with what the list shows beside it. */
export interface ConsumerSummary {
  readonly consumer: Consumer;
  /** Users with at least one access token that still works or can be renewed. */
  readonly activeUsers: number;
  readonly lastUsedAt: number | null;
}

export interface ConsumerStore {
  find(key: string): Promise<Consumer | null>;
  /** Searches key, name and description. */
  list(query: ListQuery<'name' | 'key' | 'created' | 'used'>): Promise<Page<ConsumerSummary>>;
  /** Those a user owns, by name. */
  ownedBy(userName: string): Promise<readonly Consumer[]>;
  /** False if the key is taken. An owner who was removed meanwhile is left out, here and in `update`. */
  add(consumer: Consumer, event: AuditEvent): Promise<boolean>;
  /** Replaces the record. False if there is none, or if it changed since `expectedUpdatedAt`. */
  update(consumer: Consumer, expectedUpdatedAt: number, event: AuditEvent): Promise<boolean>;
  /** Deletes the consumer with all its request and access tokens. False if there was none. */
  remove(key: string, event: AuditEvent): Promise<boolean>;
  /** Users whose access would end with the consumer. */
  countActiveUsers(key: string, now: number): Promise<number>;
  /** Those of that base URL, compared by `plainBase`; in the order of their keys. */
  listByBaseUrl(baseUrl: string): Promise<readonly Consumer[]>;
  /** Names by keys, of those that there are; for the rows of a page, in one look. */
  namesOf(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** What became of an attempt that only one may win. */
export type Outcome = 'done' | 'lost';

/** What became of a verifier that was tried; `destroyed` also where the token was gone before. */
export type VerifierOutcome = 'right' | 'wrong' | 'destroyed';

export interface RequestTokenStore {
  add(token: RequestToken): Promise<void>;
  find(hash: string): Promise<RequestToken | null>;
  /** Binds it to the first user who opens it; gives the user it is bound to, null if there is no such token. */
  bindUser(hash: string, userName: string): Promise<string | null>;
  /** From 'undecided' to 'approved' or 'denied', by the bound user only; 'lost' if it was decided already. */
  decide(
    hash: string,
    decision: {
      readonly state: 'approved' | 'denied';
      readonly userName: string;
      readonly verifierHash: string | null;
    },
    event: AuditEvent,
  ): Promise<Outcome>;
  /**
   * Compares a verifier, in any of the `readings` it may be stored as, and counts it in the same step if it is wrong: of
   * any number of guesses at the same time, on any node, no more than `limit` are compared, and the last of them deletes
   * the token. A right one takes nothing away from another that comes with it.
   */
  tryVerifier(hash: string, readings: readonly string[], limit: number): Promise<VerifierOutcome>;
  /** Turns an approved request token into an access token, in one transaction; only one caller ever wins. */
  exchange(hash: string, accessToken: AccessToken, event: AuditEvent): Promise<Outcome>;
  /** Deletes those that expired before the moment, at most `limit`; gives how many. */
  purge(expiredBefore: number, limit: number): Promise<number>;
}

/** A list row of an access token. */
export interface TokenSummary {
  readonly token: AccessToken;
  readonly consumerName: string;
  readonly consumerDescription: string;
  readonly userDisplayName: string;
}

/** Which tokens to act on: all conditions hold together. */
export interface TokenFilter {
  readonly userName?: string;
  readonly consumerKey?: string;
}

export interface AccessTokenStore {
  find(hash: string): Promise<AccessToken | null>;
  findById(id: string): Promise<AccessToken | null>;
  /** Tokens that work or can be renewed at `now`; revoked ones are left out. Searches consumer and user. */
  list(
    filter: TokenFilter,
    query: ListQuery<'created' | 'expires' | 'used' | 'user' | 'consumer'>,
    now: number,
  ): Promise<Page<TokenSummary>>;
  /**
   * Session renewal: revokes the token with `oldHash` and adds the new one, in one transaction; 'lost' if it was
   * revoked or renewed meanwhile.
   */
  renew(oldHash: string, token: AccessToken, event: AuditEvent): Promise<Outcome>;
  /** Revokes one token by its public id, of the given user if one is given. False: no such live token. */
  revoke(id: string, userName: string | null, at: number, event: AuditEvent): Promise<boolean>;
  /** Revokes all that match; gives how many. */
  revokeAll(filter: TokenFilter, at: number, event: AuditEvent): Promise<number>;
  /** Notes the last use of tokens, in one batch. Not durable against power loss: it is a courtesy, not a record. */
  noteUse(uses: ReadonlyMap<string, number>): Promise<void>;
  /** Deletes those whose session ended before the moment, at most `limit`; gives how many. */
  purge(endedBefore: number, limit: number): Promise<number>;
}

/** All that the check of a signed request needs to know, read together. */
export interface Grounds {
  readonly consumer: Consumer | null;
  /** The access token under that hash, whoever's it is; null if there is none. */
  readonly token: AccessToken | null;
  /** The token's user; null if there is no token or the user was removed. */
  readonly user: User | null;
}

/** The hot path: one look-up for one signed request. May answer from memory, never with anything out of date. */
export interface GroundsStore {
  /** @param token the raw token, or '' for none */
  lookUp(consumerKey: string, token: string): Grounds | Promise<Grounds>;
}

export interface UserStore {
  find(name: string): Promise<User | null>;
  findByIdentity(identity: Identity): Promise<User | null>;
  /** Whether there is nobody, as quick whoever there is. */
  isEmpty(): Promise<boolean>;
  /** Searches name, display name and e-mail. */
  list(query: ListQuery<'name' | 'created' | 'login'>): Promise<Page<User>>;
  /** Full names by names as they are given, of those that there are; for the rows of a page, in one look. */
  namesOf(names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** False if the name is taken, or the identity. */
  add(user: User, event: AuditEvent): Promise<boolean>;
  /** Adds the very first user. False if there is any user already; atomic, so only one set-up can win. */
  addFirst(user: User, event: AuditEvent): Promise<boolean>;
  /** Changes these fields, if the conditions hold at that moment; a disabled user's sessions end with it. */
  update(
    name: string,
    changes: UserChanges,
    event: AuditEvent,
    conditions?: UserConditions,
  ): Promise<UserOutcome>;
  /** Deletes the user with all sessions, request tokens and access tokens; consumers of theirs stay, with no owner. */
  remove(name: string, event: AuditEvent, conditions?: UserConditions): Promise<UserOutcome>;
  noteLogin(name: string, at: number, event: AuditEvent): Promise<void>;
}

export interface SessionStore {
  /** Of more than so many of its user, those that were not used for longest end: logins must not fill the storage. */
  add(session: Session, mostOfUser: number): Promise<void>;
  find(hash: string): Promise<Session | null>;
  touch(hash: string, at: number): Promise<void>;
  /** Notes that whoever is at the browser has proved anew who they are. */
  noteProof(hash: string, at: number): Promise<void>;
  remove(hash: string): Promise<void>;
  /** Ends all sessions of a user, but for the one of the hash, if one is given. */
  removeOfUser(userName: string, keptHash?: string): Promise<void>;
  purge(expiredBefore: number, limit: number): Promise<number>;
}

export interface ServiceProviderStore {
  find(name: string): Promise<ServiceProvider | null>;
  list(query: ListQuery<'name' | 'created'>): Promise<Page<ServiceProvider>>;
  /** Those of that base URL, compared by `plainBase`; in the order of their names. */
  listByBaseUrl(baseUrl: string): Promise<readonly ServiceProvider[]>;
  /** Where all of them are, by name, in any case. */
  listPlaces(): Promise<readonly ProviderPlace[]>;
  add(provider: ServiceProvider, event: AuditEvent): Promise<boolean>;
  /** Replaces the record named `name`; the new record may carry another name. 'taken' if that one exists. */
  update(
    name: string,
    provider: ServiceProvider,
    expectedUpdatedAt: number,
    event: AuditEvent,
  ): Promise<'done' | 'lost' | 'taken'>;
  /** Deletes it with all connections to it. False if there was none. */
  remove(name: string, event: AuditEvent): Promise<boolean>;
}

/** How a provider is used from here. */
export interface ProviderUse {
  /** Users with a connection that is not dead, and for the provider as it is. */
  readonly activeUsers: number;
  /** The others: their users have to approve again. */
  readonly deadConnections: number;
  readonly lastUsedAt: number | null;
}

/** Our tokens at service providers. They go with their user, and with their provider; a renamed one keeps them. */
export interface ConnectionStore {
  /** False if that token is pending already, whoever's it is, or its user or provider is gone. */
  addPending(pending: PendingConnection): Promise<boolean>;
  /**
   * Takes a pending one out, for its own session and user only, while it is not expired at `now`. Exactly one
   * caller ever gets it; a stranger's attempt leaves it in place.
   */
  takePending(
    hash: string,
    owner: { readonly sessionHash: string; readonly userName: string },
    now: number,
  ): Promise<PendingConnection | null>;
  /** Deletes pending ones that expired before the moment, at most `limit`; gives how many. */
  purgePending(expiredBefore: number, limit: number): Promise<number>;

  /** Keeps a connection in place of the one of the same user, provider and gadget. False if either owner is gone. */
  save(connection: Connection, event: AuditEvent): Promise<boolean>;
  find(id: string): Promise<Connection | null>;
  findFor(userName: string, providerName: string, gadgetUrl: string | null): Promise<Connection | null>;
  /** By provider, then gadget. */
  listOfUser(userName: string): Promise<readonly Connection[]>;
  useOfProvider(provider: ServiceProvider): Promise<ProviderUse>;
  /**
   * Claims the right to renew until the moment `until`. False if the connection has another version by now, is not
   * active, or somebody else's claim still runs at `now`: two nodes that used one handle would lose it.
   */
  claimRenewal(id: string, version: number, now: number, until: number): Promise<boolean>;
  /** Replaces a connection of version `expectedVersion` and ends the claim; 'lost' if it has another by now. */
  renew(connection: Connection, expectedVersion: number, event: AuditEvent): Promise<Outcome>;
  /** Gives a claim back unused, after a renewal that could not be tried. */
  releaseRenewal(id: string, version: number): Promise<void>;
  /** Marks an active connection of that version dead; 'lost' if it has another by now or was dead. */
  markDead(id: string, version: number, problem: string, event: AuditEvent): Promise<Outcome>;
  /** A courtesy, not a record: need not survive a power cut. */
  noteUse(id: string, at: number): Promise<void>;
  /** Of the given user only. False: no such connection. */
  remove(id: string, userName: string, event: AuditEvent): Promise<boolean>;
}

/** Keys of users' programs. They go with their user. */
export interface ApiKeyStore {
  /** False if its user is gone. */
  add(key: ApiKey, event: AuditEvent): Promise<boolean>;
  find(hash: string): Promise<ApiKey | null>;
  /** Newest first. */
  listOfUser(userName: string): Promise<readonly ApiKey[]>;
  /** A courtesy, not a record. */
  noteUse(id: string, at: number): Promise<void>;
  /** Of the given user only. False: no such key. */
  remove(id: string, userName: string, event: AuditEvent): Promise<boolean>;
}

export interface InstallationStore {
  read(): Promise<Installation | null>;
  /** Stores the first one; gives whichever is stored, so that two nodes starting together agree. */
  create(installation: Installation): Promise<Installation>;
  /** Changes these fields; what is not among them stays as it is stored, whoever changes that at the same time. */
  update(changes: InstallationChanges, event: AuditEvent): Promise<void>;
  /** Replaces the key pairs; false, and nothing is changed, if the stored public keys are not those of `before`. */
  replaceKeys(before: InstallationKeys, after: InstallationKeys, event: AuditEvent): Promise<boolean>;
  /** SHA-256 of the one-time set-up link's token; null once it was used or while users exist. */
  readSetupHash(): Promise<string | null>;
  writeSetupHash(hash: string | null): Promise<void>;
}

/** Which audit entries to list. */
export interface AuditFilter {
  readonly actor?: string;
  readonly action?: string;
  readonly object?: string;
  /** Any of these. */
  readonly actions?: readonly AuditAction[];
  /** Only entries made before the one with this id. */
  readonly olderThan?: number;
}

/** A page of the log; of a search that was ended before its end, what was not looked at. */
export interface AuditPage extends Page<RecordedAuditEvent> {
  /** Entries older than that id; and when the last was made that was looked at. */
  readonly unsearched?: { readonly olderThan: number; readonly at: number };
}

export interface AuditStore {
  append(event: AuditEvent): Promise<void>;
  /**
   * Newest first. Searches actor, action, object and note, and in entries about access the user and the consumer.
   * @param isEnough asked now and then while a search goes on: once it says so, the page is of what was looked at until then
   */
  list(filter: AuditFilter, query: PageQuery, isEnough?: () => boolean): Promise<AuditPage>;
  /** Deletes entries made before the moment, the oldest first, at most `limit`; gives how many. */
  purge(before: number, limit: number): Promise<number>;
  /**
   * Takes the next entries into what they are searched by, at most `limit`; gives how many. Others are found as well,
   * but each of them is looked at.
   */
  index(limit: number): Promise<number>;
}

/** Counts attempts in windows of time, for limits on guessing; survives restart, shared by nodes. */
export interface AttemptStore {
  /** Adds one to the bucket's count and gives the count in the window that is now running. */
  count(bucket: string, now: number, windowSeconds: number): Promise<number>;
  /** The count in the running window, without adding. */
  peek(bucket: string, now: number, windowSeconds: number): Promise<number>;
  reset(bucket: string): Promise<void>;
  purge(before: number, limit: number): Promise<number>;
}

/** What became of a nonce: new, seen before, too old to be sure (refused, never guessed), or over the consumer's quota. */
export type NonceOutcome = 'fresh' | 'used' | 'unsure' | 'limited';

/** How a store of nonces is, for those who watch over it. */
export interface NonceStatus {
  /** Nonces remembered at the moment; null where counting them would cost too much. */
  readonly remembered: number | null;
  /** Timestamps up to and including it are refused. */
  readonly floor: number;
  /** Timestamps up to and including it are accepted without a further promise on disk; null: there is no such bound. */
  readonly leaseUntil: number | null;
}

/**
 * Remembers which nonces were used. It never says 'fresh' twice for the same consumer, token, timestamp and
 * nonce: not after a restart, a crash, a power cut, or when the clock is moved back.
 */
export interface NonceStore {
  /** What is remembered is a digest or a copy: token and nonce may be parts of a longer text, which would be kept along. */
  burn(
    consumerKey: string,
    token: string,
    timestamp: number,
    nonce: string,
  ): NonceOutcome | Promise<NonceOutcome>;
  /** Earliest timestamp it can be sure about; for `oauth_acceptable_timestamps`. */
  earliestTimestamp(): number;
  /** Makes sure that nonces can be burnt, without burning one. @throws {StorageUnavailable} when they cannot */
  status(): Promise<NonceStatus>;
  close(): Promise<void>;
}

/** Everything that is kept. */
export interface Storage {
  readonly consumers: ConsumerStore;
  readonly requestTokens: RequestTokenStore;
  readonly accessTokens: AccessTokenStore;
  readonly grounds: GroundsStore;
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly secondFactors: SecondFactorStore;
  readonly serviceProviders: ServiceProviderStore;
  readonly connections: ConnectionStore;
  readonly apiKeys: ApiKeyStore;
  readonly installation: InstallationStore;
  readonly audit: AuditStore;
  readonly attempts: AttemptStore;
  readonly refusals: RefusalStore;
  readonly usage: UsageStore;
  readonly dashboards: DashboardStore;
  readonly gadgets: GadgetStore;
  readonly gadgetFeeds: GadgetFeedStore;
  readonly allowList: AllowListStore;
  readonly endings: EndingStore;
  close(): Promise<void>;
}
