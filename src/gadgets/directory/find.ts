/**
 * The directory as dashboards see it: the gadgets that administrators added, and this installation's own ones that
 * they have not hidden. Nothing else ever runs on a dashboard.
 */
import type { Gadget, GadgetSummary } from '../../model/index.ts';
import type { GadgetsContext, OwnGadget } from '../context.ts';

/** A gadget's program, as it was pinned. */
export interface DirectoryGadget {
  readonly specUrl: string;
  readonly xml: string;
  readonly bundles: Readonly<Record<string, string>>;
  /** Published by this installation itself. */
  readonly isOwn: boolean;
}

/** A gadget as a list shows it. */
export interface DirectoryEntry {
  /** Of its record; an own one has none. */
  readonly id: string | null;
  /** Of an own gadget; null for all others. */
  readonly ownName: string | null;
  readonly specUrl: string;
  readonly title: string;
  readonly description: string;
  readonly author: string | null;
  readonly thumbnailUrl: string | null;
  readonly categories: readonly string[];
  readonly feedId: string | null;
  /** An own one that administrators took out of the directory. */
  readonly isHidden: boolean;
  /** One that shows nothing to anybody else. */
  readonly isForAdministrators: boolean;
  readonly updatedAt: number | null;
}

/** The gadget with a spec at that address; null if the directory has none. */
export async function findInDirectory(
  { storage, ownGadgets }: GadgetsContext,
  specUrl: string,
): Promise<DirectoryGadget | null> {
  const own = ownGadgets.find((gadget) => gadget.specUrl === specUrl);
  if (own === undefined) {
    const stored = await storage.gadgets.find(specUrl);
    return stored === null ? null : directoryGadget(stored, false);
  }
  const hidden = await storage.gadgets.listHidden();
  return hidden.includes(own.name) ? null : directoryGadget(own, true);
}

/** Those of them that the directory has, by their addresses: for a whole dashboard in one look. */
export async function findAllInDirectory(
  { storage, ownGadgets }: GadgetsContext,
  specUrls: readonly string[],
): Promise<ReadonlyMap<string, DirectoryGadget>> {
  const own = ownGadgets.filter(({ specUrl }) => specUrls.includes(specUrl));
  const others = specUrls.filter((specUrl) => !own.some((gadget) => gadget.specUrl === specUrl));
  const [stored, hidden] = await Promise.all([storage.gadgets.findAll(others), storage.gadgets.listHidden()]);
  const found = new Map<string, DirectoryGadget>();
  for (const gadget of stored) found.set(gadget.specUrl, directoryGadget(gadget, false));
  for (const gadget of own) {
    if (!hidden.includes(gadget.name)) found.set(gadget.specUrl, directoryGadget(gadget, true));
  }
  return found;
}

function directoryGadget({ specUrl, xml, bundles }: Gadget | OwnGadget, isOwn: boolean): DirectoryGadget {
  return { specUrl, xml, bundles, isOwn };
}

/** What is looked for in the directory. */
export interface DirectoryQuery {
  /** Language of the own gadgets' texts; English where there are none in it. */
  readonly locale: string;
  /** Part of a title, a description, an author or a category, in any case; empty finds all. */
  readonly search?: string;
  readonly category?: string | undefined;
  /** Hidden ones too, for administrators. */
  readonly withHidden?: boolean;
}

/** The gadgets of the directory, by title. */
export async function listDirectory(
  { storage, ownGadgets }: GadgetsContext,
  { locale, search = '', category, withHidden = false }: DirectoryQuery,
): Promise<readonly DirectoryEntry[]> {
  const [stored, hidden] = await Promise.all([storage.gadgets.list(), storage.gadgets.listHidden()]);
  const entries = [
    ...stored.map(storedEntry),
    ...ownGadgets.map((own) => ownEntry(own, locale, hidden.includes(own.name))),
  ];
  const wanted = search.trim().toLowerCase();
  return entries
    .filter((entry) => (withHidden || !entry.isHidden) && isFound(entry, wanted, category))
    .toSorted((a, b) => a.title.localeCompare(b.title, locale) || (a.specUrl < b.specUrl ? -1 : 1));
}

/** Every category that a gadget which can be added is in, in order. */
export function categoriesOf(entries: readonly DirectoryEntry[]): readonly string[] {
  return [...new Set(entries.flatMap(({ categories }) => categories))].toSorted();
}

function isFound(entry: DirectoryEntry, wanted: string, category: string | undefined): boolean {
  if (category !== undefined && !entry.categories.includes(category)) return false;
  const { title, description, author, categories } = entry;
  return [title, description, author ?? '', ...categories].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}

function storedEntry(gadget: GadgetSummary): DirectoryEntry {
  const { id, specUrl, title, description, author, thumbnailUrl, categories, feedId, updatedAt } = gadget;
  const facts = { specUrl, title, description, author, thumbnailUrl, categories };
  return { id, ownName: null, ...facts, feedId, isHidden: false, isForAdministrators: false, updatedAt };
}

function ownEntry(own: OwnGadget, locale: string, isHidden: boolean): DirectoryEntry {
  const { name, specUrl, thumbnailUrl, categories, isForAdministrators } = own;
  const { title, description } = own.texts[locale] ?? own.english;
  const facts = { specUrl, title, description, author: null, thumbnailUrl, categories };
  return { id: null, ownName: name, ...facts, feedId: null, isHidden, isForAdministrators, updatedAt: null };
}
