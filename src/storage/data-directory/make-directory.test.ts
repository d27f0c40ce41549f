import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { StorageUnavailable } from '../../model/index.ts';
import { makeDirectory } from './make-directory.ts';

const root = mkdtempSync(join(tmpdir(), 'countersign-directory-'));
after(() => rmSync(root, { recursive: true }));

describe('making a directory', () => {
  it('makes its parents, too, for this user alone', () => {
    makeDirectory(join(root, 'a', 'b', 'c'));
    for (const made of ['a', 'a/b', 'a/b/c']) assert.equal(statSync(join(root, made)).mode & 0o777, 0o700);
  });

  it('leaves one that is there as it is, also behind a link', () => {
    symlinkSync(root, join(root, 'link'));
    makeDirectory(join(root, 'link'));
    makeDirectory(join(root, 'link', 'd'));
    assert.ok(statSync(join(root, 'd')).isDirectory());
  });

  for (const [where, path, why] of [
    [
      'where a file has its name',
      'file',
      /file cannot be made: what is there is not a directory; choose another with --data$/,
    ],
    [
      'below a file',
      'file/e',
      /file\/e cannot be made: something in its path is not a directory; choose another with --data$/,
    ],
    ['below what is below a file', 'file/e/f', /cannot be made: /],
  ] as const) {
    it(`is refused ${where}, and says why`, () => {
      writeFileSync(join(root, 'file'), '');
      assert.throws(
        () => makeDirectory(join(root, path)),
        (error: Error) => error instanceof StorageUnavailable && why.test(error.message),
      );
    });
  }
});
