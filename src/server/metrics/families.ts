/**
 * Every metric of Countersign's own: its name, what it means and where its numbers come from. The reference page is
 * written from this list, and the dashboard and the alerts in `examples/monitoring` are held to it. What has to be
 * asked for (database, nonces) is asked once in each scrape, for a second at most.
 */
import { ENDING_KINDS, ENDS_SOON_DAYS } from '../../administration/index.ts';
import type { RefusalCounts } from '../refusal-recorder.ts';
import type { Meters } from './meters.ts';
import type { Probe } from './probe.ts';
import type { Family, Sample } from './sample.ts';

/** Where numbers come from. */
export interface MetricSources {
  readonly meters: Meters;
  readonly probe: Probe;
  readonly refusals: RefusalCounts;
  isStopping(): boolean;
  readonly version: string;
}

/** All families, in the order of a scrape. */
export function metricFamilies(sources: MetricSources): Family[] {
  return [...requestFamilies(sources), ...eventFamilies(sources), ...stateFamilies(sources)];
}

function requestFamilies({ meters }: MetricSources): Family[] {
  return [
    counted('requests_total', 'Requests, by who answered and what became of them', meters.requests),
    counted(
      'signed_requests_accepted_total',
      'Signed requests that were accepted, by signature method',
      meters.accepted,
    ),
    counted(
      'signed_requests_refused_total',
      'Signed requests that were refused, by problem and by the method that they name',
      meters.refused,
    ),
    counted(
      'upstream_answers_total',
      'Answers of the application behind, by class of their status; none where it gave none',
      meters.upstreamAnswers,
    ),
    histogram(
      'gateway_request_seconds',
      'Time from the head of a request to the end of its answer, in the gateway',
      meters.gateway,
    ),
    histogram(
      'gateway_verification_seconds',
      'Time that judging a signed request took in the gateway, the nonce included',
      meters.verification,
    ),
    histogram(
      'gateway_upstream_seconds',
      'Time until the answer of the application behind began',
      meters.upstream,
    ),
    histogram(
      'request_timestamp_offset_seconds',
      'How far the timestamps of accepted requests were ahead of our clock; a median away from zero means that our clock is wrong',
      meters.timestampOffset,
    ),
  ];
}

function eventFamilies({ meters, refusals }: MetricSources): Family[] {
  return [
    counted('tokens_total', 'What happened to tokens, by this process', meters.tokens),
    counted('logins_total', 'Attempts to log in', meters.logins),
    counted('outbound_requests_total', 'Requests of ours to other servers', meters.outbound),
    family(
      'refusals_recorded_total',
      'Refusals that were kept for explaining',
      'counter',
      () => refusals.recorded,
    ),
    family(
      'refusals_dropped_total',
      'Refusals that were not kept, since there were too many at once',
      'counter',
      () => refusals.dropped,
    ),
  ];
}

function stateFamilies({ probe, isStopping, version }: MetricSources): Family[] {
  const nonces = async (
    pick: (status: NonNullable<Awaited<ReturnType<Probe['nonces']>>>) => number | null,
  ) => {
    const status = await probe.nonces();
    return status === null ? null : pick(status);
  };
  return [
    family('database_up', 'Whether the database answered this scrape', 'gauge', async () =>
      (await probe.database()) === null ? 0 : 1,
    ),
    family('database_probe_seconds', 'Time in which the database answered this scrape', 'gauge', () =>
      probe.database(),
    ),
    family('nonces_up', 'Whether nonces can be burnt', 'gauge', async () =>
      (await probe.nonces()) === null ? 0 : 1,
    ),
    family('nonces_remembered', 'Nonces that are remembered; absent where nobody counts them', 'gauge', () =>
      nonces(({ remembered }) => remembered),
    ),
    family('nonces_floor_timestamp_seconds', 'Timestamps up to this one are refused', 'gauge', () =>
      nonces(({ floor }) => floor),
    ),
    family(
      'nonces_lease_timestamp_seconds',
      'Timestamps up to this one are accepted without another promise on disk; absent where none is needed',
      'gauge',
      () => nonces(({ leaseUntil }) => leaseUntil),
    ),
    {
      ...family('ends_soon', `Keys and secrets that end within ${ENDS_SOON_DAYS} days`, 'gauge', () => null),
      labels: ['kind'],
      read: () => endingSamples(probe),
    },
    family('stopping', 'Whether the server is draining', 'gauge', () => (isStopping() ? 1 : 0)),
    {
      ...family('build_info', 'The version that runs', 'gauge', () => 1),
      labels: ['version', 'node'],
      read: () => [{ labels: { version, node: process.versions.node }, value: 1 }],
    },
  ];
}

/** All kinds, those of which there are none as well, so that an alert can be about any of them. */
async function endingSamples(probe: Probe): Promise<Sample[]> {
  const endings = await probe.endings();
  if (endings === null) return [];
  return ENDING_KINDS.map((kind) => ({
    labels: { kind },
    value: endings.filter((ending) => ending.kind === kind).length,
  }));
}

const PREFIX = 'countersign_';

function counted(name: string, help: string, tally: Meters['requests']): Family {
  return { name: PREFIX + name, help, type: 'counter', labels: tally.labels, read: () => tally.read() };
}

function histogram(name: string, help: string, distribution: Meters['gateway']): Family {
  const full = PREFIX + name;
  return { name: full, help, type: 'histogram', labels: [], read: () => distribution.read(full) };
}

/** A single number; null leaves it out of the scrape. */
function family(
  name: string,
  help: string,
  type: 'counter' | 'gauge',
  read: () => number | null | Promise<number | null>,
): Family {
  return {
    name: PREFIX + name,
    help,
    type,
    labels: [],
    async read(): Promise<Sample[]> {
      const value = await read();
      return value === null ? [] : [{ labels: {}, value }];
    },
  };
}
