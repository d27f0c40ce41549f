import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Logger } from 'pino';
import { FixedClock } from '../base/index.ts';
import { createWirePolicy, type WireRequest } from '../web/index.ts';
import { createUserHeaderLog } from './user-header.ts';

const policy = createWirePolicy({
  publicUrl: new URL('https://tracker.example'),
  listenAddress: () => null,
  trustedProxies: ['10.0.0.0/8'],
  userHeaders: { userName: 'remote-user', displayName: null, email: null },
});

const arriving = (remoteAddress: string, ...rawHeaders: string[]) =>
  ({ policy, requestId: 'r', incoming: { rawHeaders, socket: { remoteAddress } } }) as unknown as WireRequest;

describe('the log of what proxies say about people', () => {
  it('tells of words that counted for nothing, once a minute for each kind, and of no others', () => {
    const lines: string[] = [];
    const clock = new FixedClock(1_800_000_000);
    const log = { warn: (facts: { peer: string; fault?: string }) => lines.push(facts.fault ?? facts.peer) };
    const note = createUserHeaderLog(log as unknown as Logger, clock);
    note(arriving('10.0.0.1', 'Remote-User', 'alice'));
    note(arriving('192.0.2.1', 'Accept', '*/*'));
    for (let count = 0; count < 3; count += 1) {
      note(arriving('192.0.2.1', 'Remote-User', 'alice'));
      note(arriving('10.0.0.1', 'Remote-User', ''));
    }
    assert.deepEqual(lines, ['192.0.2.1', 'empty']);
    clock.advance(60);
    note(arriving('192.0.2.2', 'Remote-User', 'alice'));
    assert.deepEqual(lines, ['192.0.2.1', 'empty', '192.0.2.2']);
  });
});
