import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import { makeSite } from '../../tools/site/make-site.ts';
import { DOCUMENTS } from './documents.ts';

const site = makeSite();
const pages = new Map(
  [...site].filter(([path]) => path.endsWith('.html')).map(([path, content]) => [path, String(content)]),
);

describe('the site of the documents', () => {
  it('has a page for each document, with a title, a language, and the way to all others', () => {
    assert.ok(pages.size >= DOCUMENTS.length);
    for (const [path, html] of pages) {
      assert.match(html, /<title>[^<]+<\/title>/, path);
      assert.match(html, /^<!doctype html>\n<html lang="(?:en|ja)">/, path);
      const navigation = /<nav [\s\S]*<\/nav>/.exec(html)?.[0] ?? '';
      assert.equal(navigation.match(/<li><a href=/g)?.length, pages.size, path);
      assert.equal(navigation.match(/aria-current="page"/g)?.length, 1, path);
    }
  });

  it('has nothing behind its links that is missing', () => {
    for (const [path, html] of pages) {
      assert.deepEqual(
        targetsOf(html).filter((target) => !leadsSomewhere(path, target)),
        [],
        path,
      );
    }
    assert.ok(leadsSomewhere('index.html', 'docs/guide/backup.html#restore'));
    assert.ok(!leadsSomewhere('index.html', 'docs/guide/backup.html#no-such-section'));
    assert.ok(!leadsSomewhere('index.html', 'docs/guide/nothing.html'));
  });

  it('asks no other server for anything, and runs no script', () => {
    for (const [path, html] of pages) {
      assert.doesNotMatch(html, /<script|<iframe|\son[a-z]+="/, path);
      const loaded = [...html.matchAll(/<(?:link|img|source)\b[^>]*?(?:href|src|srcset)="([^"]+)"/g)];
      for (const [, address = ''] of loaded) assert.doesNotMatch(address, /^(?:[a-z]+:)?\/\//, path);
    }
    assert.doesNotMatch(String(site.get('site.css')), /url\(|@import/);
  });

  it('tells programs of every page in a line with its address', () => {
    const text = String(site.get('llms.txt'));
    assert.match(text, /^# Countersign\n\n> \S/);
    const told = [...text.matchAll(/^- \[[^\]]+\]\(([^)]+)\): \S/gm)].map(([, path]) => path ?? '');
    assert.deepEqual(told.sort(), [...pages.keys()].sort());
  });
});

function targetsOf(html: string): string[] {
  return [...html.matchAll(/\b(?:href|src|srcset)="([^"]+)"/g)].map(([, target = '']) => target);
}

function leadsSomewhere(from: string, target: string): boolean {
  if (/^[a-z]+:/.test(target)) return URL.canParse(target);
  const [path = '', section] = target.split('#');
  const to = path === '' ? from : posix.join(posix.dirname(from), path);
  if (section === undefined) return site.has(to);
  return pages.get(to)?.includes(` id="${section}"`) ?? false;
}
