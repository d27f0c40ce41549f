import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NEWS_URL, openDashboards } from '../../../test/support/dashboards-world.ts';
import { readForms, readLinks, readText } from '../../../test/support/html-page.ts';
import type { PageBrowser } from '../../../test/support/pages-world.ts';
import { placeGadget } from '../../gadgets/index.ts';

type World = Awaited<ReturnType<typeof openDashboards>>;

const ALICE = { name: 'alice', isAdministrator: false };

/** Alice's browser, and a dashboard of hers with that many gadgets. */
async function alicesBoard(gadgetCount = 0) {
  const world = await openDashboards();
  const alice = world.browser();
  await alice.logIn('alice');
  const id = await make(alice, 'Team');
  for (let count = 0; count < gadgetCount; count += 1) {
    const specUrl = count % 2 === 0 ? NEWS_URL : world.clockUrl;
    await placeGadget(world.gadgets, ALICE, { id, expectedUpdatedAt: null }, specUrl);
  }
  return { world, alice, id };
}

async function make(browser: PageBrowser, name: string, sharing = 'private'): Promise<string> {
  const fields = { name, description: '', layout: 'AA', sharing };
  const answer = await browser.post('/dashboards/new', fields);
  assert.equal(answer.status, 303, await answer.clone().text());
  return (answer.headers.get('location') ?? '').split('/').at(-1) ?? '';
}

const textOf = async (answer: Response) => readText(await answer.text());

const boardOf = async (world: World, id: string) => (await world.gadgets.storage.dashboards.find(id))!;

describe('dashboards', () => {
  it('ask somebody who is not logged in to log in, and lead back', async () => {
    const answer = await (await openDashboards()).browser().get('/dashboards/default');
    assert.equal(answer.headers.get('location'), '/oauth/login?next=%2Fdashboards%2Fdefault');
  });

  it('show the default dashboard on the first visit, read-only and with a way to copy it', async () => {
    const world = await openDashboards();
    const alice = world.browser();
    await alice.logIn('alice');
    const first = await alice.get('/dashboards');
    assert.equal(first.headers.get('location'), '/dashboards/default');
    const page = await (await alice.get('/dashboards/default')).text();
    assert.match(readText(page), /Administrators arrange this dashboard/);
    assert.doesNotMatch(page, /Add gadget|data-grip|data-menu/);
    assert.ok(readLinks(page).some(({ label, href }) => label === 'Copy' && href.endsWith('?of=default')));
    await make(alice, 'Mine');
    assert.match(await textOf(await alice.get('/dashboards')), /Mine/);
  });

  it('keep the default one’s built-in name in the language of each reader, also after it was edited', async () => {
    const world = await openDashboards();
    const root = world.browser();
    await root.logIn('root');
    const form = readForms(await (await root.get('/dashboards/default/edit')).text()).find(({ action }) =>
      action.endsWith('/default/edit'),
    );
    assert.equal(form?.fields.get('name'), 'Default dashboard');
    await root.post('/dashboards/default/edit', { ...Object.fromEntries(form.fields), layout: 'AA' });
    const inJapanese = { 'accept-language': 'ja' };
    assert.match(await textOf(await root.get('/dashboards/default', inJapanese)), /既定のダッシュボード/);
  });

  it('of others are seen when they are shared, cannot be changed, and exist for nobody when they are not', async () => {
    const { world, alice, id } = await alicesBoard(1);
    const bob = world.browser();
    await bob.logIn('bob');
    assert.equal((await bob.get(`/dashboards/${id}`)).status, 404);
    await alice.post(`/dashboards/${id}/edit`, { name: 'Team', layout: 'AA', sharing: 'everyone' });
    const page = await (await bob.get(`/dashboards/${id}`)).text();
    assert.match(readText(page), /By alice.*make a copy/);
    assert.doesNotMatch(page, /data-grip|data-menu|data-csrf="[^"]*" data-move/);
    const [placed] = (await boardOf(world, id)).gadgets;
    const refused = await bob.post(`/dashboards/${id}/gadgets/${placed?.id}`, { deed: 'minimise' });
    assert.equal(refused.status, 422);
    assert.match(await textOf(refused), /Only its owner changes this dashboard/);
    await bob.post('/dashboards/new', { of: id, name: 'My copy' });
    const [copy] = (
      await world.gadgets.storage.dashboards.listVisible('bob', 'own', {
        ...{ search: '', sort: 'name', descending: false, offset: 0, limit: 9 },
      })
    ).rows;
    assert.equal(copy?.dashboard.gadgets.length, 1);
  });

  it('are listed as one’s own, favourites, and shared, each with an empty state that says the next step', async () => {
    const { world, alice, id } = await alicesBoard();
    assert.match(await textOf(await alice.get('/dashboards?show=favourite')), /No favourites yet/);
    await alice.post(`/dashboards/${id}/favourite`, { favourite: 'yes', show: 'own' });
    assert.match(await textOf(await alice.get('/dashboards?show=favourite')), /Team/);
    const bob = world.browser();
    await bob.logIn('bob');
    assert.match(await textOf(await bob.get('/dashboards?show=shared')), /Nobody has shared/);
    assert.match(await textOf(await bob.get('/dashboards?show=own')), /Copy the default dashboard/);
  });

  it('are removed after the question, with what goes with them', async () => {
    const { alice, id } = await alicesBoard(1);
    assert.match(await textOf(await alice.get(`/dashboards/${id}/remove`)), /cannot be undone/);
    const gone = await alice.post(`/dashboards/${id}/remove`, {});
    assert.equal(gone.headers.get('location'), '/dashboards?show=own');
    assert.equal((await alice.get(`/dashboards/${id}`)).status, 404);
  });

  it('say what is wrong with a form beside its fields, and keep what was typed', async () => {
    const { alice } = await alicesBoard();
    const answer = await alice.post('/dashboards/new', {
      name: '',
      description: 'Kept',
      layout: 'Z',
      sharing: 'x',
    });
    assert.equal(answer.status, 422);
    const page = await answer.text();
    assert.match(readText(page), /Enter a name.*Choose one of the layouts/);
    assert.equal(
      readForms(page)
        .find(({ action }) => action === '/dashboards/new')
        ?.fields.get('description')
        ?.trim(),
      'Kept',
    );
  });
});

