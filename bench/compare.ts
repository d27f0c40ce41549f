/** Comparison in pairs: both sides are measured in turn, so a machine that drifts drifts for both. */
import { setTimeout as pause } from 'node:timers/promises';
import { type LoadResult, sendAll } from './load.ts';
import type { MeasuredServer } from './processes.ts';

/** One side of a comparison: where requests go, and what they are. */
export interface Side {
  readonly name: string;
  readonly server: MeasuredServer;
  /** New requests for one round. */
  prepare(count: number): Buffer[];
}

/** Medians over all rounds. */
export interface Comparison {
  readonly ours: number;
  readonly limit: number;
  /** Median of the rounds' ratios ours / limit. */
  readonly ratio: number;
  /** Median latency in milliseconds. */
  readonly oursMedianMs: number;
  readonly limitMedianMs: number;
  /** Processor time of one request in microseconds, as the system accounts it: steadier than the clock. */
  readonly oursCpu: number;
  readonly limitCpu: number;
  /** Median of the rounds' ratios limitCpu / oursCpu. */
  readonly cpuRatio: number;
}

/** How much is sent. */
export interface Amount {
  readonly rounds: number;
  readonly requests: number;
  readonly connections: number;
  /** Requests to warm up with; those of a round unless given. */
  readonly warmUp?: number;
  /** Resolves when a server does nothing for the first time any more; then it is warmed up a second time, by a round. */
  readonly settled?: Promise<unknown>;
}

/**
 * Requests until a server's code is compiled as it will stay: until then it is the compiler that is measured, and the more of
 * it the more code there is.
 */
export const WARM_UP = 30_000;

/**
 * A server that has just been started, until its first housekeeping is over, twenty seconds later: what that runs for the
 * first time makes the engine compile some of a request's code anew, once in the life of a server.
 */
export const settled = (): Promise<unknown> => pause(22_000);

/** Measures both sides in turn, after some rounds to warm up that do not count. */
export async function compare(ours: Side, limit: Side, amount: Amount): Promise<Comparison> {
  const [ofOurs, ofLimit] = await measureInTurn([ours, limit], amount);
  return comparison(ofOurs!, ofLimit!);
}

/** The rounds of each side, taken in turn, after some to warm up that do not count. */
export async function measureInTurn(
  sides: readonly Side[],
  amount: Amount,
): Promise<readonly (readonly Measurement[])[]> {
  const rounds = sides.map((): Measurement[] => []);
  const warmUp = { ...amount, requests: amount.warmUp ?? amount.requests };
  for (const side of sides) await measure(side, warmUp);
  if (amount.settled !== undefined) {
    await amount.settled;
    for (const side of sides) await measure(side, amount);
  }
  for (let round = 0; round < amount.rounds; round += 1) {
    for (const [index, side] of sides.entries()) rounds[index]!.push(await measure(side, amount));
  }
  return rounds;
}

/** Two sides that were measured in turn. */
export function comparison(ours: readonly Measurement[], limit: readonly Measurement[]): Comparison {
  const pairs = ours.map((measured, round) => ({ ours: measured, limit: limit[round]! }));
  return {
    ours: median(ours.map(({ perSecond }) => perSecond)),
    limit: median(limit.map(({ perSecond }) => perSecond)),
    ratio: median(pairs.map((pair) => pair.ours.perSecond / pair.limit.perSecond)),
    oursMedianMs: median(ours.map(({ medianMs }) => medianMs)),
    limitMedianMs: median(limit.map(({ medianMs }) => medianMs)),
    oursCpu: median(ours.map(({ cpu }) => cpu)),
    limitCpu: median(limit.map(({ cpu }) => cpu)),
    cpuRatio: median(pairs.map((pair) => pair.limit.cpu / pair.ours.cpu)),
  };
}

/** One round on one side. */
export interface Measurement extends LoadResult {
  /** Processor time of the server for one request, in microseconds. */
  readonly cpu: number;
}

/** Sends one round to one side; anything but 200 means that the comparison would be worthless. */
export async function measure(
  { name, server, prepare }: Side,
  { requests, connections }: Amount,
): Promise<Measurement> {
  const prepared = prepare(requests);
  const before = server.cpuMicroseconds();
  const result = await sendAll(server.port, prepared, connections);
  const accepted = result.statuses.get(200) ?? 0;
  if (accepted !== requests) {
    throw new Error(`${name} answered ${JSON.stringify([...result.statuses])} to ${requests} requests`);
  }
  return { ...result, cpu: (server.cpuMicroseconds() - before) / requests };
}

/** The middle of the numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
