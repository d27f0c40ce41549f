/** The directory of gadgets, its feeds, and the places that gadgets may reach, in memory. */
import {
  type AllowListStore,
  type Gadget,
  type GadgetFeedStore,
  type GadgetStore,
  plainBase,
} from '../../model/index.ts';
import { deleteWhere, type Tables } from './tables.ts';

export function memoryGadgets(tables: Tables): GadgetStore {
  const { gadgets, hiddenGadgets } = tables;
  const at = (specUrl: string): Gadget | null =>
    gadgets.values().find((gadget) => gadget.specUrl === specUrl) ?? null;

  return {
    async find(specUrl) {
      return at(specUrl);
    },
    async findById(id) {
      return gadgets.get(id) ?? null;
    },
    async findAll(specUrls) {
      return specUrls.map(at).filter((gadget) => gadget !== null);
    },
    async list() {
      return [...gadgets.values()]
        .map(({ xml: _xml, bundles: _bundles, ...summary }) => summary)
        .toSorted(
          (a, b) => compare(a.title.toLowerCase(), b.title.toLowerCase()) || compare(a.specUrl, b.specUrl),
        );
    },
    async add(gadget, event) {
      const isWithoutFeed = gadget.feedId !== null && !tables.gadgetFeeds.has(gadget.feedId);
      if (gadgets.has(gadget.id) || at(gadget.specUrl) !== null || isWithoutFeed) return false;
      gadgets.set(gadget.id, gadget);
      tables.record(event);
      return true;
    },
    async update(gadget, expectedUpdatedAt, event) {
      if (gadgets.get(gadget.id)?.updatedAt !== expectedUpdatedAt) return false;
      gadgets.set(gadget.id, gadget);
      tables.record(event);
      return true;
    },
    async remove(id, event) {
      if (!gadgets.delete(id)) return false;
      tables.record(event);
      return true;
    },
    async listHidden() {
      return [...hiddenGadgets].toSorted();
    },
    async setHidden(name, isHidden, event) {
      if (hiddenGadgets.has(name) === isHidden) return false;
      if (isHidden) hiddenGadgets.add(name);
      else hiddenGadgets.delete(name);
      tables.record(event);
      return true;
    },
  };
}

export function memoryGadgetFeeds(tables: Tables): GadgetFeedStore {
  const { gadgetFeeds } = tables;
  return {
    async find(id) {
      return gadgetFeeds.get(id) ?? null;
    },
    async list() {
      return [...gadgetFeeds.values()].toSorted(
        (a, b) => compare(a.name.toLowerCase(), b.name.toLowerCase()) || compare(a.id, b.id),
      );
    },
    async add(feed, event) {
      const base = plainBase(feed.baseUrl);
      if (gadgetFeeds.values().some(({ baseUrl }) => plainBase(baseUrl) === base)) return false;
      gadgetFeeds.set(feed.id, feed);
      tables.record(event);
      return true;
    },
    async update({ id, name, fetchedAt, trouble }, event) {
      const stored = gadgetFeeds.get(id);
      if (stored === undefined) return false;
      gadgetFeeds.set(id, { ...stored, name, fetchedAt, trouble });
      tables.record(event);
      return true;
    },
    async remove(id, event) {
      if (!gadgetFeeds.delete(id)) return false;
      deleteWhere(tables.gadgets, ({ feedId }) => feedId === id);
      tables.record(event);
      return true;
    },
  };
}

export function memoryAllowList(tables: Tables): AllowListStore {
  const { outboundRules } = tables;
  return {
    async list() {
      return [...outboundRules.values()].toSorted((a, b) => compare(a.pattern, b.pattern));
    },
    async add(rule, event) {
      if (outboundRules.has(rule.pattern)) return false;
      outboundRules.set(rule.pattern, rule);
      tables.record(event);
      return true;
    },
    async remove(pattern, event) {
      if (!outboundRules.delete(pattern)) return false;
      tables.record(event);
      return true;
    },
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
