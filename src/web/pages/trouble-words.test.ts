import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findingWordsJa, problemWords } from './trouble-words.ts';

/** Names that every JavaScript object inherits: a provider may report any of them as its problem. */
const INHERITED = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'];

describe('words about what a provider reported', () => {
  it('are texts for codes that are names of inherited properties too', () => {
    for (const locale of ['en', 'ja'] as const) {
      const words = (code: string) => problemWords({ locale }, code);
      for (const code of INHERITED) equal(words(code), words('strange').replace('strange', code));
    }
    const finding = (code: string) => findingWordsJa('Photos', code, 401);
    for (const code of INHERITED) equal(finding(code), finding('strange').replace('strange', code));
  });
});