describe('the directory of a dashboard', () => {
  it('finds gadgets by category and words, and adds them where one is', async () => {
    const { world, alice, id } = await alicesBoard();
    const all = await textOf(await alice.get(`/dashboards/${id}/add`));
    assert.match(all, /Clock.*News/);
    assert.doesNotMatch(
      await textOf(await alice.get(`/dashboards/${id}/add?category=News`)),
      /What time it is/,
    );
    assert.match(await textOf(await alice.get(`/dashboards/${id}/add?q=nothing`)), /Nothing matches/);
    const answer = await alice.post(`/dashboards/${id}/add`, { specUrl: NEWS_URL, back: 'category=News' });
    assert.equal(answer.headers.get('location'), `/dashboards/${id}/add?category=News`);
    const after = await textOf(await alice.get(`/dashboards/${id}/add?category=News`));
    assert.match(after, /News is on the dashboard now.*On this dashboard/);
    assert.equal((await boardOf(world, id)).gadgets.length, 1);
  });

  it('says that a dashboard holds twenty gadgets at most, and offers no button then', async () => {
    const { world, alice, id } = await alicesBoard(20);
    const page = await (await alice.get(`/dashboards/${id}/add`)).text();
    assert.match(readText(page), /20 gadgets at most/);
    assert.doesNotMatch(page, /Add it Now/);
    const refused = await alice.post(`/dashboards/${id}/add`, { specUrl: NEWS_URL });
    assert.match(await textOf(refused), /room for 20 gadgets/);
    assert.equal((await boardOf(world, id)).gadgets.length, 20);
  });

  it('offers what is for administrators to administrators only', async () => {
    const { world, alice, id } = await alicesBoard();
    assert.doesNotMatch(await textOf(await alice.get(`/dashboards/${id}/add`)), /Consumers|Access/);
    const root = world.browser();
    await root.logIn('root');
    assert.match(await textOf(await root.get('/dashboards/default/add')), /Consumers/);
  });

  it('adds nothing that is not in it', async () => {
    const { alice, id } = await alicesBoard();
    const refused = await alice.post(`/dashboards/${id}/add`, { specUrl: 'https://evil.example/x.xml' });
    assert.match(await textOf(refused), /no such gadget in the directory/);
  });
});

