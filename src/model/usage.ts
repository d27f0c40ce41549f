/**
 * How consumers use this installation: accepted signed requests, counted by day, signature method and version of the
 * protocol. Numbers only; nothing about a request, a token or a user is kept. They answer who would break if an old
 * method were switched off.
 */
import type { SignatureMethod } from '../oauth/index.ts';
import type { ProtocolVersion } from './tokens.ts';

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

/** The day, counted from 1 January 1970, on which a moment in seconds lies in UTC. */
export function dayOf(seconds: number): number {
  return Math.floor(seconds / DAY_SECONDS);
}

/** The first second of a day. */
export function startOfDay(day: number): number {
  return day * DAY_SECONDS;
}
