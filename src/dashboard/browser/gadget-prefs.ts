/**
 * `gadgets.Prefs`: the preferences and messages that came with the document. As the interface has always been,
 * `getString` gives text that is escaped for HTML: gadgets put it into their pages as it is, and the owner of a shared
 * dashboard must not be able to write their script.
 */
import { facts, sayToPage } from './gadget-channel.ts';

const preferences: Record<string, string> = { ...facts.preferences };

const ENTITIES: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": '#39',
};

/** Escapes for HTML text and quoted attributes. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&${ENTITIES[one]};`);
}

function preferenceOf(name: string): string {
  return Object.hasOwn(preferences, name) ? (preferences[name] ?? '') : '';
}

/** Escapes what `gadgets.Prefs` gives in place of the separator of lists. */
const SEPARATOR = '%7C';

/** `gadgets.Prefs`. The module that the constructor may be given is always the gadget's own. */
export class Prefs {
  getString(name: string): string {
    return escapeText(preferenceOf(name));
  }
  getInt(name: string): number {
    return Number.parseInt(preferenceOf(name), 10) || 0;
  }
  getFloat(name: string): number {
    return Number.parseFloat(preferenceOf(name)) || 0;
  }
  getBool(name: string): boolean {
    const value = preferenceOf(name);
    return value === 'true' || Number.parseInt(value, 10) > 0;
  }
  getArray(name: string): string[] {
    const value = preferenceOf(name);
    return value === '' ? [] : value.split('|').map((one) => escapeText(one.replaceAll(SEPARATOR, '|')));
  }
  getMsg(name: string): string {
    return Object.hasOwn(facts.messages, name) ? (facts.messages[name] ?? '') : '';
  }
  getCountry(): string {
    return facts.country;
  }
  getLang(): string {
    return facts.language;
  }
  getModuleId(): string {
    return facts.moduleId;
  }
  /** Names and values by turns. */
  set(...pairs: unknown[]): void {
    const changes: Record<string, string> = {};
    for (let index = 0; index + 1 < pairs.length; index += 2) {
      changes[String(pairs[index])] = String(pairs[index + 1] ?? '');
    }
    Object.assign(preferences, changes);
    sayToPage({ kind: 'preferences', preferences: changes });
  }
  setArray(name: string, values: readonly unknown[]): void {
    this.set(name, values.map((value) => String(value).replaceAll('|', SEPARATOR)).join('|'));
  }
}
