import { deepEqual, throws } from 'node:assert/strict';
import { mkdtempSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { StorageUnavailable } from '../../model/index.ts';
import { nonceDigest } from './nonce-digest.ts';
import { Segments } from './segments.ts';

const root = mkdtempSync(join(tmpdir(), 'countersign-segments-'));
after(() => rmSync(root, { recursive: true }));

const digest = (nonce: string) => nonceDigest('wiki', 't', nonce).slice(0, 16);

function load(directory: string): [number, string][] {
  const records: [number, string][] = [];
  new Segments(directory, 60).load((timestamp, text) => records.push([timestamp, text]));
  return records;
}

describe('the files of the journal', () => {
  it('cut off a record that was written in part, so that the next ones can be read', () => {
    const directory = mkdtempSync(join(root, 'torn-'));
    let bytesLeft = 34;
    const segments = new Segments(directory, 60, (descriptor, bytes, offset, length) => {
      const written = writeSync(descriptor, bytes, offset, Math.min(length, bytesLeft));
      bytesLeft -= written;
      return written;
    });
    segments.append([{ timestamp: 1, digest: digest('a') }], 0);
    throws(() => segments.append([{ timestamp: 2, digest: digest('b') }], 0), StorageUnavailable);
    bytesLeft = 1000;
    segments.append([{ timestamp: 3, digest: digest('c') }], 0);
    deepEqual(load(directory), [
      [1, digest('a')],
      [3, digest('c')],
    ]);
    segments.close();
  });

  it('go one by one, when all their timestamps lie below the floor', () => {
    const directory = mkdtempSync(join(root, 'drop-'));
    const segments = new Segments(directory, 60);
    segments.append([{ timestamp: 5, digest: digest('a') }], 0);
    segments.append([{ timestamp: 9, digest: digest('b') }], 60);
    segments.append([{ timestamp: 7, digest: digest('c') }], 120);
    segments.append([{ timestamp: 8, digest: digest('d') }], 180);
    segments.dropUpTo(7);
    deepEqual(
      load(directory).map(([timestamp]) => timestamp),
      [9, 8],
    );
    segments.close();
  });
});
