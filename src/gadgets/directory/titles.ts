/** What gadgets are called, for pages that know a gadget by the address of its spec only. */
import type { GadgetsContext } from '../context.ts';

/** Titles by the addresses of specs; what the directory does not know is left out. */
export type GadgetTitles = (
  specUrls: readonly (string | null)[],
  locale: string,
) => Promise<ReadonlyMap<string, string>>;

/** Looks titles up in the directory. Hidden gadgets of our own have theirs all the same. */
export function gadgetTitles({
  storage,
  ownGadgets,
}: Pick<GadgetsContext, 'storage' | 'ownGadgets'>): GadgetTitles {
  return async (specUrls, locale) => {
    const wanted = [...new Set(specUrls)].filter((url) => url !== null);
    if (wanted.length === 0) return new Map();
    const own = ownGadgets.filter(({ specUrl }) => wanted.includes(specUrl));
    const stored = await storage.gadgets.findAll(wanted);
    return new Map([
      ...stored.map(({ specUrl, title }) => [specUrl, title] as const),
      ...own.map(({ specUrl, texts, english }) => [specUrl, (texts[locale] ?? english).title] as const),
    ]);
  };
}
