/**
 * Which headers about forwarding counted, and which did not and why. This server reads three of them, from listed
 * proxies only; whoever configures another one (`Forwarded`, `X-Forwarded-Port`) waits in vain, and is told so.
 */
import type { ReceivedArrival } from './received-arrival.ts';

/** Why a header counted, or did not. */
export const FORWARDING_REASONS = [
  'client-address',
  'protection',
  'host',
  'not-listed',
  'other-request',
  'never-read',
] as const;

/** A reason. */
export type ForwardingReason = (typeof FORWARDING_REASONS)[number];

/** A header about forwarding, as it came. */
interface JudgedHeader {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
  readonly counts: boolean;
  readonly reason: ForwardingReason;
}

/** The headers that are read, each with what for. */
const READ: ReadonlyMap<string, ForwardingReason> = new Map([
  ['x-forwarded-for', 'client-address'],
  ['x-forwarded-proto', 'protection'],
  ['x-forwarded-host', 'host'],
]);

/** By these a proxy asks about another request, at the address for forward authentication alone. */
const OF_ANOTHER_REQUEST = new Set([
  'x-forwarded-uri',
  'x-forwarded-method',
  'x-original-uri',
  'x-original-url',
]);

/** Each header about forwarding, in the order in which they came. */
export function judgeForwarding({ forwarded, isTrustedProxy }: ReceivedArrival): JudgedHeader[] {
  return Object.entries(forwarded).map(([name, value]) => {
    const use = READ.get(name);
    const counts = use !== undefined && isTrustedProxy;
    return { name, value, counts, reason: counts ? use : whyNot(name) };
  });
}

function whyNot(name: string): ForwardingReason {
  if (READ.has(name)) return 'not-listed';
  return OF_ANOTHER_REQUEST.has(name) ? 'other-request' : 'never-read';
}
