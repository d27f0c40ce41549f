import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FIELD_LABELS, MISTAKE_CODES, mistakeSentence } from '../../administration/index.ts';
import { AUDIT_ACTIONS } from '../../model/index.ts';
import { differingPlaceholders, FIELD_LABELS_JA, type Messages, MISTAKES_JA } from '../../web/index.ts';
import { connectionMessages } from '../connections/index.ts';
import { auditMessages } from './audit/messages.ts';
import { commonMessages } from './common-messages.ts';
import { consumerMessages } from './consumers/words.ts';
import { endingMessages } from './ending/messages.ts';
import { historyMessages } from './history/words.ts';
import { identityMessages } from './identity/messages.ts';
import { linkMessages } from './links/words.ts';
import { selectionMessages } from './selection/words.ts';
import { providerMessages } from './service-providers/words.ts';
import { tokenMessages } from './tokens/messages.ts';
import { usageMessages } from './usage/words.ts';
import { userMessages } from './users/messages.ts';

describe('sentences of the administration pages', () => {
  const catalogues = {
    auditMessages,
    commonMessages,
    consumerMessages,
    endingMessages,
    historyMessages,
    identityMessages,
    linkMessages,
    connectionMessages,
    providerMessages,
    selectionMessages,
    tokenMessages,
    usageMessages,
    userMessages,
  };

  for (const [name, { en, ja }] of Object.entries(catalogues)) {
    it(`${name} has the same placeholders in both languages`, () => {
      assert.deepEqual(differingPlaceholders(en as Messages, ja as Messages), []);
    });
  }

  it('say every mistake in Japanese with the values that the English sentence has', () => {
    const placeholders = (text: string) => (text.match(/\{\w+\}/gu) ?? []).sort().join();
    for (const code of MISTAKE_CODES) {
      const values = { text: '{text}', maximum: '{maximum}', minimum: '{minimum}', count: '{count}' };
      const english = mistakeSentence({ field: 'name', code, params: values });
      const japanese = MISTAKES_JA[code].replaceAll('{field}', '');
      assert.equal(placeholders(japanese), placeholders(english), code);
    }
    assert.deepEqual(Object.keys(FIELD_LABELS_JA), Object.keys(FIELD_LABELS));
  });

  it('have words for every audited action', () => {
    for (const action of AUDIT_ACTIONS) assert.ok(auditMessages.ja.actions[action], action);
  });
});
