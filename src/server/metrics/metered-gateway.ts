/** What the gateway is handed, counted: how long judging a request takes, and the application behind to answer. */
import type { GatewaySettings, UpstreamObserver } from '../../gateway/index.ts';
import { type Meters, statusClass } from './meters.ts';

/** The same judgement, timed. What is thrown at once is timed, too. */
export function meteredJudgement(
  judge: GatewaySettings['authenticate'],
  { verification }: Meters,
): GatewaySettings['authenticate'] {
  return (request, wire) => {
    const startedAt = performance.now();
    const note = () => verification.observe((performance.now() - startedAt) / 1000);
    let grant: ReturnType<typeof judge>;
    try {
      grant = judge(request, wire);
    } catch (error) {
      note();
      throw error;
    }
    if (grant instanceof Promise) grant.then(note, note);
    else note();
    return grant;
  };
}

/** Counts and times answers. */
export function upstreamMeter({ upstream, upstreamAnswers }: Meters): UpstreamObserver {
  return {
    onAnswer(_wire, status, tookMs) {
      upstreamAnswers.count(statusClass(status));
      if (status > 0) upstream.observe(tookMs / 1000);
    },
  };
}
