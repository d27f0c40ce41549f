import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newContext } from './trace-context.ts';

describe('a trace that begins here', () => {
  it('is kept always at share 1, and never at share 0', () => {
    for (let i = 0; i < 500; i += 1) {
      assert.equal(newContext(null, 1).isSampled, true);
      assert.equal(newContext(null, 0).isSampled, false);
    }
  });

  it('is kept by its own id: exactly when that lies within the share', () => {
    for (let i = 0; i < 500; i += 1) {
      const { traceId, isSampled } = newContext(null, 0.5);
      assert.equal(isSampled, Number.parseInt(traceId.slice(-12, -11), 16) < 8);
    }
  });

  it('leaves what its parent decided', () => {
    const kept = newContext(null, 1);
    assert.equal(newContext(kept, 0).isSampled, true);
    assert.equal(newContext(kept, 0).traceId, kept.traceId);
  });
});
