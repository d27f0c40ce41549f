import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  ALICE,
  BOB,
  createGadgetsWorld,
  type GadgetsWorld,
  refusalOf,
} from '../../../test/support/gadgets-world.ts';
import { anEvent, aPlacedGadget, everything } from '../../../test/support/records.ts';
import { MAXIMUM_GADGETS, SYSTEM_DASHBOARD_ID } from '../../model/index.ts';
import { setOwnGadgetHidden } from '../directory/gadgets.ts';
import { BOUNDS } from '../mistake.ts';
import {
  copyDashboard,
  createDashboard,
  editDashboard,
  listDashboards,
  removeDashboard,
  setFavourite,
} from './dashboards.ts';
import {
  configureGadget,
  duplicateGadget,
  moveGadget,
  placeGadget,
  takeGadgetAway,
} from './placed-gadgets.ts';
import { findPlaced, seeDashboard } from './see.ts';

const FIELDS = { name: 'Mine', description: '', layout: 'AA', sharing: 'private' };
const CLOCK = 'https://wiki.example/rest/gadgets/1.0/g/clock.xml';

let world: GadgetsWorld;
beforeEach(async () => {
  world = await createGadgetsWorld();
});

/** A dashboard of bob's with these gadgets, by their ids and columns. */
async function bobsWith(...gadgets: readonly [id: string, column: number][]) {
  const { context } = world;
  const dashboard = await createDashboard(context, BOB, { ...FIELDS, layout: 'AAA' });
  const placed = gadgets.map(([id, column]) => aPlacedGadget(id, { column, specUrl: CLOCK }));
  await context.storage.dashboards.update({ ...dashboard, gadgets: placed }, dashboard.updatedAt, null);
  return { id: dashboard.id, expectedUpdatedAt: null };
}

