import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { arrive, FORM } from '../../test/support/arrive.ts';
import { memoryInUse } from '../../test/support/memory-in-use.ts';
import { plainlySigned } from '../../test/support/plain-reader.ts';
import { signatureBaseString } from './base-string.ts';
import type { ArrivedRequest } from './message.ts';
import { ParameterBytes } from './parameter-bytes.ts';
import { parseMessage } from './parse.ts';
import { Problem } from './problem.ts';

const MOST_PREPARED = 8_192;

/** Bytes of two carriers, as many as there is memory for and a few more or less, neither ending with an ampersand. */
function filled(unit: string, filling: string, difference: number): ArrivedRequest {
  const query = '\xff';
  const left = MOST_PREPARED + difference - query.length;
  const body = unit.repeat(Math.min(990, Math.floor(left / unit.length)));
  return {
    ...arrive('http://h/', { contentType: FORM, body: Buffer.from(body.padEnd(left, filling), 'latin1') }),
    method: '',
    baseUri: '',
    query,
  };
}

describe('the memory of a request', () => {
  const units = ['\xff&', '=&', '\xff=&', '\xff=\xff&', 'a&', 'aaaaaaaa=a&', '%00&'];
  for (const unit of units) {
    it(`is enough for whatever it was made for: ${JSON.stringify(unit)}`, () => {
      for (const difference of [-1, 0, 1, MOST_PREPARED]) {
        for (const filling of ['\xff', 'a', '!']) {
          const request = filled(unit, filling, difference);
          const body = Buffer.from(request.body).toString('latin1');
          const sent = [request.query, ...body.split('&')].filter((piece) => piece !== '');
          const parameters = sent.map((piece) => {
            const [name, value = ''] = piece.replace('%00', '\0').split('=');
            return { name: name!, value };
          });
          assert.equal(signatureBaseString(parseMessage(request)), plainlySigned('', '', parameters));
        }
      }
    });
  }

  it('is enough for whatever stands in the header, in the address and in the method', () => {
    const text = '\xff'.repeat(MOST_PREPARED);
    const one = { name: 'a', value: text };
    const header = arrive('http://h/', { authorization: `OAuth a="${text}"` });
    assert.equal(signatureBaseString(parseMessage(header)), plainlySigned('GET', 'http://h/', [one]));
    const address = { ...header, authorization: [], method: 'X', baseUri: text.repeat(3) };
    assert.equal(signatureBaseString(parseMessage(address)), plainlySigned('X', text.repeat(3), []));
    const method = { ...address, baseUri: '', method: '\u3042'.repeat(MOST_PREPARED) };
    assert.equal(signatureBaseString(parseMessage(method)), `${'%E3%81%82'.repeat(MOST_PREPARED)}&&`);
  });

  it('is enough for characters that are no bytes', () => {
    const text = '\u3042'.repeat(MOST_PREPARED);
    const header = arrive('http://h/', { authorization: `OAuth realm="${text}", a="1"` });
    assert.equal(parseMessage(header).parameters.length, 1);
    assert.throws(() => parseMessage({ ...header, authorization: [], query: text }), Problem);
  });

  it('is read no further than the request goes, whatever stood there before', () => {
    const earlier = 'OAuth realm="0", a="1", b="2", c="3"';
    for (const cut of [
      'OAuth realm="\\',
      'OAuth realm="',
      'OAuth realm=',
      'OAuth a',
      'OAuth realm="0", a="%',
    ]) {
      parseMessage(arrive('http://h/', { authorization: earlier }));
      assert.throws(() => parseMessage(arrive('http://h/', { authorization: cut })), Problem, cut);
    }
    for (const query of ['%', '%4', 'a=%', 'a=%4']) {
      parseMessage(arrive('http://h/?a=%41%41%41%41&b=%41%41%41'));
      assert.throws(() => parseMessage(arrive(`http://h/?${query}`)), Problem, query);
    }
  });

  it('shows nothing of what was there before beside a piece, which read as a number would be none', () => {
    for (const leftOver of [0x7f, 0xf7, 0xff]) {
      for (let length = 0; length <= 16; length += 1) {
        const bytes = new ParameterBytes(64);
        bytes.pieces.fill(leftOver);
        bytes.add('a'.repeat(length), '');
        for (let at = 0; at < length + 3; at += 1) {
          assert.ok(bytes.view.getFloat64(at) >= 0, `${length}, ${at}`);
          assert.ok(bytes.view.getFloat64(at, true) >= 0, `${length}, ${at}`);
        }
      }
    }
  });
});

describe('names and values longer than any may be', () => {
  const tooLong = '%ff'.repeat(100_000);
  const refused: readonly ('name' | 'value')[] = ['name', 'value'];
  for (const what of refused) {
    it(`are refused before a text is made of them: ${what}`, ({ mock }: TestContext) => {
      const made = mock.method(ParameterBytes.prototype, what);
      const piece = what === 'name' ? `oauth_${tooLong}=1` : `oauth_nonce=${tooLong}`;
      const request = arrive('http://h/', { contentType: FORM, body: `${piece}&${piece}` });
      assert.throws(() => parseMessage(request), Problem);
      assert.equal(made.mock.callCount(), 0);
    });
  }
});

describe('a value that somebody remembers', () => {
  it('does not keep the large request in memory with which it came', () => {
    const body = Buffer.from(`a=${'b'.repeat(200_000)}&oauth_token=${'t'.repeat(32)}`);
    const request = arrive('http://h/', { contentType: FORM, body });
    const before = memoryInUse();
    const tokens = Array.from({ length: 200 }, () => parseMessage(request).protocol.token);
    const kept = memoryInUse() - before;
    assert.ok(kept < 10_000_000, `${kept} bytes for ${tokens.length} tokens`);
  });
});
