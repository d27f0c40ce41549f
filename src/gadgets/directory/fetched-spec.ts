/** A spec as it was fetched and read, before it is a record: what an administrator sees and then pins. */
import { createHash } from 'node:crypto';
import type { Gadget } from '../../model/index.ts';
import { BOUNDS, type GadgetMistake } from '../mistake.ts';

export interface FetchedSpec {
  /** Where it was asked for, as `specAddress` gives it. */
  readonly specUrl: string;
  readonly xml: string;
  /** Its message bundles by their absolute addresses. */
  readonly bundles: Readonly<Record<string, string>>;
  readonly title: string;
  readonly description: string;
  readonly author: string | null;
  readonly thumbnailUrl: string | null;
  readonly categories: readonly string[];
}

/** What a record takes from a spec. */
export type PinnedSpec = Pick<Gadget, keyof FetchedSpec | 'sha256'>;

/** The address of a spec as gadgets are known by it; null if the text is none. */
export function specAddress(text: string): string | null {
  const url = URL.parse(text.trim());
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return null;
  if (url.username !== '' || url.password !== '') return null;
  url.hash = '';
  return url.href;
}

/** What keeps a spec from being kept; null: nothing. */
export function specMistake(spec: FetchedSpec): GadgetMistake | null {
  if (specAddress(spec.specUrl) !== spec.specUrl) return { field: 'specUrl', code: 'spec-url-malformed' };
  if (spec.title.trim() === '') return { field: 'specUrl', code: 'title-missing' };
  const isLong = JSON.stringify([spec.xml, spec.bundles]).length > BOUNDS.spec;
  return isLong ? { field: 'specUrl', code: 'spec-too-long' } : null;
}

/** The fields of a record, with the digest that tells whether two are alike. */
export function pinned(spec: FetchedSpec): PinnedSpec {
  const { specUrl, xml, bundles, title, description, author, thumbnailUrl, categories } = spec;
  const sha256 = specDigest(spec);
  return { specUrl, xml, bundles, sha256, title, description, author, thumbnailUrl, categories };
}

/** SHA-256 of a spec and its bundles, hexadecimal: of two that are alike nothing changed. */
export function specDigest({ xml, bundles }: Pick<FetchedSpec, 'xml' | 'bundles'>): string {
  const texts = [xml, ...Object.entries(bundles).toSorted(([a], [b]) => (a < b ? -1 : 1))];
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex');
}