describe('a dashboard', () => {
  it('is its owner’s: others see it only when it is shared, and never change it', async () => {
    const { context } = world;
    const { id } = await createDashboard(context, BOB, FIELDS);
    const of = { id, expectedUpdatedAt: null };
    deepEqual((await seeDashboard(context, BOB, id)).mayEdit, true);
    deepEqual(await refusalOf(seeDashboard(context, ALICE, id)), ['dashboard-unknown']);
    deepEqual(await refusalOf(setFavourite(context, ALICE, id, true)), ['dashboard-unknown']);
    deepEqual(await refusalOf(copyDashboard(context, ALICE, id, 'x')), ['dashboard-unknown']);
    await editDashboard(context, BOB, of, { sharing: 'everyone' });
    deepEqual((await seeDashboard(context, ALICE, id)).mayEdit, false);
    deepEqual(await refusalOf(editDashboard(context, ALICE, of, { name: 'Hers' })), ['not-yours']);
    deepEqual(await refusalOf(placeGadget(context, ALICE, of, CLOCK)), ['not-yours']);
    deepEqual(await refusalOf(removeDashboard(context, ALICE, id)), ['not-yours']);
    await removeDashboard(context, { name: 'BOB', isAdministrator: false }, id);
    deepEqual(await refusalOf(seeDashboard(context, BOB, id)), ['dashboard-unknown']);
  });

  it('tells every mistake of a form at once', async () => {
    const wrong = { name: ' ', description: 'x'.repeat(501), layout: 'ABC', sharing: 'some' };
    deepEqual(await refusalOf(createDashboard(world.context, BOB, wrong)), [
      'name-missing',
      'description-too-long',
      'layout-unknown',
      'sharing-unknown',
    ]);
    const deceiving = { ...FIELDS, name: 'a\u202eb' };
    deepEqual(await refusalOf(createDashboard(world.context, BOB, deceiving)), ['forbidden-character']);
  });

  it('is copied with everything on it, for the one who copies', async () => {
    const { context } = world;
    const of = await bobsWith(['one', 0], ['two', 2]);
    await editDashboard(context, BOB, of, { sharing: 'everyone' });
    const copy = await copyDashboard(context, ALICE, of.id, 'Copy');
    deepEqual([copy.ownerName, copy.sharing, copy.layout], ['alice', 'private', 'AAA']);
    deepEqual(
      copy.gadgets.map(({ column }) => column),
      [0, 2],
    );
    notEqual(copy.gadgets[0]?.id, 'one');
  });

  it('moves the gadgets of columns that vanish to the end of the last one', async () => {
    const of = await bobsWith(['c', 2], ['b', 1], ['a', 0]);
    const { gadgets } = await editDashboard(world.context, BOB, of, { layout: 'BA' });
    deepEqual(
      gadgets.map(({ id, column }) => `${id}${column}`),
      ['b1', 'a0', 'c1'],
    );
    const single = await editDashboard(world.context, BOB, of, { layout: 'A' });
    deepEqual(
      single.gadgets.map(({ id, column }) => `${id}${column}`),
      ['a0', 'b0', 'c0'],
    );
  });

  it('is changed by whoever saw the present one', async () => {
    const { context } = world;
    const first = await createDashboard(context, BOB, FIELDS);
    const of = { id: first.id, expectedUpdatedAt: first.updatedAt };
    const second = await editDashboard(context, BOB, of, { name: 'Second' });
    ok(second.updatedAt > first.updatedAt, 'even within one second');
    deepEqual(await refusalOf(editDashboard(context, BOB, of, { name: 'Late' })), ['changed-meanwhile']);
    deepEqual(await refusalOf(placeGadget(context, BOB, of, CLOCK)), ['changed-meanwhile']);
  });

  it('loses no change of several that are right whatever it is', async () => {
    const { context } = world;
    const of = await bobsWith();
    await Promise.all([1, 2, 3].map(() => placeGadget(context, BOB, of, CLOCK)));
    equal((await seeDashboard(context, BOB, of.id)).dashboard.gadgets.length, 3);
  });

  it('is one of so many that a user may have', async () => {
    const { context } = world;
    for (let count = 0; count < BOUNDS.dashboards; count += 1) await createDashboard(context, BOB, FIELDS);
    deepEqual(await refusalOf(createDashboard(context, BOB, FIELDS)), ['too-many-dashboards']);
    await createDashboard(context, ALICE, FIELDS);
  });

  it('is listed with the marks of the one who asks', async () => {
    const { context } = world;
    const { id } = await createDashboard(context, BOB, { ...FIELDS, sharing: 'everyone' });
    await setFavourite(context, ALICE, id, true);
    const { rows } = await listDashboards(context, ALICE, 'favourite', everything('name'));
    deepEqual(
      rows.map(({ dashboard, isFavourite, favourites }) => [dashboard.id, isFavourite, favourites]),
      [[id, true, 1]],
    );
  });

  it('leaves what users arrange for themselves out of the audit log, and what they share in it', async () => {
    const { context } = world;
    const of = await bobsWith();
    await placeGadget(context, BOB, of, CLOCK);
    equal((await world.lastEvent())?.action, 'dashboard.add');
    await editDashboard(context, BOB, of, { sharing: 'everyone' });
    deepEqual((await world.lastEvent())?.after, { sharing: 'everyone' });
  });
});

describe('this installation’s own gadgets', () => {
  it('stay on dashboards when the public URL changes', async () => {
    const { context } = world;
    const { id } = await createDashboard(context, BOB, FIELDS);
    const of = { id, expectedUpdatedAt: null };
    const { placedId } = await placeGadget(context, BOB, of, CLOCK);
    await placeGadget(context, ALICE, { ...of, id: SYSTEM_DASHBOARD_ID }, CLOCK);
    const elsewhere = (url: string) => url.replace('https://wiki.example', 'https://intranet.example/wiki');
    const moved = {
      ...context,
      publicUrl: elsewhere(context.publicUrl),
      ownGadgets: context.ownGadgets.map((own) => ({ ...own, specUrl: elsewhere(own.specUrl) })),
    };
    const placed = await findPlaced(moved, BOB, id, placedId);
    deepEqual([placed?.gadget.isOwn, placed?.gadget.specUrl], [true, elsewhere(CLOCK)]);
    const { rows } = await listDashboards(moved, BOB, 'own', everything('name'));
    const { dashboard: system } = await seeDashboard(moved, BOB, SYSTEM_DASHBOARD_ID);
    const copy = await copyDashboard(moved, ALICE, SYSTEM_DASHBOARD_ID, 'Copy');
    for (const { gadgets } of [rows[0]!.dashboard, system, copy]) {
      ok(gadgets.some(({ specUrl }) => specUrl === elsewhere(CLOCK)));
    }
    await takeGadgetAway(moved, BOB, of, placedId);
    equal((await seeDashboard(moved, BOB, id)).dashboard.gadgets.length, 0);
  });

  it('that are published no more are told as gone', async () => {
    const { context } = world;
    const { id } = await createDashboard(context, BOB, FIELDS);
    const { placedId } = await placeGadget(context, BOB, { id, expectedUpdatedAt: null }, CLOCK);
    equal(await findPlaced({ ...context, ownGadgets: [] }, BOB, id, placedId), null);
  });
});

