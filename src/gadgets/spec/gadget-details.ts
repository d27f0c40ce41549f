/** A spec as one person is shown it: in their language, with their preferences. */
import { sha256Hex } from '../../base/index.ts';
import type { Datatype, GadgetSpec, SpecContent, SpecPreference } from './gadget-spec.ts';
import { type MessageTexts, messagesFor } from './message-bundle.ts';
import { webAddress } from './spec-parts.ts';
import { type Substitutions, substitute } from './substitute.ts';

/** Whose language and country, and which values. */
export interface Showing {
  readonly bundles: ReadonlyMap<string, MessageTexts>;
  /** `en`, `ja`. */
  readonly language: string;
  /** `GB`; every country's unless given. */
  readonly country?: string;
  readonly moduleId?: string;
  /** As they are kept. */
  readonly preferences?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A preference, ready for a form. */
export interface ShownPreference {
  readonly name: string;
  readonly displayName: string;
  readonly datatype: Datatype;
  readonly isRequired: boolean;
  readonly defaultValue: string;
  readonly choices: readonly { readonly value: string; readonly displayValue: string }[];
}

/** What a page says about a gadget. */
export interface GadgetDetails {
  readonly title: string;
  readonly directoryTitle: string;
  /** Null when it has none that can be followed. */
  readonly titleUrl: string | null;
  readonly description: string;
  readonly author: string;
  readonly thumbnailUrl: string | null;
  readonly categories: readonly string[];
  readonly preferences: readonly ShownPreference[];
}

/** Longest value of a preference, characters. */
export const LONGEST_PREFERENCE = 8192;

/** The details of a gadget. */
export function gadgetDetails(spec: GadgetSpec, showing: Showing): GadgetDetails {
  const substitutions = substitutionsFor(spec, showing);
  const put = (text: string) => substitute(text, substitutions, 'text').trim();
  return {
    title: put(spec.title),
    directoryTitle: put(spec.directoryTitle),
    titleUrl: webAddress(substitute(spec.titleUrl, substitutions, 'address'), spec.url),
    description: put(spec.description),
    author: put(spec.author),
    thumbnailUrl: spec.thumbnailUrl,
    categories: spec.categories,
    preferences: spec.preferences.map((preference) => ({
      name: preference.name,
      displayName: put(preference.displayName),
      datatype: preference.datatype,
      isRequired: preference.isRequired,
      defaultValue: put(preference.defaultValue),
      choices: preference.choices.map(({ value, displayValue }) => ({
        value,
        displayValue: put(displayValue),
      })),
    })),
  };
}

/** Everything that a text of the spec may need. Preferences that are not declared, or no longer fit, do not count. */
export function substitutionsFor(spec: GadgetSpec, showing: Showing): Substitutions {
  const { messages, direction } = messagesFor(spec, showing.bundles, showing.language, showing.country);
  const moduleId = moduleNumber(showing.moduleId ?? '');
  const base = { messages, direction, moduleId, environment: showing.environment ?? {}, preferences: {} };
  const values = spec.preferences.map((preference) => {
    const kept = showing.preferences ?? {};
    const value = Object.hasOwn(kept, preference.name) ? kept[preference.name]! : null;
    const isFitting = value !== null && preferenceFits(preference, value);
    return [preference.name, isFitting ? value : substitute(preference.defaultValue, base, 'text')] as const;
  });
  return { ...base, preferences: Object.fromEntries(values) };
}

/** A module's id as gadgets expect it: they write `__MODULE_ID__` into scripts without quotes, so it is a number. */
function moduleNumber(id: string): string {
  return String(Number.parseInt(sha256Hex(id).slice(0, 12), 16));
}

/** Whether a value may be kept for a preference. */
export function preferenceFits({ datatype, choices }: SpecPreference, value: string): boolean {
  if (value.length > LONGEST_PREFERENCE) return false;
  if (datatype === 'bool') return /^(?:true|false|0|1)$/.test(value);
  return datatype !== 'enum' || choices.some((choice) => choice.value === value);
}

/** The content for a view: that view's, else the usual one, else the first. HTML of one view is put together. */
export function contentFor(spec: GadgetSpec, view: string): SpecContent {
  const of = (name: string) => spec.contents.filter(({ views }) => views.includes(name));
  const found = [of(view), of('default'), of('home'), spec.contents].find((list) => list.length > 0)!;
  const [first] = found as readonly [SpecContent];
  if (first.kind === 'url') return first;
  const html = found.filter(({ kind }) => kind === 'html').map((content) => content.html);
  return { ...first, html: found === spec.contents ? first.html : html.join('\n') };
}
