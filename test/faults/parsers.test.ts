/**
 * A published promise: parsers neither crash, hang nor read files. Everything that reads what strangers send is fed
 * with bytes that look nearly right, and with long repetitions of whatever might make it go back and forth: each is
 * given so much time of the processor for so many bytes, and opens no file.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import fc from 'fast-check';
import { readPastedRequest } from '../../src/explain/index.ts';
import {
  feedJson,
  GadgetRequestRefused,
  gadgetDetails,
  readContainerRequest,
  readPinnedGadget,
  SpecRefused,
} from '../../src/gadgets/index.ts';
import { parseCallbackUri, parsePublicKey, readPathPattern } from '../../src/model/index.ts';
import { bodyHashMatches, carriesOAuth, Problem, parseMessage } from '../../src/oauth/index.ts';
import { readConsumerInformation, readXml, XmlRefused } from '../../src/web/index.ts';
import { rounds, tallyOf } from './promise.ts';

const NOW = 1_800_000_000;

/** Milliseconds of the processor that reading this many bytes may take: ten times what the slowest needs. */
const budgetMs = (bytes: number) => 150 + bytes / 200;

const request = { method: 'POST', baseUri: 'http://h/', query: '', contentType: [], body: Buffer.alloc(0) };

/** Every reader: how it is called, what nearly right input is made of, and how it may refuse. */
const READERS: Readonly<Record<string, Reader>> = {
  header: {
    read: (text) => readMessage({ ...request, authorization: [`OAuth ${text}`] }),
    pieces: [
      'realm="x"',
      'oauth_token="',
      'oauth_nonce',
      '=',
      '"',
      ',',
      ' ',
      '\\"',
      '%41',
      '%',
      '\t',
      ', ',
      '\xff',
    ],
    mayThrow: Problem,
  },
  query: {
    read: (text) => readMessage({ ...request, authorization: [], query: text }),
    pieces: ['oauth_token', 'oauth%5fnonce', '=', '&', '%', '%4', '%FF', '+', 'a', '\0', ';', '&&&'],
    mayThrow: Problem,
  },
  form: {
    read: (text) => {
      const contentType = ['application/x-www-form-urlencoded'];
      readMessage({ ...request, authorization: [], contentType, body: Buffer.from(text, 'latin1') });
    },
    pieces: ['oauth_token', '=', '&', '%', '%00', '%FF', '+', 'a=b', '\r\n', '\xff'],
    mayThrow: Problem,
  },
  XML: {
    read: readConsumerInformation,
    pieces: [
      ...[
        '<consumer>',
        '</consumer>',
        '<key>',
        '</key>',
        '<a b="c">',
        '<',
        '>',
        '&amp;',
        '&#x0;',
        '&',
        ']]>',
      ],
      ...[
        '<![CDATA[',
        '<!--',
        '-->',
        '<?xml version="1.0"?>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
      ],
      ...['<!ENTITY', '&b;', '<xi:include href="file:///etc/passwd"/>', '\0', '\ufeff'],
    ],
    mayThrow: Error,
  },
  'gadget spec': {
    read: (text) => {
      const read = readPinnedGadget({ specUrl: 'https://g.example/s.xml', xml: text, bundles: {} }, readXml);
      gadgetDetails(read.spec, { bundles: read.bundles, language: 'ja' });
    },
    pieces: [
      ...['<Module>', '</Module>', '<ModulePrefs title="__MSG_a__ __UP_b__">', '</ModulePrefs>'],
      ...['<Require feature="rpc"/>', '<Locale lang="ja" messages="file:///etc/passwd"><msg name="a">'],
      ...['</msg></Locale>', '<UserPref name="b" datatype="enum">', '<EnumValue value="x"/>', '</UserPref>'],
      ...[
        '<OAuth><Service name="">',
        '<Request url="/r"/>',
        '</Service></OAuth>',
        '<Content type="url" href="/p"/>',
      ],
      ...[
        '<Content><![CDATA[',
        ']]></Content>',
        '#requireResource',
        '__UP_',
        '__',
        '<!DOCTYPE a>',
        '&',
        '\0',
      ],
    ],
    mayThrow: SpecRefused,
  },
  feed: {
    read: (text) => void feedJson(readXml(text), 'https://f.example/', { entries: 9, hasSummaries: true }),
    pieces: [
      ...['<rss>', '</rss>', '<channel>', '</channel>', '<item>', '</item>', '<feed>', '</feed>', '<entry>'],
      ...['</entry>', '<title>', '</title>', '<link href="file:///etc/passwd"/>', '<updated>', '</updated>'],
      ...['2026-11-22T00:00:00Z', '<dc:date>', '<![CDATA[', ']]>', '&lt;'],
    ],
    mayThrow: XmlRefused,
  },
  'request of a gadget': {
    read: (text) => void readContainerRequest(text),
    pieces: [
      ...['{', '}', '"url":"', 'https://h', '@', '",', '"headers":{', '"a":"b"', '"method":"POST",', '['],
      ...['"body":"', '\\u0000', '"refreshSeconds":"9",', '"__proto__":{', 'file:///etc/passwd', '"'],
    ],
    mayThrow: GadgetRequestRefused,
  },
  'public key': {
    read: (text) => parsePublicKey(text, NOW),
    pieces: [
      ...[
        '-----BEGIN PUBLIC KEY-----',
        '-----END PUBLIC KEY-----',
        '-----BEGIN CERTIFICATE-----',
        '\n',
        '\\n',
      ],
      ...[
        'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A',
        'AQAB',
        '====',
        '-----',
        'BEGIN',
        '{"kty":"RSA","n":"',
        '","e":"AQAB"}',
      ],
      ...['file:///etc/passwd', '/etc/passwd', ' ', '"', '}'],
    ],
    mayThrow: Error,
  },
  'callback address': {
    read: (text) => void parseCallbackUri(text),
    pieces: [
      'http://',
      'https://',
      '//',
      '@',
      ':',
      '[::1]',
      '%2e',
      '..',
      '?',
      '#',
      '\\',
      'a',
      '\t',
      '٠',
      '。',
    ],
    mayThrow: Error,
  },
  'path pattern': {
    read: (text) => void readPathPattern(text),
    pieces: ['/', '*', '**', '/**/', 'a', '%2e', '..', '?', '\\'],
    mayThrow: Error,
  },
  'pasted request': {
    read: (text) => void readPastedRequest(text),
    pieces: [
      ...[
        'GET / HTTP/1.1\r\n',
        'Host: h\r\n',
        '\r\n',
        'curl ',
        "'",
        '"',
        '\\',
        '$(',
        '-H ',
        'Authorization: OAuth ',
      ],
      ...[
        '{"log":{"entries":[',
        ']}}',
        'GET&http%3A%2F%2Fh%2F&',
        '%26',
        '@/etc/passwd',
        '--data-binary @/etc/passwd ',
      ],
    ],
    mayThrow: Error,
  },
};