describe('a shared dashboard', () => {
  it('is in the audit log when others see something else on it, not when its owner moves things about', async () => {
    const { context } = world;
    const of = await bobsWith(['a', 0], ['b', 0]);
    await editDashboard(context, BOB, of, { sharing: 'everyone' });
    const noted = async () => {
      const { rows } = await context.storage.audit.list({ action: 'dashboard.edit' }, everything('at'));
      return rows.length;
    };
    equal(await noted(), 1);
    await moveGadget(context, BOB, of, 'a', { column: 1, above: null });
    await configureGadget(context, BOB, of, 'a', { isMinimised: true, color: 'red' });
    equal(await noted(), 1);
    await configureGadget(context, BOB, of, 'a', { preferences: { zone: 'UTC' } });
    deepEqual((await world.lastEvent())?.after, { configured: [CLOCK] }, 'never what was entered');
    await takeGadgetAway(context, BOB, of, 'a');
    const { before, after } = (await world.lastEvent())!;
    deepEqual([before, after], [{ gadgets: [CLOCK, CLOCK] }, { gadgets: [CLOCK] }]);
    await placeGadget(context, BOB, of, CLOCK);
    equal(await noted(), 4);
  });
});

describe('the system default', () => {
  const of = { id: SYSTEM_DASHBOARD_ID, expectedUpdatedAt: null };

  it('is there before anybody made it, with gadgets of this installation', async () => {
    const { dashboard, mayEdit } = await seeDashboard(world.context, BOB, SYSTEM_DASHBOARD_ID);
    equal(mayEdit, false);
    deepEqual(
      dashboard.gadgets.map(({ specUrl }) => specUrl.split('/').at(-1)),
      ['connections.xml', 'clock.xml'],
    );
  });

  it('is changed by administrators only, and the log knows it', async () => {
    const { context } = world;
    deepEqual(await refusalOf(placeGadget(context, BOB, of, CLOCK)), ['administrators-only']);
    await placeGadget(context, ALICE, of, CLOCK);
    equal((await world.lastEvent())?.action, 'dashboard.edit');
    equal((await seeDashboard(context, BOB, SYSTEM_DASHBOARD_ID)).dashboard.gadgets.length, 3);
  });

  it('loses nothing when two administrators change it for the first time together', async () => {
    const { context } = world;
    await Promise.all([placeGadget(context, ALICE, of, CLOCK), placeGadget(context, ALICE, of, CLOCK)]);
    equal((await seeDashboard(context, BOB, SYSTEM_DASHBOARD_ID)).dashboard.gadgets.length, 4);
  });

  it('is never removed or hidden', async () => {
    const { context } = world;
    deepEqual(await refusalOf(removeDashboard(context, ALICE, SYSTEM_DASHBOARD_ID)), ['default-stays']);
    const hidden = editDashboard(context, ALICE, of, { sharing: 'private' });
    deepEqual(await refusalOf(hidden), ['default-stays']);
  });
});

