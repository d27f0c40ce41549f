/**
 * What a spec says of itself and what it asks for, as rows of words: for the preview before it is added, and side by
 * side with a newer one. Hosts are those that stand anywhere in the text; a program can put others together as it runs.
 */
import { type FetchedSpec, gadgetDetails, originsIn, type ReadGadget } from '../../gadgets/index.ts';
import { fill, type PageContext } from '../../web/index.ts';
import { messages } from './words.ts';

/** One thing that a spec says; several values where it says several. */
export interface SpecFact {
  readonly label: string;
  readonly values: readonly string[];
}

/** The facts of a spec, always the same ones in the same order. */
export function specFacts(c: PageContext, fetched: FetchedSpec, { spec, bundles }: ReadGadget): SpecFact[] {
  const t = c.messages(messages);
  const details = gadgetDetails(spec, { bundles, language: c.locale });
  const one = (label: string, value: string | null) => ({ label, values: value ? [value] : [] });
  return [
    one(t.gadgetTitle, details.title),
    one(t.description, details.description),
    one(t.author, fetched.author),
    { label: t.categories, values: spec.categories },
    { label: t.languages, values: [...new Set(spec.locales.map(({ language }) => language))] },
    { label: t.content, values: [...new Set(spec.contents.map((content) => contentWords(c, content)))] },
    { label: t.features, values: spec.features.map(({ name }) => name) },
    { label: t.preferences, values: details.preferences.map(({ displayName, name }) => displayName || name) },
    { label: t.services, values: spec.oauthServices.map(serviceWords) },
    { label: t.reach, values: originsIn(fetched) },
  ];
}

function contentWords(c: PageContext, content: ReadGadget['spec']['contents'][number]): string {
  const t = c.messages(messages);
  if (content.kind === 'html') return t.contentHere;
  return fill(t.contentThere, { host: URL.parse(content.href)?.host ?? content.href });
}

function serviceWords(service: ReadGadget['spec']['oauthServices'][number]): string {
  const { name, access } = service;
  const host = URL.parse(access?.url ?? '')?.host ?? '';
  return [name, host].filter((part) => part !== '').join(', ') || '–';
}
