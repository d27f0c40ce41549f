/** RFC 5849 s3.6: which characters are encoded, from which bytes, and how. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodePercent, encodePercent } from '../../../src/oauth/index.ts';

describe('RFC 5849 s3.6 percent encoding', () => {
  it('leaves letters, digits, hyphen, period, underscore and tilde alone', () => {
    const unreserved = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~';
    assert.equal(encodePercent(unreserved), unreserved);
  });

  it('encodes every other ASCII character, with upper-case digits', () => {
    for (let code = 0; code < 128; code++) {
      const character = String.fromCharCode(code);
      if (/[A-Za-z0-9._~-]/.test(character)) continue;
      assert.equal(encodePercent(character), `%${code.toString(16).toUpperCase().padStart(2, '0')}`);
    }
  });

  it('encodes text by its UTF-8 bytes', () => {
    assert.equal(encodePercent('é☃😀'), '%C3%A9%E2%98%83%F0%9F%98%80');
    assert.equal(encodePercent('\u0080'), '%C2%80');
    assert.equal(encodePercent('\u3001'), '%E3%80%81');
  });

  it('writes a space as %20, and a plus as %2B', () => {
    assert.equal(encodePercent('a b+c'), 'a%20b%2Bc');
    assert.equal(decodePercent('a%20b%2Bc+d'), 'a b+c+d');
  });
});
