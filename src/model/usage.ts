/**
 * How consumers use this installation: accepted signed requests, counted by day, signature method and version of the
 * protocol. Numbers only; nothing about a request, a token or a user is kept. They answer who would break if an old
 * method were switched off.
 */
import type { SignatureMethod } from '../oauth/index.ts';
import type { ProtocolVersion } from './tokens.ts';

/** How long counts are kept: for a year, and for the month in which it is looked back on. */
export const USAGE_DAYS_KEPT = 400;

const DAY_SECONDS = 86_400;

/** What accepted requests are told apart by. */
export interface UsageKind {
  readonly consumerKey: string;
  /** Day in UTC, counted from 1 January 1970. */
  readonly day: number;
  readonly method: SignatureMethod;
  /** '1.0' only for the dance of 2007; a request with an access token is the same in both versions. */
  readonly version: ProtocolVersion;
}

/** How often that happened. */
export interface UsageCount extends UsageKind {
  readonly requests: number;
  /** The last one, seconds since 1970. */
  readonly lastAt: number;
}

/** What may be switched off one day: SHA-1 in signatures, the dance of 2007, PLAINTEXT. */
export const OLD_WAYS = ['sha1', 'legacy10', 'plaintext'] as const;

export type OldWay = (typeof OLD_WAYS)[number];

/** How consumers are looked at: all that made requests, or those that made some by an old way. */
export type UsageWay = 'any' | OldWay;

const IS_OLD: Readonly<Record<OldWay, (usage: Pick<UsageKind, 'method' | 'version'>) => boolean>> = {
  sha1: ({ method }) => method.endsWith('SHA1'),
  legacy10: ({ version }) => version === '1.0',
  plaintext: ({ method }) => method === 'PLAINTEXT',
};

/** Whether requests of that kind would be refused if the old way were switched off. */
export function usesOldWay(usage: Pick<UsageKind, 'method' | 'version'>, way: OldWay): boolean {
  return IS_OLD[way](usage);
}

/** The day, counted from 1 January 1970, on which a moment in seconds lies in UTC. */
export function dayOf(seconds: number): number {
  return Math.floor(seconds / DAY_SECONDS);
}

/** The first second of a day. */
export function startOfDay(day: number): number {
  return day * DAY_SECONDS;
}
