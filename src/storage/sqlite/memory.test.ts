import { equal, rejects, throws } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Memory } from './memory.ts';

let forget: () => void;
let look: () => void;
let reads: number;
let memory: Memory<string>;

beforeEach(() => {
  look = () => {};
  reads = 0;
  const changes = {
    look: () => look(),
    onChange(_table: string, then: () => void) {
      forget = then;
    },
  };
  memory = new Memory<string>(changes, 'users', 10);
});

const recall = (record: string | null) =>
  memory.recall('alice', async () => {
    reads += 1;
    return record;
  });

describe('the memory of a table', () => {
  it('gives what it has until something changes', async () => {
    for (const record of ['Alice', 'Alice A.']) equal(await recall(record), 'Alice');
    forget();
    equal(await recall('Alice A.'), 'Alice A.');
    equal(reads, 2);
  });

  it('looks before it gives anything', async () => {
    await recall('Alice');
    look = forget;
    equal(await recall('Alice A.'), 'Alice A.');
  });

  it('does not remember that there is nothing', async () => {
    equal(await recall(null), null);
    equal(await recall('Alice'), 'Alice');
  });

  it('lets nobody change what others are given', async () => {
    const lists = new Memory<{ readonly names: string[] }>({ look, onChange() {} }, 'users', 10);
    for (const _ of ['read', 'remembered']) {
      const found = await lists.recall('all', async () => ({ names: ['Alice'] }));
      throws(() => found.names.push('Mallory'), TypeError);
    }
  });

  it('does not keep what was read before a change that others have noticed meanwhile', async () => {
    const reading = memory.recall('alice', async () => {
      forget();
      return 'as she was';
    });
    equal(await reading, 'as she was');
    equal(await recall('as she is'), 'as she is');
  });

  it('gives nothing when nobody can tell whether it is still so', async () => {
    await recall('Alice');
    look = () => {
      throw new Error('the disk is gone');
    };
    equal(await recall('Alice A.'), 'Alice A.');
    await rejects(
      memory.recall('alice', () => Promise.reject(new Error('unreadable'))),
      /unreadable/,
    );
  });
});
