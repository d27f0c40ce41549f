import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { PROBLEMS } from '../../src/oauth/index.ts';

const directory = new URL('../../docs/problems/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, directory), 'utf8');

describe('the pages about problems', () => {
  for (const [code, { status, sentence }] of Object.entries(PROBLEMS)) {
    it(`say of ${code} what the program says`, () => {
      assert.ok(read(`${code}.md`).startsWith(`# ${code}\n\n**HTTP ${status}.** ${sentence}\n`));
      assert.ok(read('README.md').includes(`| [${code}](${code}.md) | ${status} | ${sentence} |`));
    });
  }

  it('are about problems that exist', () => {
    const codes = readdirSync(directory).map((name) => name.replace(/\.md$/, ''));
    assert.deepEqual(
      codes.filter((code) => code !== 'README' && !(code in PROBLEMS)),
      [],
    );
  });
});
