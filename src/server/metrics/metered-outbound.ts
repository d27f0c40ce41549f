/** The guarded clients, counted by what became of each request. */
import { type Outbound, OutboundRefused, type OutboundStreams } from '../../web/index.ts';
import type { Tally } from './tally.ts';

/** The same client, counted. */
export function meteredOutbound({ fetch }: Outbound, outcomes: Tally): Outbound {
  return { fetch: (url, request) => counted(outcomes, fetch(url, request)) };
}

/** The same client, counted. */
export function meteredStreams(streams: OutboundStreams, outcomes: Tally): OutboundStreams {
  return {
    send: (url, request) => counted(outcomes, streams.send(url, request)),
    close: () => streams.close(),
  };
}

async function counted<T>(outcomes: Tally, answer: Promise<T>): Promise<T> {
  try {
    const answered = await answer;
    outcomes.count('answered');
    return answered;
  } catch (error) {
    outcomes.count(error instanceof OutboundRefused ? error.code : 'failed');
    throw error;
  }
}
