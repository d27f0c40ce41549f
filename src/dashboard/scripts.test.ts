import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Script } from 'node:vm';
import { browserScriptText } from '../web/index.ts';
import { GADGET_RUNTIME, PAGE_SCRIPTS } from './scripts.ts';

describe('the scripts of dashboards', () => {
  for (const script of [...PAGE_SCRIPTS, GADGET_RUNTIME]) {
    it(`${script.name} is one script that browsers can read, and small`, () => {
      const text = browserScriptText(script);
      assert.ok(new Script(text));
      assert.ok(text.length <= 12_000, `${text.length} bytes`);
    });
  }
});