describe('gadgets on a dashboard', () => {
  const order = (gadgets: readonly { id: string; column: number }[]) =>
    gadgets.map(({ id, column }) => `${id}${column}`).join(' ');

  it('come from the directory, at the top of the first column, and are at most twenty', async () => {
    const { context } = world;
    const of = await bobsWith(['a', 0]);
    const unknown = placeGadget(context, BOB, of, 'https://evil.example/spec.xml');
    deepEqual(await refusalOf(unknown), ['gadget-unknown']);
    const { dashboard, placedId } = await placeGadget(context, BOB, of, CLOCK);
    equal(order(dashboard.gadgets), `${placedId}0 a0`);
    for (let count = 2; count < MAXIMUM_GADGETS; count += 1) await placeGadget(context, BOB, of, CLOCK);
    deepEqual(await refusalOf(placeGadget(context, BOB, of, CLOCK)), ['too-many-gadgets']);
    deepEqual(await refusalOf(duplicateGadget(context, BOB, of, 'a')), ['too-many-gadgets']);
  });

  it('move within a column and to others', async () => {
    const { context } = world;
    const of = await bobsWith(['a', 0], ['b', 0], ['c', 1]);
    const move = async (id: string, column: number, above: string | null) =>
      order((await moveGadget(context, BOB, of, id, { column, above })).gadgets);
    equal(await move('b', 0, 'a'), 'b0 a0 c1');
    equal(await move('b', 0, null), 'a0 c1 b0');
    equal(await move('a', 1, 'c'), 'a1 c1 b0');
    equal(await move('a', 2, 'c'), 'c1 b0 a2');
    equal(await move('a', 2, 'a'), 'c1 b0 a2');
    for (const column of [-1, 3, 0.5, Number.NaN]) {
      const nowhere = moveGadget(context, BOB, of, 'a', { column, above: null });
      deepEqual(await refusalOf(nowhere), ['column-unknown']);
    }
    deepEqual(await refusalOf(moveGadget(context, BOB, of, 'x', { column: 0, above: null })), [
      'placed-unknown',
    ]);
  });

  it('are told preferences, and take a colour, a title, an interval and less room', async () => {
    const { context } = world;
    const of = await bobsWith(['a', 0], ['b', 0]);
    const changes = {
      preferences: { zone: 'UTC' },
      color: 'red',
      title: ' Mine ',
      isMinimised: true,
      refreshSeconds: 300,
    };
    const { gadgets } = await configureGadget(context, BOB, of, 'a', changes);
    const { preferences, color, title, isMinimised, refreshSeconds } = gadgets[0]!;
    deepEqual(
      [preferences, color, title, isMinimised, refreshSeconds],
      [{ zone: 'UTC' }, 'red', 'Mine', true, 300],
    );
    equal(gadgets[1]?.color, 'blue');
    const plain = await configureGadget(context, BOB, of, 'a', { title: ' ', refreshSeconds: null });
    deepEqual([plain.gadgets[0]?.title, plain.gadgets[0]?.refreshSeconds], [null, null]);
    const wrong = {
      color: 'plaid',
      title: 'x'.repeat(101),
      refreshSeconds: 5,
      preferences: { a: 'x'.repeat(BOUNDS.preferences) },
    };
    deepEqual(await refusalOf(configureGadget(context, BOB, of, 'a', wrong)), [
      'color-unknown',
      'title-too-long',
      'refresh-malformed',
      'preferences-too-long',
    ]);
  });

  it('are duplicated below themselves, and taken away', async () => {
    const { context } = world;
    const of = await bobsWith(['a', 1], ['b', 1]);
    const { dashboard, placedId } = await duplicateGadget(context, BOB, of, 'a');
    equal(order(dashboard.gadgets), `a1 ${placedId}1 b1`);
    deepEqual(dashboard.gadgets[1]?.preferences, dashboard.gadgets[0]?.preferences);
    equal(order((await takeGadgetAway(context, BOB, of, 'a')).gadgets), `${placedId}1 b1`);
    deepEqual(await refusalOf(takeGadgetAway(context, BOB, of, 'a')), ['placed-unknown']);
  });

  it('run for those who see the dashboard, while they are in the directory', async () => {
    const { context } = world;
    const of = await bobsWith(['a', 0]);
    const found = await findPlaced(context, BOB, of.id, 'a');
    deepEqual([found?.gadget.isOwn, found?.ownerName, found?.mayEdit], [true, 'bob', true]);
    equal(await findPlaced(context, ALICE, of.id, 'a'), null);
    equal(await findPlaced(context, BOB, of.id, 'x'), null);
    equal(await findPlaced(context, BOB, 'none', 'a'), null);
    await setOwnGadgetHidden(context, 'clock', true, 'alice');
    equal(await findPlaced(context, BOB, of.id, 'a'), null);
    await context.storage.users.remove('bob', anEvent());
    deepEqual(await refusalOf(seeDashboard(context, BOB, of.id)), ['dashboard-unknown']);
  });
});
