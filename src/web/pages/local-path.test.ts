import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isLocalPath, localPathOr } from './local-path.ts';

describe('where a page may send the browser', () => {
  it('is a path of our own, with its query', () => {
    for (const path of [
      '/',
      '/issues/1?x=%2F%2Fevil',
      '/oauth/authorize?oauth_token=a&oauth_callback=https://a/b',
    ]) {
      assert.equal(isLocalPath(path), true, path);
    }
  });

  it('is never another host, however it is written', () => {
    const others = [
      'https://evil.example/',
      'javascript:alert(1)',
      '//evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      '/\t/evil.example',
      '/\n/evil.example',
      ' /evil',
      '/a//b',
      '/a\\b',
      '/..//evil.example',
      '/%2e%2e/x',
      '/./x',
      'issues',
      '',
      '/é',
      `/${'x'.repeat(20_000)}`,
    ];
    for (const path of others) assert.equal(isLocalPath(path), false, path.slice(0, 80));
  });

  it('is the fallback when there is none, or a wrong one', () => {
    for (const path of [null, undefined, '', '//evil.example'])
      assert.equal(localPathOr(path, '/start'), '/start');
  });
});
