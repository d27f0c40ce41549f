import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { arrive, FORM } from '../../test/support/arrive.ts';
import { signatureBaseString } from './base-string.ts';
import type { ArrivedRequest, OAuthMessage } from './message.ts';
import { parseMessage } from './parse.ts';
import { Problem } from './problem.ts';
import { verifySignature } from './verify.ts';

const MOST_INSERTED = 64;
const MOST_PREPARED = 8_192;

/** The RFC's steps over the list of parameters: a copy is a message made by hand. */
function plainly(message: OAuthMessage): string {
  return signatureBaseString({ ...message });
}

function assertAgrees(request: ArrivedRequest): void {
  const message = parseMessage(request);
  const asRead = signatureBaseString(message);
  assert.equal(asRead, plainly(message));
  assert.equal(signatureBaseString(message), asRead);
}

function query(...pairs: readonly string[]): ArrivedRequest {
  return arrive(`http://h/?${pairs.join('&')}`);
}

const name = fc
  .tuple(
    fc.constantFrom('', 'a', 'oauth_x', 'lis_pers', 'lis_person_name_', '%00%00%00', '%ff', 'a%25'),
    fc.array(fc.constantFrom('', 'b', '-', '~', '%00', '%2D', '%7e', '+', '%E3%81%82', 'bbbbbbbb'), {
      maxLength: 4,
    }),
  )
  .map(([beginning, rest]) => beginning + rest.join(''));
const value = fc
  .array(fc.constantFrom('', 'c', '.', '%00', '%3D', '=', '+', '%20', '\xff', "'", 'cccccccc'), {
    maxLength: 5,
  })
  .map((parts) => parts.join(''));
const pairs = fc
  .array(fc.tuple(name, value), { maxLength: 12 })
  .map((all) => all.filter(([name]) => !name.startsWith('oauth_')).map((pair) => pair.join('=')));

describe('the base string of a message as it was read', () => {
  it('is that of its list of parameters, whatever they are and wherever they stand', () => {
    const headerValue = value.map((text) => `h="${text}"`);
    fc.assert(
      fc.property(pairs, pairs, fc.array(headerValue, { maxLength: 3 }), (inQuery, inBody, inHeader) => {
        const authorization = `OAuth ${inHeader.join(', ')}`;
        const body = Buffer.from(inBody.join('&'), 'latin1');
        const url = `http://h/a%2fb?${inQuery.join('&')}`;
        assertAgrees(arrive(url, { method: 'post', authorization, contentType: FORM, body }));
      }),
      { numRuns: 300 },
    );
  });

  for (const count of [0, 1, MOST_INSERTED - 1, MOST_INSERTED, MOST_INSERTED + 1, 1_000]) {
    it(`is that of its list for ${count} parameters`, () => {
      const many = Array.from(
        { length: count },
        (_, index) => `launch_presentation_${(index * 7) % 10}=${index}`,
      );
      assertAgrees(query(...many));
    });
  }

  for (const length of [MOST_PREPARED - 40, MOST_PREPARED, 10 * MOST_PREPARED]) {
    it(`is that of its list for ${length} bytes, each of which has to be encoded`, () => {
      assertAgrees(arrive('http://h/', { contentType: FORM, body: Buffer.alloc(length, 0xff) }));
    });
  }

  it('encodes whatever the address holds', () => {
    for (const baseUri of [
      '',
      "http://h/a b/%7e/\xe9!'()*",
      'http://h/\u3042',
      `http://h/${'/'.repeat(2_000)}`,
    ]) {
      assertAgrees({ ...query('a=1'), baseUri, method: '\u3042 get' });
    }
  });

  it('follows what somebody makes of the message', () => {
    const message = parseMessage(query('a=1', 'b=2'));
    assert.match(signatureBaseString({ ...message, method: 'PUT' }), /^PUT&/);
    assert.match(signatureBaseString({ ...message, parameters: [] }), /&$/);
    Object.assign(message, { baseUri: 'http://other/' });
    assert.match(signatureBaseString(message), /other/);
    for (const change of [{ baseUri: 'http://other/' }, { method: 'PATCH' }]) {
      const changed = Object.assign(parseMessage(query('a=1', 'b=2')), change);
      assert.match(signatureBaseString(changed), /other|^PATCH/);
    }
  });

  it('follows the list of parameters once somebody holds it', () => {
    const message = parseMessage(query('a=1', 'b=2'));
    (message.parameters as unknown[]).pop();
    assert.equal(signatureBaseString(message), 'GET&http%3A%2F%2Fh%2F&a%3D1');
  });
});

describe('messages that were read one after the other', () => {
  it('keep what is theirs', () => {
    const first = parseMessage(query('b=2', 'a=1', 'oauth_token=t1'));
    const longer = parseMessage(
      query('a=%20', `c=${'x'.repeat(3_000)}`, 'oauth_token=t2', 'oauth_nonce=%41%3D'),
    );
    assert.throws(() => parseMessage(query('d=1', '%')), Problem);
    assert.equal(signatureBaseString(first), 'GET&http%3A%2F%2Fh%2F&a%3D1%26b%3D2%26oauth_token%3Dt1');
    assert.deepEqual(
      first.parameters.map(({ name, value }) => `${name}=${value}`),
      ['b=2', 'a=1', 'oauth_token=t1'],
    );
    assert.equal(first.protocol.token, 't1');
    assert.equal(longer.protocol.nonce, 'A=');
    assert.equal(signatureBaseString(longer), plainly(longer));
  });

  it('do not change with the bytes of a body that is used again', () => {
    const body = Buffer.from('a=1&oauth_signature_method=PLAINTEXT&oauth_signature=s%26');
    const message = parseMessage(arrive('http://h/', { contentType: FORM, body }));
    body.fill(0x26);
    assert.match(signatureBaseString(message), /a%3D1%26oauth_signature_method/);
    assert.ok(verifySignature(message, { kind: 'shared-secret', consumerSecret: 's', tokenSecret: '' }));
  });
});

describe('characters that are no bytes, which never come over a wire', () => {
  it('are refused in a query, in a header’s name and in its value, and count as nothing in a realm', () => {
    for (const character of ['\u0100', '\u3042', '\ud800', '\u{1f600}']) {
      for (const text of [character, `a=${character}`, `a=${character}`.padStart(9_000, 'b')])
        assert.throws(() => parseMessage({ ...query(), query: text }), Problem);
      for (const list of [`${character}="1"`, `a="${character}"`, `a="1" ${character}`])
        assert.throws(() => parseMessage(arrive('http://h/', { authorization: `OAuth ${list}` })), Problem);
      const realm = `OAuth realm="${character}", a="1"`;
      assert.equal(parseMessage(arrive('http://h/', { authorization: realm })).parameters.length, 1);
    }
  });
});
