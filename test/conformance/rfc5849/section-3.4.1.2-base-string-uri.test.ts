/** RFC 5849 s3.4.1.2: scheme, authority and path, as both sides must see them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { baseStringUri, signatureBaseString } from '../../../src/oauth/index.ts';

describe('RFC 5849 s3.4.1.2 base string URI', () => {
  it('gives the examples of the section', () => {
    assert.equal(baseStringUri('http://EXAMPLE.COM:80', '/r%20v/X'), 'http://example.com/r%20v/X');
    assert.equal(baseStringUri('https://www.example.net:8080', '/'), 'https://www.example.net:8080/');
  });

  it('writes scheme and host in lower case', () => {
    assert.equal(baseStringUri('HTTPS://Tracker.Example', '/A'), 'https://tracker.example/A');
  });

  it('leaves out port 80 for http and port 443 for https, and no other', () => {
    assert.equal(baseStringUri('http://h:80', '/'), 'http://h/');
    assert.equal(baseStringUri('https://h:443', '/'), 'https://h/');
    assert.equal(baseStringUri('https://h:0443', '/'), 'https://h/');
    assert.equal(baseStringUri('http://h:443', '/'), 'http://h:443/');
    assert.equal(baseStringUri('https://h:80', '/'), 'https://h:80/');
    assert.equal(baseStringUri('http://h:', '/'), 'http://h/');
  });

  it('takes an empty path for a slash', () => {
    assert.equal(baseStringUri('http://h', ''), 'http://h/');
  });

  it('keeps the path as it was sent: dot segments, doubled slashes, escapes in their spelling, semicolons', () => {
    for (const path of ['/a/../b', '/a//b/', '/%7e%7E', "/it's;v=1", '/%ff', '/a%2Fb', '/.%2e/']) {
      assert.equal(baseStringUri('http://h', path), `http://h${path}`);
    }
  });

  it('counts the bytes of a path that was sent unencoded, as node:http gives them', () => {
    const baseUri = baseStringUri('http://h', Buffer.from('/é%2f').toString('latin1'));
    assert.equal(
      signatureBaseString({ method: 'GET', baseUri, parameters: [] }),
      'GET&http%3A%2F%2Fh%2F%C3%A9%252f&',
    );
  });

  it('knows IPv6 literals', () => {
    assert.equal(baseStringUri('http://[::1]:8080', '/'), 'http://[::1]:8080/');
    assert.equal(baseStringUri('http://[FE80::A]:80', '/'), 'http://[fe80::a]/');
  });

  it('refuses what is not an origin', () => {
    const wrong = [
      'h',
      '//h',
      'ftp://h',
      'http://',
      'http://u@h',
      'http://u:p@h',
      'http://h/x',
      'http://h?x',
      'http://h#x',
      'http://h:x',
      'http://h:1:2',
      'http://h:123456',
      'http://h h',
      '\nhttp://h',
      'http://h\n',
    ];
    for (const origin of wrong) assert.throws(() => baseStringUri(origin, '/'), TypeError, origin);
  });
});
