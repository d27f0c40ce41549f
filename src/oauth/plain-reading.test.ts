import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { FORM } from '../../test/support/arrive.ts';
import {
  asForm,
  asHeader,
  type PlainParameter,
  plainlySigned,
  plainRefusal,
  plainValue,
  type Spelling,
} from '../../test/support/plain-reader.ts';
import { signatureBaseString } from './base-string.ts';
import type { ArrivedRequest, OAuthMessage, ProtocolParameters } from './message.ts';
import { parseMessage } from './parse.ts';
import { Problem } from './problem.ts';

const FIELDS: Readonly<Record<string, keyof ProtocolParameters>> = {
  oauth_consumer_key: 'consumerKey',
  oauth_token: 'token',
  oauth_signature_method: 'signatureMethod',
  oauth_signature: 'signature',
  oauth_timestamp: 'timestamp',
  oauth_nonce: 'nonce',
  oauth_version: 'version',
  oauth_callback: 'callback',
  oauth_verifier: 'verifier',
  oauth_body_hash: 'bodyHash',
  oauth_session_handle: 'sessionHandle',
};
const KNOWN = Object.keys(FIELDS);

/** A request as it is meant, and how it is sent. */
interface Drawn {
  readonly header: readonly PlainParameter[];
  readonly query: readonly PlainParameter[];
  readonly body: readonly PlainParameter[];
  readonly spelling: Spelling;
  /** Put behind the query: what makes it unreadable, or nothing. */
  readonly breakage: string;
}

const byte = fc.nat(255).map((code) => String.fromCharCode(code));
const telling = fc.constantFrom(...'ab\0\x7f\xf0\xff%&=+ ~"\\');
const text = (maxLength: number) => fc.string({ unit: fc.oneof(byte, telling), maxLength });

/** Names that are almost, and those that are as long as, what is looked for. */
const nearlyKnown = fc
  .tuple(fc.constantFrom(...KNOWN), fc.nat(22), fc.constantFrom('', '\0', '_', 'x', '\0\0\0'), fc.nat(2))
  .map(([name, at, put, cut]) => name.slice(0, at) + put + name.slice(at + cut));
const beginning = fc.constantFrom('', 'aaaaaaaa', 'oauth_', 'lis_person_name_', 'aaaaaaa\0', 'realm');
const alike = fc.tuple(beginning, text(4)).map((parts) => parts.join(''));
const name = fc.oneof(alike, nearlyKnown, { arbitrary: text(30), weight: 1 });
const value = fc.oneof(alike, text(40), fc.constant(''), {
  arbitrary: fc.nat(3_000).map((length) => 'v'.repeat(length)),
  weight: 1,
});
const ordinary = fc.array(fc.record({ name, value }), { maxLength: 6 });
/** What protocol parameters say: mostly what they may. */
const readable = fc.string({ unit: fc.constantFrom(...'aZ0=/+% "~', '\xc3\xa9') });
const said = fc.oneof({ arbitrary: readable, weight: 30 }, value);
const own = fc
  .subarray(KNOWN)
  .chain((names) => fc.tuple(...names.map((name) => fc.record({ name: fc.constant(name), value: said }))));
/** More than are put in order one by one, many of them beginnings of others. */
const short = fc.string({ unit: fc.constantFrom('a', '\0'), maxLength: 2 });
const many = fc.array(fc.record({ name: short, value: short }), { minLength: 60, maxLength: 70 });
const carried = fc.oneof({ arbitrary: ordinary, weight: 5 }, { arbitrary: own, weight: 5 }, many);
const drawn: fc.Arbitrary<Drawn> = fc.record({
  header: carried.map((all) => all.filter(({ name }) => name !== '' && name !== 'realm')),
  query: carried,
  body: carried,
  spelling: fc.constantFrom<Spelling>('short', 'canonical', 'escaped', 'mixed'),
  breakage: fc.constantFrom('', '', '', '&%zzzz&\xff\xff\xff\x7f', '&oauth_nonce=%4'),
});

function sent({ header, query, body, spelling, breakage }: Drawn): ArrivedRequest {
  return {
    method: 'post',
    baseUri: 'https://h.example/~a%2fb',
    authorization: header.length === 0 ? [] : [asHeader(header, spelling)],
    query: asForm(query, spelling) + breakage,
    contentType: [FORM],
    body: Buffer.from(asForm(body, spelling), 'latin1'),
  };
}

function read(request: ArrivedRequest): OAuthMessage | null {
  try {
    return parseMessage(request);
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    return null;
  }
}

function assertAsMeant(message: OAuthMessage | null, { header, query, body, breakage }: Drawn): void {
  const all = [...header, ...query, ...body];
  const isRefused = breakage !== '' || plainRefusal(all, KNOWN) !== null;
  assert.equal(message === null, isRefused);
  if (message === null) return;
  assert.equal(signatureBaseString(message), plainlySigned('POST', 'https://h.example/~a%2fb', all));
  for (const [name, field] of Object.entries(FIELDS)) {
    const found = all.find((parameter) => parameter.name === name);
    assert.equal(message.protocol[field], found === undefined ? undefined : plainValue(found.value), name);
  }
}

describe('requests that are read one after the other', () => {
  it('say what the RFC says they do, however they are spelt and whatever was read before', () => {
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 1, maxLength: 4 }), (requests) => {
        const messages = requests.map((request) => read(sent(request)));
        for (const [at, message] of messages.entries()) assertAsMeant(message, requests[at]!);
      }),
      { numRuns: 400 },
    );
  });
});
