/**
 * Counts how often a promise was tried and how often it was broken. Every file of this directory prints a line for
 * each part that it tries; where `FAULTS_RECORD` names a file, the counts are appended to it too, and with
 * `FAULTS_SECONDS` each loop goes on for so long, or until a count is reached: see `Rounds` and tools/run-faults.ts.
 */
import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { after, afterEach } from 'node:test';
import { placeOfStores } from '../support/stores.ts';
import type { Count, Place, PromiseNumber } from './promises.ts';

const MOST_REMEMBERED = 20;

/** The tally of one part of a promise. */
export interface Tally {
  /** Counts one try. @param what is remembered and shown if the promise was broken */
  try(isKept: boolean, what?: string): void;
  /** Counts many tries of one kind at once. */
  add(tries: number, violations: number, what?: string): void;
  /** @throws {AssertionError} naming what broke the promise */
  assertKept(): void;
}

/**
 * Begins to count; to be called in the body of a `describe` (or of the file), at whose end the line is printed.
 * @param place where installations of this run keep their data, unless told
 */
export function tallyOf(promise: PromiseNumber, part: string, place: Place = placeOfStores()): Tally {
  let [tries, violations] = [0, 0];
  const broken: string[] = [];
  after(() => {
    if (tries === 0) return;
    const over = place === null ? '' : `, over ${place}`;
    console.log(`promise ${promise}: ${tries} tries, ${violations} violations (${part}${over})`);
    const count: Count = { promise, part, place, tries, violations };
    if (process.env.FAULTS_RECORD !== undefined) {
      appendFileSync(process.env.FAULTS_RECORD, `${JSON.stringify(count)}\n`);
    }
  });
  const add = (tried: number, violated: number, what = '') => {
    tries += tried;
    violations += violated;
    if (violated > 0 && broken.length < MOST_REMEMBERED) broken.push(what);
  };
  return {
    try: (isKept, what) => add(1, isKept ? 0 : 1, what),
    add,
    assertKept: () => assert.deepEqual(broken, [], `promise ${promise} is broken`),
  };
}

/** Counts every test of the surrounding `describe` as one try, broken if it fails. */
export function countTests(promise: PromiseNumber, part: string, place: Place): void {
  const tally = tallyOf(promise, part, place);
  afterEach((test) => tally.try('passed' in test && test.passed));
}

/** How often a loop is gone through. */
export interface Rounds {
  /** In every run of the tests. */
  readonly usually: number;
  /** In a long run, unless its time is over before. */
  readonly long: number;
  /** In a long run however long it takes, where the count itself is published. None unless told. */
  readonly promised?: number;
}

/** Whether the run is one that reaches what is published. */
export function isLongRun(): boolean {
  return process.env.FAULTS_SECONDS !== undefined;
}

/** Goes through the rounds of a loop, from 0. */
export function* rounds({ usually, long, promised = 0 }: Rounds): Generator<number> {
  const seconds = Number(process.env.FAULTS_SECONDS ?? 0);
  const least = isLongRun() ? Math.max(usually, promised) : usually;
  const end = performance.now() + seconds * 1000;
  for (let round = 0; round < Math.max(long, least); round += 1) {
    if (round >= least && performance.now() >= end) return;
    yield round;
  }
}
