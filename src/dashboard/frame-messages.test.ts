import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readFrameMessage } from './browser/read-frame-message.ts';

const WORDS = [
  'method',
  'contentType',
  'authorization',
  'serviceName',
  'tokenName',
  'useToken',
  'refreshSeconds',
  'entries',
  'summaries',
  'signOwner',
  'signViewer',
];

const REQUEST = {
  ...Object.fromEntries(WORDS.map((name) => [name, ''])),
  url: 'https://a.example/',
  headers: { accept: 'a/b' },
  body: '',
};

describe('a message of a frame', () => {
  for (const message of [
    { kind: 'request', id: 1, request: REQUEST },
    { kind: 'height', pixels: 20.5 },
    { kind: 'title', title: 'x' },
    { kind: 'preferences', preferences: { a: 'b' } },
    { kind: 'approve', id: 0, url: '/x' },
    { kind: 'view', view: 'canvas' },
    { kind: 'open', url: 'https://a.example/' },
    { kind: 'subscribe', channel: 'c' },
    { kind: 'unsubscribe', channel: 'c' },
    { kind: 'publish', channel: 'c', message: '{}' },
  ]) {
    it(`of kind ${message.kind} is read, and nothing beside it`, () => {
      assert.deepEqual(readFrameMessage({ ...message, token: 'x', frame: 'other' }), message);
    });

    it(`of kind ${message.kind} is nothing when a part is missing or of another type`, () => {
      for (const name of Object.keys(message)) {
        for (const wrong of [undefined, null, Number.NaN, -1, [], {}, { a: 1 }, 'x'.repeat(140_000), true]) {
          const read = readFrameMessage({ ...message, [name]: wrong });
          const isEmpty = name === 'preferences' && JSON.stringify(wrong) === '{}';
          const isNumber = name === 'pixels' && wrong === -1;
          assert.equal(read === null, !(isEmpty || isNumber), `${name} ${String(wrong).slice(0, 20)}`);
        }
      }
    });
  }

  it('is a request only when each of its words is a short text, and nothing beside it', () => {
    const read = (request: unknown) => readFrameMessage({ kind: 'request', id: 1, request });
    for (const name of [...WORDS, 'url', 'headers', 'body']) {
      assert.equal(read({ ...REQUEST, [name]: undefined }), null, name);
      assert.equal(read({ ...REQUEST, [name]: 5 }), null, name);
      assert.equal(read({ ...REQUEST, [name]: 'x'.repeat(140_000) }), null, name);
    }
    const headers = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`h${index}`, '']));
    assert.equal(read({ ...REQUEST, headers }), null);
    assert.deepEqual(read({ ...REQUEST, specUrl: 'x' }), { kind: 'request', id: 1, request: REQUEST });
  });

  it('is read or nothing, whatever it is', () => {
    const kinds = [
      'request',
      'height',
      'title',
      'preferences',
      'approve',
      'view',
      'open',
      'publish',
      '__proto__',
    ];
    const message = fc.record({ kind: fc.constantFrom(...kinds), id: fc.anything(), request: fc.anything() });
    fc.assert(
      fc.property(fc.oneof(fc.anything(), message), (data) => {
        const read = readFrameMessage(data);
        assert.ok(read === null || typeof read.kind === 'string');
      }),
    );
  });
});
