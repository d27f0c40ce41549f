import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  aFetchedSpec,
  anOwnGadget,
  createGadgetsWorld,
  type GadgetsWorld,
  refusalOf,
} from '../../../test/support/gadgets-world.ts';
import { BOUNDS } from '../mistake.ts';
import {
  noteFeedTrouble,
  readFeedBaseUrl,
  refreshFeed,
  subscribeToFeed,
  unsubscribeFromFeed,
} from './feeds.ts';
import { specAddress } from './fetched-spec.ts';
import { categoriesOf, findAllInDirectory, findInDirectory, listDirectory } from './find.ts';
import { addGadget, removeGadget, setOwnGadgetHidden, takeNewerSpec } from './gadgets.ts';

let world: GadgetsWorld;
beforeEach(async () => {
  world = await createGadgetsWorld();
});

describe('the address of a spec', () => {
  it('has one spelling, and never a user name, a password or a fragment', () => {
    equal(specAddress(' HTTPS://G.example:443/a/../b.xml#x '), 'https://g.example/b.xml');
    for (const none of [
      '',
      'b.xml',
      'ftp://g.example/b.xml',
      'https://a@g.example/',
      'https://a:b@g.example/',
    ])
      equal(specAddress(none), null, none);
  });
});

describe('a gadget of the directory', () => {
  it('is what an administrator saw: its spec and bundles are pinned', async () => {
    const { context } = world;
    const bundles = { 'https://gadgets.example.org/ja.xml': '<messagebundle/>' };
    const gadget = await addGadget(context, aFetchedSpec('news', { bundles }), 'alice');
    deepEqual(await findInDirectory(context, gadget.specUrl), {
      specUrl: gadget.specUrl,
      xml: gadget.xml,
      bundles,
      isOwn: false,
    });
    const event = await world.lastEvent();
    deepEqual([event?.action, event?.object], ['gadget.add', gadget.specUrl]);
  });

  it('is there once, and is none of this installation’s own', async () => {
    const { context } = world;
    await addGadget(context, aFetchedSpec('news'), 'alice');
    deepEqual(await refusalOf(addGadget(context, aFetchedSpec('news'), 'alice')), ['spec-taken']);
    const own = aFetchedSpec('x', { specUrl: anOwnGadget('clock').specUrl });
    deepEqual(await refusalOf(addGadget(context, own, 'alice')), ['spec-taken']);
  });

  it('is refused without a title, at a bad address, or too long', async () => {
    const { context } = world;
    const refused = (fields: object) => refusalOf(addGadget(context, aFetchedSpec('x', fields), 'alice'));
    deepEqual(await refused({ title: ' ' }), ['title-missing']);
    deepEqual(await refused({ specUrl: 'https://u:p@g.example/x.xml' }), ['spec-url-malformed']);
    deepEqual(await refused({ xml: 'x'.repeat(BOUNDS.spec) }), ['spec-too-long']);
  });

  it('takes a newer spec by an action, made on what was looked at', async () => {
    const { context } = world;
    const first = await addGadget(context, aFetchedSpec('news'), 'alice');
    const newer = aFetchedSpec('news', { xml: '<Module/>', title: 'News 2' });
    const second = await takeNewerSpec(context, first.id, newer, first.updatedAt, 'alice');
    notEqual(second.sha256, first.sha256);
    equal((await findInDirectory(context, first.specUrl))?.xml, '<Module/>');
    const late = takeNewerSpec(context, first.id, newer, first.updatedAt, 'alice');
    deepEqual(await refusalOf(late), ['changed-meanwhile']);
    const other = takeNewerSpec(context, first.id, aFetchedSpec('x'), second.updatedAt, 'alice');
    deepEqual(await refusalOf(other), ['gadget-unknown']);
  });

  it('is gone for everybody when it is removed', async () => {
    const { context } = world;
    const { id, specUrl } = await addGadget(context, aFetchedSpec('news'), 'alice');
    await removeGadget(context, id, 'alice');
    equal(await findInDirectory(context, specUrl), null);
    deepEqual(await refusalOf(removeGadget(context, id, 'alice')), ['gadget-unknown']);
  });

  it('is found by its texts and its categories, own ones in the reader’s language', async () => {
    const { context } = world;
    await addGadget(context, aFetchedSpec('news', { description: 'From Anywhere' }), 'alice');
    const titles = async (query: object, locale = 'en') =>
      (await listDirectory(context, { locale, ...query })).map(({ title }) => title);
    deepEqual(await titles({}), ['news', 'Own clock', 'Own connections']);
    deepEqual(await titles({ search: 'ANYWHERE' }), ['news']);
    deepEqual(await titles({ category: 'Own', search: 'clo' }), ['Own clock']);
    deepEqual(await titles({ search: '自身の clock' }, 'ja'), ['自身の clock']);
    deepEqual(categoriesOf(await listDirectory(context, { locale: 'en' })), ['News', 'Own']);
  });

  it('of this installation can be hidden and shown', async () => {
    const { context } = world;
    const { specUrl } = anOwnGadget('clock');
    await setOwnGadgetHidden(context, 'clock', true, 'alice');
    equal(await findInDirectory(context, specUrl), null);
    equal((await findAllInDirectory(context, [specUrl])).size, 0);
    equal((await listDirectory(context, { locale: 'en', search: 'clock' })).length, 0);
    const [entry] = await listDirectory(context, { locale: 'en', search: 'clock', withHidden: true });
    deepEqual([entry?.ownName, entry?.isHidden], ['clock', true]);
    await setOwnGadgetHidden(context, 'clock', false, 'alice');
    equal((await findInDirectory(context, specUrl))?.isOwn, true);
    deepEqual(await refusalOf(setOwnGadgetHidden(context, 'none', true, 'alice')), ['gadget-unknown']);
  });
});

