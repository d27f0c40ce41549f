/** What every store of nonces must do: say 'fresh' once, and never about what it cannot be sure of. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { FixedClock } from '../../src/base/index.ts';
import type { NonceStore } from '../../src/model/index.ts';
import { NOW } from '../support/records.ts';

const WINDOW = 300;

/** Opens an empty store whose window is 300 s and whose quota is 1000 nonces a consumer. */
export type OpenNonces = (clock: FixedClock, windowSeconds: number, quota: number) => Promise<NonceStore>;

/** Runs the contract over one kind of store. */
export function describeNonces(name: string, open: OpenNonces): void {
  describe(`nonces in ${name}`, () => {
    let clock: FixedClock;
    let nonces: NonceStore;
    beforeEach(async () => {
      clock = new FixedClock(NOW);
      nonces = await open(clock, WINDOW, 1000);
    });
    afterEach(() => nonces.close());

    it('are fresh once', async () => {
      equal(await nonces.burn('wiki', 'token', NOW, 'n'), 'fresh');
      equal(await nonces.burn('wiki', 'token', NOW, 'n'), 'used');
    });

    it('are told apart by consumer, token, timestamp and text', async () => {
      const burns: [string, string, number, string][] = [
        ['wiki', 'token', NOW, 'n'],
        ['wiki', '', NOW, 'n'],
        ['wiki', 'token', NOW + 1, 'n'],
        ['wiki', 'token', NOW, 'N'],
        ['wikit', 'oken', NOW, 'n'],
        ['wiki', 'toke', NOW, 'nn'],
        ['wiki', 'token', NOW, 'ñ\u0000日本'],
      ];
      for (const burn of burns) equal(await nonces.burn(...burn), 'fresh', JSON.stringify(burn));
      for (const burn of burns) equal(await nonces.burn(...burn), 'used', JSON.stringify(burn));
    });

    it('are fresh for one of fifty that come together', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, () => nonces.burn('wiki', 't', NOW, 'n')),
      );
      equal(outcomes.filter((outcome) => outcome === 'fresh').length, 1);
      equal(outcomes.filter((outcome) => outcome === 'used').length, 49);
    });

    it('are accepted from the whole window, ahead of the clock too', async () => {
      equal(await nonces.burn('wiki', 't', NOW + WINDOW, 'n'), 'fresh');
      equal(await nonces.burn('wiki', 't', NOW + WINDOW, 'n'), 'used');
    });

    it('say up to which timestamp they are sure of nothing, and how many they remember', async () => {
      const before = await nonces.status();
      equal(before.floor, nonces.earliestTimestamp() - 1);
      equal(await nonces.burn('wiki', 't', NOW + 1, 'n'), 'fresh');
      const { remembered, leaseUntil } = await nonces.status();
      ok(remembered === null || remembered === (before.remembered ?? 0) + 1);
      ok(leaseUntil === null || leaseUntil > NOW);
    });

    it('are never accepted again when the clock is moved back after they were forgotten', async () => {
      equal(await nonces.burn('wiki', 't', NOW, 'n'), 'fresh');
      clock.advance(600);
      equal(await nonces.burn('wiki', 't', NOW + 600, 'later'), 'fresh');
      clock.advance(-600);
      equal(await nonces.burn('wiki', 't', NOW, 'n'), 'unsure');
      ok(nonces.earliestTimestamp() > NOW);
    });

    it('of one consumer are limited in number, until its old ones are forgotten', async () => {
      const burn = (index: number, at: number) => nonces.burn('greedy', 't', at, `n${index}`);
      const outcomes = await Promise.all(Array.from({ length: 1000 }, (_, index) => burn(index, NOW)));
      deepEqual(new Set(outcomes), new Set(['fresh']));
      equal(await burn(1000, NOW), 'limited');
      equal(await nonces.burn('modest', 't', NOW, 'n'), 'fresh');
      clock.advance(WINDOW + 10);
      equal(await burn(1001, NOW + WINDOW + 10), 'fresh');
    });
  });
}
