import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CALLBACK_MISTAKES, type CallbackMistake, parseCallbackUri } from './callback-uri.ts';

describe('callback URI', () => {
  const accepted: readonly [string, string][] = [
    ['https://wiki.example/done', 'https://wiki.example/done'],
    ['https://wiki.example', 'https://wiki.example/'],
    ['HTTPS://Wiki.Example:443/a/../b?x=1&y=%20', 'https://wiki.example/b?x=1&y=%20'],
    ['http://wiki.example/done', 'http://wiki.example/done'],
    ['http://localhost:49152/cb?state=a%2Fb', 'http://localhost:49152/cb?state=a%2Fb'],
    ['https://ウィキ.example/完了', 'https://xn--dckfw.example/%E5%AE%8C%E4%BA%86'],
  ];
  for (const [text, uri] of accepted) {
    it(`keeps ${text} as browsers serialise it`, () => {
      assert.deepEqual(parseCallbackUri(text), { ok: true, uri });
    });
  }

  const refused: readonly [string, CallbackMistake][] = [
    ['', 'empty'],
    [`https://h/${'a'.repeat(2000)}`, 'too-long'],
    ['https://h/a b', 'forbidden-character'],
    [' https://h/', 'forbidden-character'],
    ['https://h/\r\nSet-Cookie: a=b', 'forbidden-character'],
    ['ht\ttps://h/', 'forbidden-character'],
    ['https://good.example\\@evil.example/', 'forbidden-character'],
    ['https://h/\u0085', 'forbidden-character'],
    ['/relative', 'not-absolute-http'],
    ['//host/path', 'not-absolute-http'],
    ['https:host/path', 'not-absolute-http'],
    ['https:///host/path', 'not-absolute-http'],
    ['javascript:alert(1)', 'not-absolute-http'],
    ['app://callback', 'not-absolute-http'],
    ['https://user:pass@h/', 'has-userinfo'],
    ['https://@h/', 'has-userinfo'],
    ['https://good.example:1337@evil.example/', 'has-userinfo'],
    ['https://h/#', 'has-fragment'],
    ['https://h/#a@b', 'has-fragment'],
    ['https://h:99999/', 'malformed'],
    ['https://[::1/', 'malformed'],
    ['https://a%00b/', 'malformed'],
  ];
  for (const [text, reason] of refused) {
    it(`refuses ${JSON.stringify(text.slice(0, 50))} as ${reason}`, () => {
      assert.deepEqual(parseCallbackUri(text), { ok: false, reason });
    });
  }

  it('accepts plain http for this machine only, where plain http is not allowed', () => {
    const rules = { allowPlainHttp: false };
    for (const host of [
      'localhost',
      'app.localhost',
      '127.0.0.1',
      '127.1',
      '127.255.3.4:8080',
      '[::1]:8080',
    ]) {
      assert.equal(parseCallbackUri(`http://${host}/cb`, rules).ok, true, host);
    }
    for (const host of ['wiki.example', '127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1']) {
      assert.deepEqual(
        parseCallbackUri(`http://${host}/cb`, rules),
        { ok: false, reason: 'plain-http' },
        host,
      );
    }
  });

  it('has a sentence for every mistake, none of which echoes the input', () => {
    for (const sentence of Object.values(CALLBACK_MISTAKES)) assert.match(sentence, /^The callback .+\.$/u);
  });
});
