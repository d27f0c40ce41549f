/**
 * The specs of the directory, read. A dashboard shows up to twenty gadgets and is opened often, so a text that was read
 * is kept read: by the digest of all of it, so that a newer spec or bundle is another one.
 */
import { createHash } from 'node:crypto';
import { gadgetDetails, type PinnedGadget, type ReadGadget, readPinnedGadget } from '../gadgets/index.ts';
import type { PlacedGadget } from '../model/index.ts';
import { type PageContext, readXml } from '../web/index.ts';

/** More than a handful of full dashboards show. */
const MOST_KEPT = 200;

const kept = new Map<string, ReadGadget>();

/** What was read, by the very bundles of a record that storage remembers: its texts need no digest to be known again. */
const opened = new WeakMap<PinnedGadget['bundles'], PinnedGadget & { readonly read: ReadGadget }>();

/** Reads a spec with its message bundles. @throws {SpecRefused} */
export function openSpec({ specUrl, xml, bundles }: PinnedGadget): ReadGadget {
  const last = opened.get(bundles);
  if (last?.xml === xml && last.specUrl === specUrl) return last.read;
  const read = readOnce({ specUrl, xml, bundles });
  opened.set(bundles, { specUrl, xml, bundles, read });
  return read;
}

function readOnce({ specUrl, xml, bundles }: PinnedGadget): ReadGadget {
  const digest = createHash('sha256')
    .update(JSON.stringify([specUrl, xml, bundles]))
    .digest('base64');
  const known = kept.get(digest);
  if (known !== undefined) return known;
  const read = readPinnedGadget({ specUrl, xml, bundles }, readXml);
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(digest, read);
  return read;
}

/** What a gadget that stands on a dashboard is called: by whoever put it there, else by its spec. */
export function shownTitle(
  { id, title, preferences }: PlacedGadget,
  { spec, bundles }: ReadGadget,
  language: string,
): string {
  return title ?? gadgetDetails(spec, { bundles, language, moduleId: id, preferences }).title;
}

/** The viewer's language and country as gadgets are told them: they write their dates and numbers as there. */
export function viewerPlace({ locale, region }: Pick<PageContext, 'locale' | 'region'>) {
  return { language: locale, country: region ?? 'ALL' };
}
