/** Fetching what an administrator asked for, with the reason in words when it cannot be had. */
import { type FetchedSpec, type ReadGadget, specAddress } from '../../gadgets/index.ts';
import type { PageContext } from '../../web/index.ts';
import { fetchSpec, fetchTroubleWords } from '../fetch-spec.ts';
import { mistakeWords } from '../mistake-words.ts';
import { openSpec } from '../specs.ts';
import type { GadgetAdministrationDependencies } from './dependencies.ts';

/** A spec as it is at its address now. */
export interface FetchedGadget {
  readonly fetched: FetchedSpec;
  readonly read: ReadGadget;
}

/** The spec, or why there is none. */
export type Fetched = FetchedGadget | { readonly trouble: string };

/** Fetches a spec. @param text its address as it was typed */
export async function fetchedSpec(
  { outbound }: GadgetAdministrationDependencies,
  c: PageContext,
  text: string,
): Promise<Fetched> {
  const specUrl = specAddress(text);
  if (specUrl === null) {
    return { trouble: mistakeWords(c.locale, { field: 'specUrl', code: 'spec-url-malformed' }) };
  }
  try {
    const fetched = await fetchSpec(outbound, specUrl);
    return { fetched, read: openSpec(fetched) };
  } catch (error) {
    const trouble = fetchTroubleWords(c.locale, specUrl, error);
    if (trouble === null) throw error;
    return { trouble };
  }
}