interface Reader {
  read(text: string): void;
  readonly pieces: readonly string[];
  /** What a refusal is an instance of. Errors of the language itself are never one. */
  readonly mayThrow: new (
    ...args: never[]
  ) => Error;
}

function readMessage(arrived: Parameters<typeof parseMessage>[0]): void {
  carriesOAuth(arrived);
  bodyHashMatches(parseMessage(arrived));
}

describe('readers of what strangers send', () => {
  const tally = tallyOf(11, 'nearly right and very long input for each reader', null);
  const opened: unknown[] = [];
  beforeEach(() => {
    opened.length = 0;
    for (const name of ['openSync', 'readFileSync', 'readFile', 'open'] as const) {
      mock.method(fs, name, (path: unknown) => {
        opened.push(path);
        throw new Error('no file is opened here');
      });
    }
  });
  afterEach(() => mock.restoreAll());

  function feed(name: string, { read, mayThrow }: Reader, text: string): void {
    const before = process.cpuUsage();
    let thrown: unknown = null;
    try {
      read(text);
    } catch (error) {
      thrown = error;
    }
    const { user, system } = process.cpuUsage(before);
    const ms = (user + system) / 1000;
    const isRefusal = thrown instanceof mayThrow && !isCrash(thrown);
    const isKept = (thrown === null || isRefusal) && ms < budgetMs(text.length) && opened.length === 0;
    tally.try(
      isKept,
      `${name}: ${ms} ms for ${text.length} of ${JSON.stringify(text.slice(0, 80))}: ${thrown}`,
    );
  }

  for (const [name, reader] of Object.entries(READERS)) {
    it(`read or refuse: ${name}`, () => {
      const { pieces } = reader;
      const nearly = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((some) => some.join(''));
      const bytes = fc.uint8Array({ maxLength: 200 }).map((some) => Buffer.from(some).toString('latin1'));
      for (const round of rounds({ usually: 1, long: 100 })) {
        for (const piece of pieces) {
          for (const other of [pieces[round % pieces.length]!, 'a', '']) {
            feed(name, reader, (piece + other).repeat(Math.ceil(60_000 / (piece + other).length)));
            feed(name, reader, piece + other.repeat(20_000) + piece);
          }
        }
        const property = fc.property(fc.oneof(nearly, bytes), (text) => feed(name, reader, text));
        fc.assert(property, { numRuns: 500, seed: round + 1 });
      }
      tally.assertKept();
    });
  }

  it('are seen by this test when they open a file', () => {
    assert.throws(() => fs.readFileSync('/etc/passwd'));
    assert.deepEqual(opened, ['/etc/passwd']);
  });
});

/** A mistake of ours rather than a refusal. */
function isCrash(error: unknown): boolean {
  return error instanceof RangeError || error instanceof ReferenceError || error?.constructor === TypeError;
}
