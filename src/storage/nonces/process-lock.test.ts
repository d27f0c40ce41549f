import { throws } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { lockDirectory } from './process-lock.ts';

const root = mkdtempSync(join(tmpdir(), 'countersign-lock-'));
after(() => rmSync(root, { recursive: true }));

describe('the lock on a directory', () => {
  it('is held by one, and its message says by which process', () => {
    const directory = mkdtempSync(join(root, 'held-'));
    const release = lockDirectory(directory, 'exclusive');
    throws(() => lockDirectory(directory, 'shared'), new RegExp(`in use by process ${process.pid}\\.`));
    release();
    lockDirectory(directory, 'shared')();
  });

  it('is taken although the number of its holder cannot be written, as on a full disk', () => {
    const directory = mkdtempSync(join(root, 'full-'));
    mkdirSync(join(directory, 'holder'));
    const release = lockDirectory(directory, 'exclusive');
    throws(() => lockDirectory(directory, 'shared'), /in use by another process\./);
    release();
  });
});
