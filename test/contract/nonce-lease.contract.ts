/** What every database must keep for nonces that are burned elsewhere: one era in force, and a ceiling that never sinks. */
import { deepEqual, equal } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { NonceLease } from '../../src/model/index.ts';
import { NOW } from '../support/records.ts';

/** Two leases on one new database, as two servers hold them, and how all is closed. */
export interface OpenedLeases {
  readonly leases: readonly [NonceLease, NonceLease];
  /** Lets a store in the database itself burn nonces, as a server with other settings would. */
  burnInDatabase(): Promise<void>;
  close(): Promise<void>;
}

/** Runs the contract over one database. */
export function describeNonceLease(name: string, open: () => Promise<OpenedLeases>): void {
  describe(`the lease of nonces in ${name}`, () => {
    let opened: OpenedLeases;
    let one: NonceLease;
    let other: NonceLease;
    beforeEach(async () => {
      opened = await open();
      [one, other] = opened.leases;
    });
    afterEach(() => opened.close());

    it('begins at nothing where no nonce was ever burned, and is the same for the next server', async () => {
      deepEqual(await one.take('first', NOW), { id: 'first', ceiling: 0 });
      deepEqual(await other.take('second', NOW), { id: 'first', ceiling: 0 });
    });

    it('begins above all that a store of another kind may have accepted', async () => {
      await opened.burnInDatabase();
      deepEqual(await one.take('first', NOW), { id: 'first', ceiling: NOW });
    });

    it('is raised for the era in force, never lowered, and not for another era', async () => {
      await one.take('first', NOW);
      equal(await one.raise('first', 20), true);
      equal(await other.raise('first', 10), true);
      equal(await other.raise('unknown', 30), false);
      deepEqual(await one.read(), { id: 'first', ceiling: 20 });
    });

    it('goes to one of two that replace the same era, with the ceiling', async () => {
      await one.take('first', NOW);
      await one.raise('first', 20);
      const eras = await Promise.all([one.replace('first', 'a'), other.replace('first', 'b')]);
      equal(eras[0]?.id, eras[1]?.id);
      equal(eras[0]?.ceiling, 20);
      equal(await one.raise('first', 30), false);
    });

    it('keeps the highest of many raises that come together', async () => {
      await one.take('first', NOW);
      const ceilings = Array.from({ length: 20 }, (_, index) => 100 + index);
      await Promise.all(ceilings.map((ceiling) => [one, other][ceiling % 2]!.raise('first', ceiling)));
      equal((await one.read())?.ceiling, 119);
    });

    it('is nobody’s while a store of another kind burns', async () => {
      await one.take('first', NOW);
      await opened.burnInDatabase();
      equal(await one.read(), null);
      equal(await one.raise('first', 20), false);
      equal(await one.replace('first', 'second'), null);
      deepEqual(await other.take('third', NOW), { id: 'third', ceiling: NOW });
    });
  });
}
