/** Small things that every part of a spec is read by: children, attributes, addresses, numbers, and their limits. */
import type { SpecElement } from './gadget-spec.ts';
import { mistakeIn } from './spec-refused.ts';

/** Longest text of an attribute, characters. */
const LONGEST_ATTRIBUTE = 4096;

/** The children of a name. @throws {SpecRefused} too-many */
export function childrenOf(parent: SpecElement, name: string, limit: number): readonly SpecElement[] {
  const found = parent.children.filter((child) => child.name === name);
  const first = found[limit];
  if (first !== undefined) throw mistakeIn(first, 'too-many', { element: name, limit });
  return found;
}

/** An attribute, trimmed; '' when absent. @throws {SpecRefused} too-long */
export function attributeOf(element: SpecElement, name: string): string {
  const value = Object.hasOwn(element.attributes, name) ? element.attributes[name]!.trim() : '';
  if (value.length > LONGEST_ATTRIBUTE) {
    throw mistakeIn(element, 'too-long', { what: name, limit: LONGEST_ATTRIBUTE });
  }
  return value;
}

/** An attribute that has to be there. @throws {SpecRefused} name-missing */
export function requiredAttribute(element: SpecElement, attribute: string): string {
  const value = attributeOf(element, attribute);
  if (value === '') throw mistakeIn(element, 'name-missing', { element: element.name, attribute });
  return value;
}

/** Whether an attribute says yes. */
export function isTrue(element: SpecElement, name: string): boolean {
  return /^(?:true|yes|1)$/i.test(attributeOf(element, name));
}

/** An address, made absolute by the spec's own. @throws {SpecRefused} address-invalid */
export function addressOf(element: SpecElement, text: string, specUrl: string): string {
  const url = webAddress(text, specUrl);
  if (url === null) throw mistakeIn(element, 'address-invalid', { url: text });
  return url;
}

/** The same for what is only decoration: null when there is none, or none that can be used. */
export function webAddress(text: string, specUrl: string): string | null {
  const url = text === '' ? null : URL.parse(text, specUrl);
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  return url !== null && isWeb && url.username === '' && url.password === '' ? url.href : null;
}
