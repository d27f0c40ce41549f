import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { AnswerReader } from './answer-reader.ts';
import { UpstreamFailed } from './exchange.ts';

/** Everything that one answer gives, read in pieces that end at these places. */
function read(wire: string, { method = 'GET', cuts = [] as readonly number[], isClosed = false } = {}) {
  const seen = {
    status: 0,
    reason: '',
    headers: [] as readonly string[],
    body: '',
    isReusable: null as boolean | null,
  };
  const reader = new AnswerReader({
    onHead: ({ status, reason, headers }) => Object.assign(seen, { status, reason, headers }),
    onBody: (part) => {
      seen.body += part.toString('latin1');
    },
    onEnd: (isReusable) => {
      seen.isReusable = isReusable;
    },
  });
  reader.expect(method);
  const bytes = Buffer.from(wire, 'latin1');
  const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
  for (let i = 1; i < places.length; i += 1) {
    const piece = bytes.subarray(places[i - 1], places[i]);
    if (piece.length > 0 && seen.isReusable === null) reader.read(piece);
  }
  if (isClosed) reader.end();
  return seen;
}

const refuses = (wire: string, options?: Parameters<typeof read>[1]) =>
  assert.throws(() => read(wire, options), UpstreamFailed, JSON.stringify(wire));

describe('RFC 9112 s6 an answer ends', () => {
  it('at its length, and the connection is free', () => {
    const seen = read('HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX-A:\t b \r\n\r\nabc');
    assert.deepEqual(seen, {
      status: 200,
      reason: 'OK',
      headers: ['Content-Length', '3', 'X-A', 'b'],
      body: 'abc',
      isReusable: true,
    });
  });

  it('behind its last chunk and the trailer, which nobody gets to see', () => {
    const chunks = '3;name="v"\r\nabc\r\n00A;x;y=z\r\n0123456789\r\n0\r\nX-T: 1\r\n\r\n';
    const seen = read(`HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n${chunks}`);
    assert.equal(seen.body, 'abc0123456789');
    assert.deepEqual(seen.headers, ['Transfer-Encoding', 'Chunked']);
    assert.equal(seen.isReusable, true);
  });

  it('with its connection, if it says nothing else', () => {
    const seen = read('HTTP/1.1 200 OK\r\n\r\nabc', { isClosed: true });
    assert.equal(seen.body, 'abc');
    assert.equal(seen.isReusable, false);
  });

  for (const [method, status] of [
    ['HEAD', '200 OK'],
    ['GET', '204 No Content'],
    ['GET', '304 Not Modified'],
  ] as const) {
    it(`at its head for ${method} ${status}, whatever length it states`, () => {
      const seen = read(`HTTP/1.1 ${status}\r\nContent-Length: 9\r\n\r\n`, { method });
      assert.equal(seen.body, '');
      assert.equal(seen.isReusable, method !== 'HEAD');
    });
  }

  it('behind hints that came before it', () => {
    const hints = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n';
    const seen = read(`${hints}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok`);
    assert.deepEqual([seen.status, seen.headers, seen.body], [200, ['Content-Length', '2'], 'ok']);
  });

  it('where it ends, however the bytes are cut', () => {
    const answers = [
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: caf\xe9\r\n\r\nab\r\n\r',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x\r\na\r\n\r\n1\r\n\n\r\n0\r\nT: 1\r\n\r\n',
      'HTTP/1.1 103 X\r\n\r\nHTTP/1.1 200\r\nContent-Length: 0\r\n\r\n',
    ];
    const cuts = fc.array(fc.nat(90), { maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...answers), cuts, (wire, places) => {
        const inside = places.map((place) => Math.min(place, wire.length));
        assert.deepEqual(read(wire, { cuts: inside }), read(wire));
      }),
    );
  });
});

