/**
 * What this server sees of a request that it received: how it came, who was believed and why, and the address that a
 * client has to sign, with what to change where these do not agree. The same words on pages and for programs.
 */
import type { JourneyRow } from '../explanation.ts';
import { describeJourney } from '../journey.ts';
import type { Language } from '../knowledge.ts';
import { ARRIVAL_TEXTS, type ArrivalTexts } from '../texts/arrival.ts';
import { fillIn } from '../texts/words.ts';
import { type ArrivalTrouble, findTrouble } from './find-trouble.ts';
import { judgeForwarding } from './judge-forwarding.ts';
import type { ReceivedArrival } from './received-arrival.ts';

/** What an arrival is judged by. */
export interface ArrivalJudgement {
  /** With its path, if it has one. */
  readonly publicUrl: URL;
  /** Listed proxies, as written. */
  readonly trustedProxies: readonly string[];
  readonly language: Language;
}

/** An arrival in words. */
export interface DescribedArrival {
  /** What the addresses that clients sign begin with: the public URL, without a slash at its end. */
  readonly publicUrl: string;
  /** What is amiss, most telling first; empty where everything agrees. */
  readonly findings: readonly { readonly code: ArrivalTrouble; readonly advice: string }[];
  readonly journey: readonly JourneyRow[];
  /** Null once the connection is gone. */
  readonly peerAddress: string | null;
  readonly isTrustedProxy: boolean;
  /** Whether the peer's forwarded headers are believed, and why. */
  readonly trust: string;
  readonly clientAddress: string;
  readonly isSecureTransport: boolean;
  /** Whether the connection counts as protected, and what follows. */
  readonly protection: string;
  readonly forwardedHeaders: readonly DescribedHeader[];
}

/** A header about forwarding. */
export interface DescribedHeader {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
  readonly counts: boolean;
  /** Why it counts, or why not. */
  readonly reason: string;
}

/** Describes it. */
export function describeArrival(
  arrival: ReceivedArrival,
  { publicUrl, trustedProxies, language }: ArrivalJudgement,
): DescribedArrival {
  const t = ARRIVAL_TEXTS[language];
  const { peerAddress, isTrustedProxy, clientAddress, isSecureTransport, target } = arrival;
  const baseUri = publicUrl.origin + target.split('?', 1)[0];
  const values = { peer: peerAddress ?? '', client: clientAddress, ours: publicUrl.host };
  return {
    publicUrl: publicUrl.href.replace(/\/$/, ''),
    findings: findTrouble(arrival, publicUrl).map((finding) => ({
      code: finding.code,
      advice: fillIn(t.findings[finding.code], finding.values),
    })),
    journey: describeJourney(baseUri, null, arrival),
    peerAddress,
    isTrustedProxy,
    trust: trustWords(t, isTrustedProxy, trustedProxies),
    clientAddress,
    isSecureTransport,
    protection: isSecureTransport ? t.isProtected : t.isUnprotected,
    forwardedHeaders: judgeForwarding(arrival).map(({ name, value, counts, reason }) => ({
      name,
      value,
      counts,
      reason: fillIn(t.reasons[reason], values),
    })),
  };
}

function trustWords(t: ArrivalTexts, isTrustedProxy: boolean, trustedProxies: readonly string[]): string {
  if (trustedProxies.length === 0) return t.trustsNobody;
  return fillIn(isTrustedProxy ? t.isListed : t.isUnlisted, { list: trustedProxies.join(', ') });
}
