/** The provider's context, counted: accepted requests by method, and how far their timestamps are from our clock. */
import type { Clock } from '../../base/index.ts';
import type { ProviderContext } from '../../provider/index.ts';
import type { Meters } from './meters.ts';

/** The same context, counted. */
export function meteredProvider(context: ProviderContext, meters: Meters): ProviderContext {
  const { clock, nonces, noteAccepted } = context;
  return {
    ...context,
    nonces: {
      burn(consumerKey, token, timestamp, nonce) {
        meters.timestampOffset.observe(timestamp - secondsOf(clock));
        return nonces.burn(consumerKey, token, timestamp, nonce);
      },
      earliestTimestamp: () => nonces.earliestTimestamp(),
    },
    noteAccepted(consumerKey, method, version, at) {
      meters.accepted.count(method);
      noteAccepted(consumerKey, method, version, at);
    },
  };
}

function secondsOf(clock: Clock): number {
  return clock.milliseconds() / 1000;
}
