import { equal } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { connectionsWithin, descriptorLimit } from './connection-limit.ts';

describe('connections that are taken', () => {
  it('leave half of the descriptors to everything else', () => {
    equal(connectionsWithin(1024), 480);
    equal(connectionsWithin(4096), 2016);
  });

  it('are ten thousand where descriptors abound, or nobody tells', () => {
    equal(connectionsWithin(1_048_576), 10_000);
    equal(connectionsWithin(null), 10_000);
  });

  it('are never none', () => equal(connectionsWithin(20), 1));

  it('follow from what Linux says, where it is Linux', () => {
    equal(descriptorLimit() !== null, existsSync('/proc/self/limits'));
  });
});
