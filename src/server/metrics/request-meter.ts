/** Counts requests at their end: by who answered, what became of it, and why it was refused. */
import { StorageUnavailable } from '../../model/index.ts';
import { Problem } from '../../oauth/index.ts';
import { rememberedBody, WireRefused, type WireRequest } from '../../web/index.ts';
import type { EndedRequest, Face, RequestObserver } from '../request-observer.ts';
import { type Meters, type OUTCOMES, statusClass } from './meters.ts';

/** An observer that keeps these meters. */
export function requestMeter(meters: Meters): RequestObserver {
  return {
    onEnd(ended) {
      const { face, wire, status, refusal, tookMs } = ended;
      meters.requests.count(face, outcomeOf(ended), statusClass(status));
      if (face === 'gateway') meters.gateway.observe(tookMs / 1000);
      if (refusal instanceof Problem && wire !== null) countRefusal(meters, face, wire, refusal);
    },
  };
}

/** Counts a refusal that a face answers by itself. */
export function countRefusal({ refused }: Meters, face: Face, wire: WireRequest, problem: Problem): void {
  refused.count(face, problem.code, claimedMethod(wire));
}

function outcomeOf({ refusal, isWhole }: EndedRequest): (typeof OUTCOMES)[number] {
  if (refusal === null) return isWhole ? 'answered' : 'aborted';
  if (refusal instanceof Problem) return 'refused';
  if (refusal instanceof WireRefused) return 'malformed';
  return refusal instanceof StorageUnavailable ? 'unavailable' : 'failed';
}

const METHOD = /oauth_signature_method="?([^"&,\s]{0,40})/;

/** The signature method that a refused request names, whatever it is; `none` for none. */
function claimedMethod({ authorization, query, incoming }: WireRequest): string {
  const body = rememberedBody(incoming) ?? new Uint8Array();
  for (const text of [...authorization, query, Buffer.from(body).toString('latin1')]) {
    const named = METHOD.exec(text)?.[1];
    if (named !== undefined) return named;
  }
  return 'none';
}
