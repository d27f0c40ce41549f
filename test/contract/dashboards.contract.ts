/** What every storage must do with dashboards and favourites. */
import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DashboardChoice, Storage } from '../../src/model/index.ts';
import { aDashboard, anEvent, aPlacedGadget, everything, NOW } from '../support/records.ts';
import { addOwners, type OpenStorage, withStorage } from './opened-storage.ts';

async function addAll(storage: Storage): Promise<void> {
  await addOwners(storage);
  await storage.dashboards.add(aDashboard('a', { name: 'zebra', sharing: 'everyone' }), anEvent());
  await storage.dashboards.add(aDashboard('b', { name: 'Apple', ownerName: 'Bob' }), null);
  await storage.dashboards.add(
    aDashboard('c', { name: 'mango', ownerName: 'Bob', sharing: 'everyone', updatedAt: NOW + 9 }),
    null,
  );
  await storage.dashboards.add(aDashboard('default', { ownerName: null, sharing: 'everyone' }), null);
}

export function describeDashboards(open: OpenStorage): void {
  describe('dashboards', () => {
    const opened = withStorage(open);

    it('come back as they were added, once for each id', async () => {
      const { storage } = opened;
      await addOwners(storage);
      const gadgets = [
        aPlacedGadget('one', { preferences: { 'a b': 'ü"\n' }, title: 'Mine', refreshSeconds: 300 }),
        aPlacedGadget('two', { column: 1, isMinimised: true }),
      ];
      const dashboard = aDashboard('a', { gadgets });
      equal(await storage.dashboards.add(dashboard, anEvent()), true);
      equal(await storage.dashboards.add(aDashboard('a', { name: 'Another' }), anEvent()), false);
      deepEqual(await storage.dashboards.find('a'), dashboard);
      equal(await storage.dashboards.find('b'), null);
      equal((await storage.audit.list({ object: 'wiki' }, everything('at'))).rows.length > 0, true);
    });

    it('are counted by a gadget that stands on them, however often, and by no similar one', async () => {
      const { storage } = opened;
      await addOwners(storage);
      const twice = ['one', 'two'].map((id) => aPlacedGadget(id, { specUrl: 'https://a.example/Clock.xml' }));
      await storage.dashboards.add(aDashboard('a', { gadgets: twice }), null);
      await storage.dashboards.add(aDashboard('b', { ownerName: 'Bob', gadgets: twice }), null);
      await storage.dashboards.add(aDashboard('c', { gadgets: [] }), null);
      equal(await storage.dashboards.countWith('https://a.example/Clock.xml'), 2);
      equal(await storage.dashboards.countWith('https://a.example/clock.xml'), 0);
      equal(await storage.dashboards.countWith('https://a.example/Clock.xm'), 0);
    });

    it('belong to a user who is there, or to nobody', async () => {
      const { storage } = opened;
      await addOwners(storage);
      equal(await storage.dashboards.add(aDashboard('a', { ownerName: 'Nobody' }), anEvent()), false);
      equal(await storage.dashboards.add(aDashboard('default', { ownerName: null }), null), true);
    });

    it('are changed by whoever saw the present one, and keep their owner', async () => {
      const { storage } = opened;
      await addAll(storage);
      const changed = aDashboard('a', { name: 'New', ownerName: 'Bob', gadgets: [], updatedAt: NOW + 1 });
      equal(await storage.dashboards.update(changed, NOW - 1, null), false);
      equal(await storage.dashboards.update({ ...changed, id: 'none' }, NOW, null), false);
      equal(await storage.dashboards.update(changed, NOW, anEvent()), true);
      deepEqual(await storage.dashboards.find('a'), { ...changed, ownerName: 'Alice' });
      const { rows } = await storage.dashboards.listVisible('bob', 'shared', {
        ...everything('name'),
        search: 'ALICE',
      });
      equal(rows.length, 0, 'it is private by now');
    });

    it('are listed as one’s own, as shared, and as favourites that one may see', async () => {
      const { storage } = opened;
      const { dashboards } = storage;
      await addAll(storage);
      const ids = async (choice: DashboardChoice, search = '') =>
        (await dashboards.listVisible('ALICE', choice, { ...everything('name'), search })).rows.map(
          ({ dashboard }) => dashboard.id,
        );
      deepEqual(await ids('own'), ['a']);
      deepEqual(await ids('shared'), ['c', 'a']);
      deepEqual(await ids('favourite'), []);
      for (const id of ['a', 'b', 'c']) equal(await dashboards.setFavourite('alice', id, true), true);
      deepEqual(await ids('favourite'), ['c', 'a']);
      deepEqual(await ids('shared', 'bob'), ['c']);
      deepEqual(await ids('shared', '%'), []);
    });

    it('are ordered and paged', async () => {
      const { dashboards } = opened.storage;
      await addAll(opened.storage);
      await dashboards.setFavourite('Alice', 'a', true);
      const first = async (sort: 'name' | 'updated' | 'popular') =>
        dashboards.listVisible('Bob', 'shared', { ...everything(sort), descending: true, limit: 1 });
      equal((await first('name')).rows[0]?.dashboard.id, 'a');
      equal((await first('updated')).rows[0]?.dashboard.id, 'c');
      const popular = await first('popular');
      deepEqual([popular.rows[0]?.dashboard.id, popular.total], ['a', 2]);
      deepEqual([popular.rows[0]?.favourites, popular.rows[0]?.isFavourite], [1, false]);
    });

    it('are shared in the order of their marks, however often these and their sharing change', async () => {
      const { dashboards } = opened.storage;
      await addAll(opened.storage);
      const shared = async () => {
        const query = { ...everything('popular' as const), descending: true };
        const { rows } = await dashboards.listVisible('Bob', 'shared', query);
        return rows.map(({ dashboard: { id }, favourites }) => `${id} ${favourites}`);
      };
      for (const [user, id] of [
        ['Alice', 'b'],
        ['Bob', 'b'],
        ['Bob', 'c'],
        ['Bob', 'c'],
      ] as const)
        await dashboards.setFavourite(user, id, true);
      deepEqual(await shared(), ['c 1', 'a 0']);
      const b = await dashboards.find('b');
      await dashboards.update({ ...b!, sharing: 'everyone' }, b!.updatedAt, null);
      deepEqual(await shared(), ['b 2', 'c 1', 'a 0']);
      await dashboards.setFavourite('Bob', 'b', false);
      await dashboards.setFavourite('Alice', 'b', false);
      deepEqual(await shared(), ['c 1', 'a 0', 'b 0']);
    });

    it('are favourites of each user alone, until that user takes them back', async () => {
      const { dashboards } = opened.storage;
      await addAll(opened.storage);
      equal(await dashboards.setFavourite('Alice', 'c', true), true);
      equal(await dashboards.setFavourite('alice', 'c', true), true);
      equal(await dashboards.isFavourite('ALICE', 'c'), true);
      equal(await dashboards.isFavourite('Bob', 'c'), false);
      equal(await dashboards.setFavourite('Alice', 'c', false), true);
      equal(await dashboards.isFavourite('Alice', 'c'), false);
      equal(await dashboards.setFavourite('Alice', 'none', true), false);
      equal(await dashboards.setFavourite('Nobody', 'c', true), false);
    });

    it('go with their owner, and favourites with their user and their dashboard', async () => {
      const { storage } = opened;
      const { dashboards } = storage;
      await addAll(storage);
      await dashboards.setFavourite('Bob', 'a', true);
      await dashboards.setFavourite('Alice', 'c', true);
      await storage.users.remove('Bob', anEvent());
      equal(await dashboards.find('b'), null);
      equal(await dashboards.isFavourite('Alice', 'c'), false);
      const { rows } = await dashboards.listVisible('Alice', 'own', everything('name'));
      equal(rows[0]?.favourites, 0);
      equal(await dashboards.remove('a', anEvent()), true);
      equal(await dashboards.remove('a', anEvent()), false);
      equal((await dashboards.find('default'))?.ownerName, null);
    });
  });
}
