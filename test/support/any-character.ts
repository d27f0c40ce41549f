/**
 * Every character of Unicode as a unit of fast-check's strings: what its own `unit: 'binary'` gives, which costs a
 * second in each process, as it first writes down all of the million characters.
 */
import fc from 'fast-check';

const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;
const LAST = 0x10ffff;

/** Any character: surrogates, which are none, are left out. */
export const ANY_CHARACTER = fc.integer({ min: 0, max: LAST - SURROGATES }).map(characterAt, placeOf);

function characterAt(place: number): string {
  return String.fromCodePoint(place < FIRST_SURROGATE ? place : place + SURROGATES);
}

/** @throws for what is not one character */
function placeOf(character: unknown): number {
  if (typeof character !== 'string' || [...character].length !== 1) throw new TypeError('one character');
  const code = character.codePointAt(0)!;
  return code < FIRST_SURROGATE ? code : code - SURROGATES;
}
