import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FIELD_LABELS, MISTAKE_CODES, mistakeSentence, Refused } from './index.ts';

describe('the catalogue of mistakes', () => {
  const params = { text: 'TEXT', maximum: 9, minimum: 3 };

  it('has one whole sentence per code', () => {
    for (const code of MISTAKE_CODES) {
      const sentence = mistakeSentence({ field: 'name', code, params });
      assert.match(sentence, /^[A-Z].+\.$/u, code);
      assert.doesNotMatch(sentence, /[{}]/u, code);
    }
    assert.equal(new Set(MISTAKE_CODES).size, MISTAKE_CODES.length);
  });

  it('names the field, and repeats no placeholder that was typed', () => {
    const mistake = { field: 'executeAs', code: 'unknown-user', params: { text: '{field}' } } as const;
    assert.equal(
      mistakeSentence(mistake),
      'Execute as: there is no user "{field}". Look the name up in the list of users, or with: countersign user list.',
    );
    assert.equal(
      Object.values(FIELD_LABELS).every((label) => label.length > 0),
      true,
    );
  });

  it('says the next step of each thing that is not found', () => {
    for (const field of ['key', 'name', 'token', 'entry', 'baseUrl', 'record'] as const) {
      const sentence = mistakeSentence({ field, code: 'not-found', params: { text: '{next}' } });
      assert.match(sentence, /: there is no "\{next\}" here\. [A-Z].+\.$/u, field);
    }
  });

  it('puts all mistakes into the message of a refusal', () => {
    const refused = new Refused([
      { field: 'key', code: 'required', params: {} },
      { field: 'name', code: 'too-long', params: { maximum: 255 } },
    ]);
    assert.equal(refused.message, 'Consumer Key is missing. Name is longer than 255 characters.');
  });
});
