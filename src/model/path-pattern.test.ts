import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  isAmbiguousPath,
  matchesAnyPath,
  matchesPath,
  PathPatternRefused,
  readPathPattern,
} from './path-pattern.ts';

describe('path patterns', () => {
  const matching: [pattern: string, paths: string[]][] = [
    ['/', ['/']],
    ['/a/b', ['/a/b']],
    ['/issues/*', ['/issues/1', '/issues/%2a', '/issues/a.b']],
    ['/rest/**', ['/rest', '/rest/', '/rest/a', '/rest/a/b/c', '/rest/a/']],
    ['/**', ['/', '/a', '/a/b']],
    ['/**/edit', ['/edit', '/a/edit', '/a/b/edit', '/edit/x/edit']],
    ['/a/**/b/**/c', ['/a/b/c', '/a/x/b/y/z/c', '/a/b/b/c/c']],
    ['/img-*.png', ['/img-.png', '/img-1.png', '/img-a.png.png']],
  ];
  for (const [pattern, paths] of matching) {
    it(`${pattern} covers ${paths.join(' ')}`, () => {
      for (const path of paths) assert.equal(matchesPath(pattern, path), true, path);
    });
  }

  const differing: [pattern: string, paths: string[]][] = [
    ['/', ['/a']],
    ['/a/b', ['/a', '/a/b/', '/a/b/c', '/A/b', '/a/%62']],
    ['/issues/*', ['/issues', '/issues/', '/issues/1/', '/issues/1/2']],
    ['/rest/**', ['/restful', '/', '/a/rest/x']],
    ['/**/edit', ['/edits', '/edit/x']],
    ['/img-*.png', ['/img-1.jpg', '/img-a/b.png']],
    ['rest/**', ['/rest/a', 'rest/a']],
  ];
  for (const [pattern, paths] of differing) {
    it(`${pattern} does not cover ${paths.join(' ')}`, () => {
      for (const path of paths) assert.equal(matchesPath(pattern, path), false, path);
    });
  }

  it('cover no path that can be read in two ways', () => {
    const paths = [
      '/a/../b',
      '/a/..',
      '/./a',
      '/a//b',
      '/a\\b',
      '/a/%2e%2e/b',
      '/a/.%2E',
      '/a%2Fb',
      '/a%5cb',
      '/a%252fb',
      '/a%25252e',
      '/a/..;x=1/b',
      '/a%00',
      '/a/..%3bx=1/b',
      '/a/%c0%ae%c0%ae/b',
      '/a/%C1%9C/b',
      '/a/%e0%80%af/b',
      '/a/%f0%80%80%af/b',
      '/a/%25c0%25ae/b',
      '/a/%u002e%u002e/b',
      '/a%',
    ];
    for (const path of paths) {
      assert.equal(isAmbiguousPath(path), true, path);
      assert.equal(matchesPath('/**', path), false, path);
    }
    for (const path of [
      '/',
      '/a.b/..c/...',
      '/%2d',
      '/a;b=1/c',
      '/%e3%81%82',
      '/%e0%a4%85',
      '/%f0%9f%98%80',
      '/a..%3bb',
    ]) {
      assert.equal(isAmbiguousPath(path), false, path);
    }
  });

  it('hold together: any of them suffices, none is needed where there are none', () => {
    assert.equal(matchesAnyPath(['/a', '/b/**'], '/b/c'), true);
    assert.equal(matchesAnyPath(['/a', '/b/**'], '/c'), false);
    assert.equal(matchesAnyPath([], '/a'), false);
  });

  it('take time that does not grow with the number of stars', () => {
    const started = process.hrtime.bigint();
    assert.equal(matchesPath(`${'/**/a'.repeat(20)}/b`, '/a'.repeat(8_000)), false);
    assert.equal(matchesPath(`/${'*a'.repeat(20)}b`, `/${'a'.repeat(8_000)}`), false);
    assert.ok(process.hrtime.bigint() - started < 2_000_000_000n);
  });

  it('are refused when they could never match what they seem to', () => {
    for (const text of [
      '',
      'a',
      '/a?b',
      '/a#b',
      '/a b',
      '/a/../b',
      '/a//b',
      '/é',
      '/a**',
      '/**a/b',
      '/a%2fb',
    ]) {
      assert.throws(() => readPathPattern(text), PathPatternRefused, text);
    }
    assert.equal(readPathPattern('/rest/**'), '/rest/**');
  });
});
