import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, it } from 'node:test';
import { DOCUMENTS, ROOT } from './documents.ts';

describe('the links in documents', () => {
  for (const { path, text } of DOCUMENTS) {
    it(`lead somewhere in ${path}`, () => {
      const targets = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href|srcset)="([^"]+)"/g)].map(
        ([, a, b]) => a ?? b ?? '',
      );
      assert.deepEqual(
        targets.filter((target) => !leadsSomewhere(path, target)),
        [],
      );
    });
  }

  it('and the files that documents name are there', () => {
    for (const { path, text } of DOCUMENTS) {
      const named = [...text.matchAll(/(?<![\w/.-])(?:src|test|tools|docs|bench)\/[\w./-]*\w/g)].map(
        ([file]) => file,
      );
      assert.deepEqual(
        named.filter((file) => !existsSync(ROOT + file) && !existsSync(`${ROOT}${file}.ts`)),
        [],
        path,
      );
    }
  });

  it('lead to sections by their names', () => {
    assert.ok(leadsSomewhere('README.md', 'ARCHITECTURE.md#rules'));
    assert.ok(!leadsSomewhere('README.md', 'ARCHITECTURE.md#no-such-section'));
    assert.ok(!leadsSomewhere('README.md', 'NOWHERE.md'));
  });
});

/** Addresses elsewhere are not fetched: tests contact nothing but this machine. */
function leadsSomewhere(from: string, target: string): boolean {
  if (/^https?:/.test(target)) return URL.canParse(target);
  const [path = '', section] = target.split('#');
  const file = path === '' ? from : normalize(join(dirname(from), path));
  if (!existsSync(ROOT + file)) return false;
  return section === undefined || sections(readFileSync(ROOT + file, 'utf8')).has(section);
}

/** The names under which a Markdown page's headings can be linked to. */
function sections(markdown: string): Set<string> {
  const headings = [...markdown.matchAll(/^#+ (.+)$/gm)].map((match) => match[1] ?? '');
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
}