describe('a feed of another installation', () => {
  const BASE = 'https://tracker.example/jira';
  const reading = (specs = [aFetchedSpec('a'), aFetchedSpec('b')]) => ({
    name: 'Tracker',
    specs,
    failures: [],
  });

  it('is known by its base URL, which is not our own', async () => {
    const { context } = world;
    const read = async (text: string) => readFeedBaseUrl(context, text);
    equal(await read(' https://Tracker.example/ '), 'https://tracker.example');
    deepEqual(await refusalOf(read('tracker')), ['base-url-malformed']);
    deepEqual(await refusalOf(read('https://WIKI.example/')), ['own-feed']);
  });

  it('brings its gadgets, and takes them along when it ends', async () => {
    const { context } = world;
    const { feed, added } = await subscribeToFeed(context, `${BASE}/`, reading(), 'alice');
    deepEqual([feed.baseUrl, feed.name, added.length], [BASE, 'Tracker', 2]);
    const [gadget] = await context.storage.gadgets.list();
    equal(gadget?.feedId, feed.id);
    deepEqual(await refusalOf(removeGadget(context, gadget!.id, 'alice')), ['gadget-of-feed']);
    deepEqual(await refusalOf(subscribeToFeed(context, BASE, reading(), 'alice')), ['feed-taken']);
    await unsubscribeFromFeed(context, feed.id, 'alice');
    deepEqual(await context.storage.gadgets.list(), []);
    deepEqual(await refusalOf(unsubscribeFromFeed(context, feed.id, 'alice')), ['feed-unknown']);
  });

  it('read again brings what is new, takes newer specs, and removes what it names no more', async () => {
    const { context } = world;
    const { feed } = await subscribeToFeed(context, BASE, reading(), 'alice');
    const now = [aFetchedSpec('b', { xml: '<Module/>' }), aFetchedSpec('c')];
    const report = await refreshFeed(context, feed.id, reading(now), 'alice');
    const names = (urls: readonly string[]) => urls.map((url) => url.split('/').at(-1));
    deepEqual(
      [names(report.added), names(report.updated), names(report.removed)],
      [['c.xml'], ['b.xml'], ['a.xml']],
    );
    const again = await refreshFeed(context, feed.id, reading(now), 'alice');
    deepEqual([again.added, again.updated, again.removed], [[], [], []]);
    deepEqual((await world.lastEvent())?.after, { added: 0, updated: 0, removed: 0 });
  });

  it('keeps what it has of specs that fail, and says which', async () => {
    const { context } = world;
    const { feed } = await subscribeToFeed(context, BASE, reading(), 'alice');
    const { specUrl } = aFetchedSpec('a');
    const failing = {
      ...reading([aFetchedSpec('b', { title: '' })]),
      failures: [{ specUrl, sentence: 'It did not answer.' }],
    };
    const report = await refreshFeed(context, feed.id, failing, 'alice');
    deepEqual(report.removed, []);
    equal(report.failures.length, 2);
    match((await context.storage.gadgetFeeds.find(feed.id))?.trouble ?? '', /a\.xml: It did not answer\./);
    await noteFeedTrouble(context, feed.id, 'Its name is unknown.', 'alice');
    equal((await context.storage.gadgetFeeds.find(feed.id))?.trouble, 'Its name is unknown.');
    equal((await context.storage.gadgets.list()).length, 2);
  });

  it('never takes over a gadget that somebody added by hand', async () => {
    const { context } = world;
    const byHand = await addGadget(context, aFetchedSpec('a'), 'alice');
    const { failures } = await subscribeToFeed(context, BASE, reading(), 'alice');
    match(failures[0]?.sentence ?? '', /in the directory already/);
    equal((await context.storage.gadgets.find(byHand.specUrl))?.feedId, null);
  });
});
