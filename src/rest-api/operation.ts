/**
 * What an operation of the REST API is: a method and a path, the right that a key needs for it, the schemas of what
 * goes in and comes out, and what it does. The description that programs read is made from the same objects that
 * check the requests, so the two cannot differ.
 */
import type { z } from 'zod';
import type { AccountsContext } from '../accounts/index.ts';
import type { AdministrationContext } from '../administration/index.ts';
import type { ConsumerContext } from '../consumer/index.ts';
import type { FeedReading, FetchedSpec, GadgetsContext } from '../gadgets/index.ts';
import type { ApiScope } from '../model/index.ts';
import type { ProviderSettings } from '../provider/index.ts';
import type { ConnectionFacts, Outbound } from '../web/index.ts';

/** Gadgets as others publish them; what cannot be had is thrown, and the rest of it says why in words. */
export interface GadgetSources {
  fetchSpec(specUrl: string): Promise<FetchedSpec>;
  fetchFeed(baseUrl: string): Promise<FeedReading>;
  /** Null for an error that is about something else. */
  specTrouble(specUrl: string, error: unknown): string | null;
  feedTrouble(baseUrl: string, error: unknown): string | null;
}

/** What operations work with. */
export interface RestApiContext {
  readonly administration: AdministrationContext;
  readonly accounts: AccountsContext;
  readonly gadgets: GadgetsContext;
  readonly gadgetSources: GadgetSources;
  /** This installation as a consumer, for testing service providers. */
  readonly consumer: ConsumerContext;
  /** The guarded client, for what other installations publish. */
  readonly outbound: Pick<Outbound, 'fetch'>;
  /** The provider's settings, by which refusals are explained. */
  readonly settings: ProviderSettings;
  /** The public URL, without a slash at its end. */
  readonly publicUrl: string;
  /** Listed proxies, as written. */
  readonly trustedProxies: readonly string[];
}

/** One call of an operation, read and checked. */
export interface Call<Query, Body> {
  /** User name of the key's holder, for the audit log. */
  readonly actor: string;
  /** The path's parameters, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /**
   * The record that the caller's `If-Match` names, as `current` gives it, which it still was a moment ago; null if the
   * caller named none, and the change is to be made on whatever there is.
   */
  readonly expectedRecord: object | null;
  /** `updatedAt` of that record; null if it has none. */
  readonly expectedUpdatedAt: number | null;
  /** How the call itself came. */
  connection(): ConnectionFacts;
}

/** What an operation gives back. */
export interface Result {
  /** The record or document, with times in seconds; undefined for 204. */
  readonly value?: unknown;
  /** Path, below the API's base, of what was made. */
  readonly location?: string;
  /** The text of a sheet, in pieces; it is read as it is taken. */
  readonly sheet?: AsyncGenerator<string>;
}

/** An operation. */
export interface Operation<Query = unknown, Body = unknown> {
  /** Name in the description, and of the function in generated clients. */
  readonly id: string;
  readonly group: OperationGroup;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the API's base, with `{names}` of parameters. */
  readonly path: string;
  readonly summary: string;
  readonly scope: Exclude<ApiScope, 'providers'>;
  readonly status: 200 | 201 | 204;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  /** Of what is answered; a sheet is a list as CSV; null for 204. */
  readonly answer: z.ZodType | 'sheet' | null;
  /**
   * The record that `ETag` and `If-Match` are about, as `run` of the GET beside it answers; it is what a change
   * expects. Undefined: no conditional requests.
   */
  current?(context: RestApiContext, params: Call<Query, Body>['params']): Promise<object>;
  run(context: RestApiContext, call: Call<Query, Body>): Promise<Result>;
}

/** The groups of the description, in its order. */
export const OPERATION_GROUPS = [
  'Consumers',
  'Service providers',
  'Links',
  'Tokens',
  'Users',
  'This installation',
  'Gadgets',
  'System default dashboard',
  'Diagnosis',
  'Usage',
  'Audit log',
] as const;

export type OperationGroup = (typeof OPERATION_GROUPS)[number];

/** Writes down an operation; the types of query and body follow from their schemas. */
export function operation<Query, Body>(definition: Operation<Query, Body>): Operation {
  return definition as Operation;
}