describe('a connection carries no further request', () => {
  const lasts: [name: string, wire: string][] = [
    ['when bytes stand behind the answer', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabc'],
    [
      'when bytes stand behind the last chunk',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nHTTP/1.1',
    ],
    [
      'when the upstream will close it',
      'HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 0\r\n\r\n',
    ],
    ['of HTTP/1.0', 'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n'],
    [
      'when there are chunks where there can be no body',
      'HTTP/1.1 304 X\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
  ];
  for (const [name, wire] of lasts) it(name, () => assert.equal(read(wire).isReusable, false));

  it('when bytes come that nobody asked for', () => {
    const reader = new AnswerReader({ onHead() {}, onBody() {}, onEnd() {} });
    assert.throws(() => reader.read(Buffer.from('HTTP/1.1 200 OK\r\n\r\n')), UpstreamFailed);
  });
});

describe('what could be read in two ways is no answer', () => {
  const ok = 'HTTP/1.1 200 OK\r\n';
  const heads = [
    'SMTP 220 hello\r\n\r\n',
    ' HTTP/1.1 200 OK\r\n\r\n',
    '\r\nHTTP/1.1 200 OK\r\n\r\n',
    'HTTP/2.0 200 OK\r\n\r\n',
    'HTTP/1.1 20 OK\r\n\r\n',
    'HTTP/1.1 2000 OK\r\n\r\n',
    'HTTP/1.1 099 OK\r\n\r\n',
    'HTTP/1.1  200 OK\r\n\r\n',
    'HTTP/1.1 200\tOK\r\n\r\n',
    'HTTP/1.1 200 O\rK\r\n\r\n',
    'HTTP/1.1 200 O\nX: 1\r\n\r\n',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n',
    `${ok}Content-Length: 1\nX: 2\r\n\r\nabc`,
    `${ok}X: 1\r\n folded\r\n\r\n`,
    `${ok}X : 1\r\n\r\n`,
    `${ok}: 1\r\n\r\n`,
    `${ok}X\r\n\r\n`,
    `${ok}X: a\0b\r\n\r\n`,
    `${ok}X: a\rb\r\n\r\n`,
    `${ok}X\xe9: 1\r\n\r\n`,
    `${ok}Content-Length: 1\r\ncontent-length: 1\r\n\r\na`,
    `${ok}Content-Length: 1, 1\r\n\r\na`,
    `${ok}Content-Length: +1\r\n\r\na`,
    `${ok}Content-Length: 0x1\r\n\r\na`,
    `${ok}Content-Length: -1\r\n\r\na`,
    `${ok}Content-Length:\r\n\r\na`,
    `${ok}Content-Length: 9999999999999999\r\n\r\na`,
    `${ok}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `${ok}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `${ok}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    `${ok}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
    `${ok}Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n`,
    'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'HTTP/1.0 103 Early\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
  ];
  for (const wire of heads) it(JSON.stringify(wire), () => refuses(wire));

  const chunks = [
    'x\r\n',
    '\r\n',
    '-1\r\n',
    '+1\r\na\r\n0\r\n\r\n',
    '0x1\r\na\r\n0\r\n\r\n',
    ' 1\r\na\r\n0\r\n\r\n',
    '1\na\r\n0\r\n\r\n',
    '1\r\nab\r\n0\r\n\r\n',
    '1\r\na\n0\r\n\r\n',
    '1\r\na0\r\n\r\n',
    '1;\x01\r\na\r\n0\r\n\r\n',
    '1 \r\na\r\n0\r\n\r\n',
    '1;\r\na\r\n0\r\n\r\n',
    '1;a=\r\na\r\n0\r\n\r\n',
    '1;a="b\r\na\r\n0\r\n\r\n',
    '1;a=b \r\na\r\n0\r\n\r\n',
    '1; a\r\na\r\n0\r\n\r\n',
    '1;\r;\r\na\r\n0\r\n\r\n',
    '123456789\r\n',
    `1;${'x'.repeat(5_000)}`,
    '0\r\nno field\r\n\r\n',
    '0\r\n folded: 1\r\n\r\n',
    '0\r\nT: a\rb\r\n\r\n',
    `0\r\n${'T: 1\r\n'.repeat(20_000)}\r\n`,
  ];
  for (const body of chunks)
    it(`chunks ${JSON.stringify(body.slice(0, 40))}`, () =>
      refuses(`${ok}Transfer-Encoding: chunked\r\n\r\n${body}`));

  it('a head without end', () => {
    refuses(`${ok}X: ${'a'.repeat(70_000)}`);
    refuses(`${ok}X: ${'a'.repeat(70_000)}\r\n\r\n`);
  });

  it('an answer that breaks off', () => {
    refuses('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab', { isClosed: true });
    refuses(`${ok}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n`, { isClosed: true });
    refuses('HTTP/1.1 200 OK\r\nContent-Le', { isClosed: true });
  });
});
