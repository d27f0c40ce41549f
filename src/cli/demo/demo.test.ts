import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { runCommand } from '../../../test/support/countersign.ts';

describe('the demo', () => {
  it('performs the whole dance, shows the data, and ends with 0', async () => {
    const { status, stdout, stderr } = await runCommand(['demo', '--once', '--port', '18080']);
    assert.equal(status, 0, stderr);
    assert.equal(stderr, '');
    for (const step of [
      /linked/,
      /gadgets of Tracker/,
      /logs in to Wiki/,
      /presses Connect/,
      /logs in to Tracker/,
      /Wiki wants to act for Alice Jones in Tracker/,
      /You are connected to Tracker/,
      /oauth\/out\/Tracker\/rest\/api\/2\/search/,
      /TRACK-1/,
      /404/,
      /revokes/,
      /409 approval-needed \(token_re/,
    ]) {
      assert.match(stdout, step);
    }
    assert.doesNotMatch(stdout, /surprise party/);
  });

  it('takes the next port that is free, and says so', async () => {
    const busy = createServer();
    await new Promise<void>((resolve) => busy.listen(18_180, '127.0.0.1', resolve));
    const { status, stdout } = await runCommand(['demo', '--once', '--port', '18180']);
    busy.close();
    assert.equal(status, 0);
    assert.match(stdout, /Port 18180 is taken; Tracker uses 18181\./);
  });
});
