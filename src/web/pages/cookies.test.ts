import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCookieJar } from './cookies.ts';

const jar = (url: string) => createCookieJar(new URL(url));

describe('the session cookie', () => {
  it('over https is bound to the host, secure, out of reach of scripts, and lax', () => {
    assert.equal(
      jar('https://tracker.example').write('session', 'abc', 60),
      '__Host-countersign=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure',
    );
  });

  it('over http does without what browsers accept over https only', () => {
    assert.equal(
      jar('http://localhost').write('session', 'abc', 60),
      'countersign=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax',
    );
  });

  it('has a name of its own for each installation on a host', () => {
    const urls = [
      'https://h',
      'https://h:8443',
      'https://h/jira',
      'https://h/wiki/',
      'http://h:8080',
      'http://h:8081',
    ];
    const names = urls.map((url) => jar(url).name('session'));
    assert.equal(new Set(names).size, urls.length);
    assert.equal(names[1], '__Host-countersign-8443');
    assert.equal(names[2], '__Host-countersign-jira');
  });

  it('is read by its whole name, and its first value counts', () => {
    const header = 'x__Host-countersign=no; __Host-countersign=a%20b; __Host-countersign=planted';
    assert.equal(jar('https://h').read('session', header), 'a b');
    assert.equal(jar('https://h').read('session', '__Host-countersign-8443=other'), undefined);
    assert.equal(jar('https://h').read('session', '__Host-countersign=%ff'), undefined);
    assert.equal(jar('https://h').read('session', null), undefined);
  });
});
