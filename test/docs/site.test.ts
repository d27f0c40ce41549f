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

  it('asks no other server for anything, and runs no script but that of its search', () => {
    for (const [path, html] of pages) {
      const scripts = [...html.matchAll(/<script\b[^>]*>[^<]*/g)].map(([tag]) => tag);
      const own = ['<script src="search-sections.js">', '<script src="search.js">'];
      assert.deepEqual(scripts, path === 'search.html' ? own : [], path);
      assert.doesNotMatch(html, /<iframe|\son[a-z]+="|\sstyle="/, path);
      const loaded = [...html.matchAll(/<(?:link|img|source)\b[^>]*?(?:href|src|srcset)="([^"]+)"/g)];
      for (const [, address = ''] of loaded) assert.doesNotMatch(address, /^(?:[a-z]+:)?\/\//, path);
    }
    assert.doesNotMatch(String(site.get('site.css')), /url\(|@import/);
  });

  it('leads to the guides in the order in which they are needed, and by what somebody wants to do', () => {
    const front = pages.get('index.html') ?? '';
    const chapters = [...front.matchAll(/<summary>([^<]+)<\/summary>/g)].map(([, title]) => title);
    assert.deepEqual(chapters.slice(0, 2), ['Begin', 'Come from elsewhere']);
    const first = [...front.matchAll(/<li><a href="([^"]+)"/g)].map(([, path]) => path);
    assert.deepEqual(first.slice(0, 3), ['index.html', 'docs/index.html', 'docs/guide/quickstarts.html']);
    const tasks = pages.get('docs/index.html') ?? '';
    const article = tasks.slice(tasks.indexOf('<main>'), tasks.indexOf('</main>'));
    for (const path of pages.keys()) {
      const guide = /^docs\/(guide\/.+)$/.exec(path)?.[1];
      if (guide !== undefined) assert.ok(article.includes(`href="${guide}`), `no task leads to ${path}`);
    }
  });

  it('has every section of every document in what is searched', () => {
    const script = String(site.get('search-sections.js'));
    const sections: { path: string; text: string }[] = JSON.parse(
      script.replace(/^globalThis\.SITE_SECTIONS = |;\n$/g, ''),
    );
    const found = new Set(sections.map(({ path }) => path));
    for (const [path, html] of pages) {
      if (path === 'search.html') continue;
      for (const [, id] of html.matchAll(/<h[1-6] id="([^"]+)"/g))
        assert.ok(found.has(`${path}#${id}`), path);
    }
    for (const { path, text } of sections) assert.doesNotMatch(text, /<\/?(?:p|table|td|code)\b|&lt;/, path);
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
