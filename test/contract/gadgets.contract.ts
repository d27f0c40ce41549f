/** What every storage must do with gadgets, their feeds, and the places that they may reach. */
import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aGadget, aGadgetFeed, anEvent, anOutboundRule, NOW } from '../support/records.ts';
import { type OpenStorage, withStorage } from './opened-storage.ts';

export function describeGadgets(open: OpenStorage): void {
  describe('gadgets of the directory', () => {
    const opened = withStorage(open);

    it('come back as they were added, one for each address', async () => {
      const { gadgets } = opened.storage;
      const clock = aGadget('clock', {
        author: 'Ada',
        thumbnailUrl: 'https://g.example/c.png',
        categories: [],
      });
      equal(await gadgets.add(clock, anEvent()), true);
      equal(await gadgets.add(aGadget('clock', { id: 'other' }), anEvent()), false);
      deepEqual(await gadgets.find(clock.specUrl), clock);
      deepEqual(await gadgets.findById(clock.id), clock);
      equal(await gadgets.find('https://gadgets.example.org/none.xml'), null);
    });

    it('are found together, and listed by title without their texts', async () => {
      const { gadgets } = opened.storage;
      for (const name of ['Zebra', 'apple', 'Mango']) await gadgets.add(aGadget(name), anEvent());
      const titles = (found: readonly { readonly title: string }[]) => found.map(({ title }) => title);
      deepEqual(titles(await gadgets.list()), ['apple', 'Mango', 'Zebra']);
      equal('xml' in (await gadgets.list())[0]!, false);
      const wanted = [aGadget('Zebra').specUrl, aGadget('gone').specUrl, aGadget('apple').specUrl];
      deepEqual(titles(await gadgets.findAll(wanted)).toSorted(), ['Zebra', 'apple']);
      deepEqual(await gadgets.findAll([]), []);
    });

    it('are changed by whoever saw the present one', async () => {
      const { gadgets } = opened.storage;
      await gadgets.add(aGadget('clock'), anEvent());
      const newer = aGadget('clock', { xml: '<Module version="2"/>', bundles: {}, updatedAt: NOW + 1 });
      equal(await gadgets.update(newer, NOW - 1, anEvent()), false);
      equal(await gadgets.update(newer, NOW, anEvent()), true);
      equal(await gadgets.update(newer, NOW, anEvent()), false);
      deepEqual(await gadgets.find(newer.specUrl), newer);
    });

    it('are removed once', async () => {
      const { gadgets } = opened.storage;
      await gadgets.add(aGadget('clock'), anEvent());
      equal(await gadgets.remove(aGadget('clock').id, anEvent()), true);
      equal(await gadgets.remove(aGadget('clock').id, anEvent()), false);
    });

    it('of this installation are hidden and shown by name', async () => {
      const { gadgets } = opened.storage;
      equal(await gadgets.setHidden('links', true, anEvent()), true);
      equal(await gadgets.setHidden('links', true, anEvent()), false);
      await gadgets.setHidden('clock', true, anEvent());
      deepEqual(await gadgets.listHidden(), ['clock', 'links']);
      equal(await gadgets.setHidden('links', false, anEvent()), true);
      equal(await gadgets.setHidden('links', false, anEvent()), false);
      deepEqual(await gadgets.listHidden(), ['clock']);
    });
  });
}

export function describeGadgetFeeds(open: OpenStorage): void {
  describe('feeds of gadgets', () => {
    const opened = withStorage(open);

    it('are one for each base URL, however it is written', async () => {
      const { gadgetFeeds } = opened.storage;
      equal(await gadgetFeeds.add(aGadgetFeed('wiki'), anEvent()), true);
      const same = aGadgetFeed('other', { baseUrl: 'https://WIKI.example.org/' });
      equal(await gadgetFeeds.add(same, anEvent()), false);
      await gadgetFeeds.add(aGadgetFeed('Tracker'), anEvent());
      deepEqual(await gadgetFeeds.list(), [aGadgetFeed('Tracker'), aGadgetFeed('wiki')]);
    });

    it('tell when they were read, and what went wrong', async () => {
      const { gadgetFeeds } = opened.storage;
      await gadgetFeeds.add(aGadgetFeed('wiki'), anEvent());
      const read = aGadgetFeed('wiki', { name: 'The wiki', fetchedAt: NOW, trouble: 'It did not answer.' });
      equal(await gadgetFeeds.update({ ...read, baseUrl: 'https://elsewhere.example' }, anEvent()), true);
      deepEqual(await gadgetFeeds.find('wiki'), read);
      equal(await gadgetFeeds.update(aGadgetFeed('none'), anEvent()), false);
    });

    it('bring gadgets, and take them along', async () => {
      const { gadgetFeeds, gadgets } = opened.storage;
      equal(await gadgets.add(aGadget('clock', { feedId: 'wiki' }), anEvent()), false);
      await gadgetFeeds.add(aGadgetFeed('wiki'), anEvent());
      equal(await gadgets.add(aGadget('clock', { feedId: 'wiki' }), anEvent()), true);
      await gadgets.add(aGadget('links'), anEvent());
      equal(await gadgetFeeds.remove('wiki', anEvent()), true);
      equal(await gadgetFeeds.remove('wiki', anEvent()), false);
      deepEqual(
        (await gadgets.list()).map(({ title }) => title),
        ['links'],
      );
    });
  });
}

export function describeAllowList(open: OpenStorage): void {
  describe('the places that gadgets may reach', () => {
    const opened = withStorage(open);

    it('are listed by pattern, each once', async () => {
      const { allowList } = opened.storage;
      equal(await allowList.add(anOutboundRule('https://b.example'), anEvent()), true);
      equal(await allowList.add(anOutboundRule('https://b.example', { note: '' }), anEvent()), false);
      await allowList.add(anOutboundRule('https://*.a.example'), anEvent());
      deepEqual(await allowList.list(), [
        anOutboundRule('https://*.a.example'),
        anOutboundRule('https://b.example'),
      ]);
      equal(await allowList.remove('https://b.example', anEvent()), true);
      equal(await allowList.remove('https://b.example', anEvent()), false);
    });
  });
}
