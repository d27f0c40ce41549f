/** Who watches a server at work: meters, a tracer, both or nobody. The parts are handed on as they are where nobody does. */
import type { GatewaySettings } from '../gateway/index.ts';
import type { ProviderContext } from '../provider/index.ts';
import type { Outbound, OutboundStreams } from '../web/index.ts';
import {
  type Meters,
  meteredJudgement,
  meteredOutbound,
  meteredProvider,
  meteredStreams,
  requestMeter,
  upstreamMeter,
} from './metrics/index.ts';
import type { RequestObserver } from './request-observer.ts';
import type { RequestTracer } from './tracing/index.ts';

/** The watchers of a server. */
export interface Watchers {
  /** Null when nobody asks for them. */
  readonly meters: Meters | null;
  /** Null when there is nobody to send traces to. */
  readonly tracer: RequestTracer | null;
}

/** Who follows every request. */
export function requestObservers({ meters, tracer }: Watchers): RequestObserver[] {
  return [...(meters === null ? [] : [requestMeter(meters)]), ...(tracer === null ? [] : [tracer])];
}

/** Who follows requests to the application behind. */
export function upstreamObserver({ meters, tracer }: Watchers): Pick<GatewaySettings, 'observer'> {
  if (meters === null) return tracer === null ? {} : { observer: tracer };
  const meter = upstreamMeter(meters);
  if (tracer === null) return { observer: meter };
  return {
    observer: {
      onSend: (wire) => tracer.onSend(wire),
      onAnswer(wire, status, tookMs) {
        meter.onAnswer(wire, status, tookMs);
        tracer.onAnswer(wire, status);
      },
    },
  };
}

/** The judgement of a signed request, watched. */
export function watchedJudgement(
  judge: GatewaySettings['authenticate'],
  { meters, tracer }: Watchers,
): GatewaySettings['authenticate'] {
  const metered = meters === null ? judge : meteredJudgement(judge, meters);
  return tracer === null ? metered : tracer.traced(metered);
}

/** The provider's context, watched. */
export function watchedProvider(context: ProviderContext, meters: Meters | null): ProviderContext {
  return meters === null ? context : meteredProvider(context, meters);
}

/** The guarded client, watched. */
export function watchedOutbound(outbound: Outbound, meters: Meters | null): Outbound {
  return meters === null ? outbound : meteredOutbound(outbound, meters.outbound);
}

/** The guarded client for streams, watched. */
export function watchedStreams(streams: OutboundStreams, meters: Meters | null): OutboundStreams {
  return meters === null ? streams : meteredStreams(streams, meters.outbound);
}
