/**
 * Facts about providers that speak OAuth 1.0a, as their documentation tells them: addresses, methods and what is
 * peculiar about each. None of them was contacted to write this down; a provider may have changed since, which is
 * what testing a provider is for. Text in braces is to be filled in by whoever uses the preset.
 */
import { type ProviderConduct, USUAL_CONDUCT } from '../model/index.ts';
import type { SignatureMethod } from '../oauth/index.ts';
import { PRESET_FACTS, type ProviderPreset } from './preset-facts.ts';

/** A preset whose braces are filled: fields for a new service provider. */
export interface FilledPreset extends ProviderConduct {
  readonly name: string;
  readonly ownKey: boolean;
  readonly signatureMethod: SignatureMethod;
  readonly requestTokenUrl: string;
  readonly authorizeUrl: string;
  readonly accessTokenUrl: string;
  readonly baseUrl: string;
}

/** All presets by their id, in the order of their names. */
export const PRESETS: ReadonlyMap<string, ProviderPreset> = new Map(
  PRESET_FACTS.map((facts) => {
    const addresses = [facts.requestTokenUrl, facts.authorizeUrl, facts.accessTokenUrl, facts.baseUrl];
    const named = addresses.flatMap((address) => [...(address ?? '').matchAll(/\{(\w+)\}/g)]);
    const conduct = facts.conduct ?? {};
    const placeholders = [...new Set([...named.map(([, name]) => name!), ...inConduct(conduct)])];
    return [facts.id, { ...facts, conduct, placeholders, source: 'documentation' as const }];
  }),
);

/**
 * Fills a preset. What is not given stays in its braces, so that a form shows what to replace.
 * @param values by placeholder; a trailing slash of an address is dropped
 */
export function fillPreset(
  preset: ProviderPreset,
  values: Readonly<Record<string, string | undefined>> = {},
): FilledPreset {
  const fill = (text: string | null): string =>
    (text ?? '').replace(/\{(\w+)\}/g, (braces, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name]?.trim() : undefined;
      return value === undefined || value === '' ? braces : value.replace(/\/+$/, '');
    });
  const conduct = { ...USUAL_CONDUCT, ...preset.conduct };
  return {
    ...conduct,
    realm: conduct.realm === null ? null : fill(conduct.realm),
    name: preset.name,
    ownKey: preset.ownKey,
    signatureMethod: preset.signatureMethod,
    requestTokenUrl: fill(preset.requestTokenUrl),
    authorizeUrl: fill(preset.authorizeUrl),
    accessTokenUrl: fill(preset.accessTokenUrl),
    baseUrl: fill(preset.baseUrl),
  };
}

function inConduct({ realm }: Partial<ProviderConduct>): string[] {
  return [...(realm ?? '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
}
