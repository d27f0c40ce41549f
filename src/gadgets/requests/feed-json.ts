/**
 * A feed as `gadgets.io` gives it for CONTENT_TYPE FEED: RSS (0.9x, 1.0, 2.0) or Atom, brought to one shape. Titles
 * and summaries are given as they stand in the feed: they may hold HTML, which is the gadget's to show or not, inside
 * its frame.
 */
import type { SpecElement } from '../spec/index.ts';

/** One entry. */
export interface FeedEntry {
  readonly Title: string;
  readonly Link: string;
  /** Seconds since 1970; 0 when the feed does not say. */
  readonly Date: number;
  readonly Summary?: string;
}

/** A feed; the names are the interface's. */
export interface FeedJson {
  readonly Title: string;
  readonly URL: string;
  readonly Description: string;
  readonly Link: string;
  readonly Author: string;
  readonly Entry: readonly FeedEntry[];
}

/** How much is wanted. */
export interface FeedWish {
  readonly entries: number;
  readonly hasSummaries: boolean;
}

/** Brings a feed's document to that shape; null when it is none. */
export function feedJson(root: SpecElement, url: string, wish: FeedWish): FeedJson | null {
  const name = plainName(root);
  if (name === 'feed') return feedOf(root, childrenNamed(root, 'entry'), url, wish);
  const channel = name === 'rss' || name === 'RDF' ? childNamed(root, 'channel') : undefined;
  if (channel === undefined) return null;
  return feedOf(channel, childrenNamed(name === 'RDF' ? root : channel, 'item'), url, wish);
}

function feedOf(head: SpecElement, items: readonly SpecElement[], url: string, wish: FeedWish): FeedJson {
  return {
    Title: textOf(head, 'title'),
    URL: url,
    Description: textOf(head, 'description', 'subtitle', 'tagline'),
    Link: linkOf(head),
    Author: authorOf(head) || (items[0] === undefined ? '' : authorOf(items[0])),
    Entry: items.slice(0, wish.entries).map((item) => entryOf(item, wish)),
  };
}

function entryOf(item: SpecElement, { hasSummaries }: FeedWish): FeedEntry {
  const moment = Date.parse(textOf(item, 'pubDate', 'published', 'updated', 'issued', 'date'));
  return {
    Title: textOf(item, 'title'),
    Link: linkOf(item),
    Date: Number.isNaN(moment) ? 0 : Math.floor(moment / 1000),
    ...(hasSummaries ? { Summary: textOf(item, 'description', 'summary', 'content', 'encoded') } : {}),
  };
}

/** Atom has links for several purposes; the first without one, or for reading, is meant. */
function linkOf(parent: SpecElement): string {
  const links = childrenNamed(parent, 'link');
  const forReading = links.find(({ attributes }) => (attributes.rel ?? 'alternate') === 'alternate');
  const link = forReading ?? links[0];
  return link === undefined ? '' : (link.attributes.href ?? link.text).trim();
}

function authorOf(parent: SpecElement): string {
  const author = childNamed(parent, 'author');
  if (author === undefined) return textOf(parent, 'managingEditor', 'creator');
  return textOf(author, 'name') || author.text.trim();
}

/** The text of the first of these that is there. */
function textOf(parent: SpecElement, ...names: readonly string[]): string {
  for (const name of names) {
    const child = childNamed(parent, name);
    if (child !== undefined) return wholeText(child).trim();
  }
  return '';
}

function wholeText({ text, children }: SpecElement): string {
  return text + children.map(wholeText).join(' ');
}

function childNamed(parent: SpecElement, name: string): SpecElement | undefined {
  return parent.children.find((child) => plainName(child) === name);
}

function childrenNamed(parent: SpecElement, name: string): readonly SpecElement[] {
  return parent.children.filter((child) => plainName(child) === name);
}

/** Without its prefix: feeds write `dc:date`, `atom:link` and the like as they please. */
function plainName({ name }: SpecElement): string {
  return name.slice(name.indexOf(':') + 1);
}