describe('a gadget on a dashboard', () => {
  it('is minimised, coloured, duplicated and removed by plain forms', async () => {
    const { world, alice, id } = await alicesBoard(1);
    const module = (await boardOf(world, id)).gadgets[0]!.id;
    const act = (deed: string) => alice.post(`/dashboards/${id}/gadgets/${module}`, { deed });
    assert.equal((await act('minimise')).headers.get('location'), `/dashboards/${id}#gadget-${module}`);
    await act('color red');
    const placed = (await boardOf(world, id)).gadgets[0]!;
    assert.deepEqual([placed.isMinimised, placed.color], [true, 'red']);
    assert.match(await (await alice.get(`/dashboards/${id}`)).text(), /class="gadget is-red"/);
    await act('duplicate');
    assert.equal((await boardOf(world, id)).gadgets.length, 2);
    assert.match(
      await textOf(await alice.get(`/dashboards/${id}/gadgets/${module}/remove`)),
      /Remove News\?/,
    );
    await alice.post(`/dashboards/${id}/gadgets/${module}/remove`, {});
    assert.equal((await boardOf(world, id)).gadgets.length, 1);
    assert.equal((await act('minimise')).status, 404);
  });

  it('is moved by a form that names every place', async () => {
    const { world, alice, id } = await alicesBoard(2);
    const [first, second] = (await boardOf(world, id)).gadgets;
    const page = await (await alice.get(`/dashboards/${id}/gadgets/${second!.id}/edit`)).text();
    assert.match(readText(page), /Column 1: above Clock.*Column 1: at the end.*Column 2: at the end/);
    await alice.post(`/dashboards/${id}/move`, { module: second!.id, place: `0 ${first!.id}` });
    assert.deepEqual(
      (await boardOf(world, id)).gadgets.map(({ id }) => id),
      [second!.id, first!.id],
    );
    await alice.post(`/dashboards/${id}/move`, { module: second!.id, place: '1' });
    assert.deepEqual(
      (await boardOf(world, id)).gadgets.map(({ column }) => column),
      [0, 1],
    );
    assert.equal(
      (await alice.post(`/dashboards/${id}/move`, { module: second!.id, place: '7' })).status,
      422,
    );
  });

  it('has a form with a field for each kind of preference, and keeps what is entered', async () => {
    const { world, alice, id } = await alicesBoard(1);
    const module = (await boardOf(world, id)).gadgets[0]!.id;
    const path = `/dashboards/${id}/gadgets/${module}/edit`;
    const page = await (await alice.get(path)).text();
    for (const label of ['Topic', 'Headlines only', 'Order', 'Newest first', 'Sources'])
      assert.match(page, new RegExp(label));
    assert.doesNotMatch(page, /preference-seen/);
    const entered = {
      'preference-topic': 'trains',
      'preference-order': 'old',
      'preference-sources': ' one \r\n\r\ntwo',
      title: 'Trains',
      color: 'green',
      refreshSeconds: '900',
    };
    assert.equal((await alice.post(path, entered)).status, 303);
    const placed = (await boardOf(world, id)).gadgets[0]!;
    const { preferences, ...rest } = placed;
    assert.deepEqual(preferences, { topic: 'trains', short: 'false', order: 'old', sources: 'one|two' });
    assert.deepEqual([rest.title, rest.color, rest.refreshSeconds], ['Trains', 'green', 900]);
    const missing = await alice.post(path, { ...entered, 'preference-topic': ' ' });
    assert.equal(missing.status, 422);
    assert.match(await textOf(missing), /Enter something for “Topic”/);
  });

  it('says that it is gone when an administrator removed it, and can be taken away', async () => {
    const { world, alice, id } = await alicesBoard(1);
    const [gadget] = await world.gadgets.storage.gadgets.list();
    const root = world.browser();
    await root.logIn('root');
    assert.match(
      await textOf(await root.get(`/oauth/admin/gadgets/remove?id=${gadget!.id}`)),
      /on one dashboard/,
    );
    await root.post('/oauth/admin/gadgets/remove', { id: gadget!.id });
    const page = await (await alice.get(`/dashboards/${id}`)).text();
    assert.match(readText(page), /Removed by an administrator/);
    assert.doesNotMatch(page, /<iframe/);
  });
});

describe('the script of a dashboard', () => {
  it('is told the new state of the dashboard, and that somebody changed it meanwhile', async () => {
    const { world, alice, id } = await alicesBoard(1);
    const { gadgets, updatedAt } = await boardOf(world, id);
    const path = `/dashboards/${id}/gadgets/${gadgets[0]!.id}`;
    const send = (expected: number) =>
      alice.post(path, { deed: 'color red', answer: 'json', expected: String(expected) });
    const done = await send(updatedAt);
    assert.deepEqual(await done.json(), { updatedAt: updatedAt + 1 });
    assert.equal((await send(updatedAt)).status, 409);
    const plain = await alice.post(path, { deed: 'color blue', expected: String(updatedAt) });
    assert.match(await textOf(plain), /Somebody changed this/);
  });

  it('keeps what a gadget sets beside what was entered, texts only', async () => {
    const { world, alice, id } = await alicesBoard(1);
    const [placed] = (await boardOf(world, id)).gadgets;
    const path = `/dashboards/${id}/gadgets/${placed!.id}`;
    const keep = (preferences: string) =>
      alice.post(path, { deed: 'set-preferences', preferences, answer: 'json' });
    await keep('{"seen":"1","bad":{}}');
    assert.equal((await keep('no json')).status, 200);
    assert.deepEqual((await boardOf(world, id)).gadgets[0]!.preferences, { seen: '1' });
  });

  it('is small together with every other script and style of the page', async () => {
    const { alice, id } = await alicesBoard(3);
    const page = await (await alice.get(`/dashboards/${id}`)).text();
    const files = [...page.matchAll(/(?:href|src)="(\/oauth\/assets\/[^"]+\.(?:css|js))"/g)];
    let bytes = 0;
    for (const [, file = ''] of files) bytes += (await (await alice.get(file)).arrayBuffer()).byteLength;
    assert.equal(files.length, 6);
    assert.ok(bytes < 50_000, `${bytes} bytes`);
  });
});
