/** Comparison in pairs: both sides are measured in turn, so a machine that drifts drifts for both. */
import { type LoadResult, sendAll } from './load.ts';

/** One side of a comparison: where requests go, and what they are. */
export interface Side {
  readonly name: string;
  readonly port: number;
  /** New requests for one round. */
  prepare(count: number): Buffer[];
}

/** Medians over all rounds. */
export interface Comparison {
  readonly ours: number;
  readonly limit: number;
  /** Median of the rounds' ratios ours / limit. */
  readonly ratio: number;
  readonly oursMedianMs: number;
  readonly limitMedianMs: number;
}

/** How much is sent. */
export interface Amount {
  readonly rounds: number;
  readonly requests: number;
  readonly connections: number;
}

/** Measures both sides in turn, after one round to warm up that does not count. */
export async function compare(ours: Side, limit: Side, amount: Amount): Promise<Comparison> {
  const pairs: { ours: LoadResult; limit: LoadResult }[] = [];
  for (let round = 0; round <= amount.rounds; round += 1) {
    const pair = { ours: await measure(ours, amount), limit: await measure(limit, amount) };
    if (round > 0) pairs.push(pair);
  }
  return {
    ours: median(pairs.map((pair) => pair.ours.perSecond)),
    limit: median(pairs.map((pair) => pair.limit.perSecond)),
    ratio: median(pairs.map((pair) => pair.ours.perSecond / pair.limit.perSecond)),
    oursMedianMs: median(pairs.map((pair) => pair.ours.medianMs)),
    limitMedianMs: median(pairs.map((pair) => pair.limit.medianMs)),
  };
}

/** Sends one round to one side; anything but 200 means that the comparison would be worthless. */
export async function measure(
  { name, port, prepare }: Side,
  { requests, connections }: Amount,
): Promise<LoadResult> {
  const result = await sendAll(port, prepare(requests), connections);
  const accepted = result.statuses.get(200) ?? 0;
  if (accepted !== requests) {
    throw new Error(`${name} answered ${JSON.stringify([...result.statuses])} to ${requests} requests`);
  }
  return result;
}

/** The middle of the numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
