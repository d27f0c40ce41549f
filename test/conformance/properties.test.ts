/**
 * What holds for every request, not only for the examples: what is signed verifies, whatever one changes of it does
 * not, and no bytes make a reader fail in any way but a Problem. `FC_RUNS` sets how many cases are tried.
 */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type ArrivedRequest,
  bodyHashMatches,
  type Carrier,
  carriesOAuth,
  methodFamily,
  Problem,
  parseMessage,
  reportProblem,
  SIGNATURE_METHODS,
  type SignatureMethod,
  type SignedRequest,
  type SigningInput,
  type SigningKey,
  signRequest,
  soleParameter,
  type VerificationKey,
  verifySignature,
  withoutProtocolParameters,
} from '../../src/oauth/index.ts';
import { tallyOf } from '../faults/promise.ts';
import { ANY_CHARACTER } from '../support/any-character.ts';
import { arrive, arriveSigned, FORM } from '../support/arrive.ts';

const numRuns = Number(process.env.FC_RUNS ?? 150);
const pair = generateKeyPairSync('rsa', { modulusLength: 1024 });

type Keys = { readonly signing: SigningKey; readonly verifying: VerificationKey };

function keysFor(method: SignatureMethod, consumerSecret: string, tokenSecret: string): Keys {
  if (methodFamily(method) === 'rsa') {
    return {
      signing: { kind: 'private-key', key: pair.privateKey },
      verifying: { kind: 'public-key', key: pair.publicKey },
    };
  }
  const secrets = { kind: 'shared-secret', consumerSecret, tokenSecret } as const;
  return { signing: secrets, verifying: secrets };
}

const text = fc.string({ unit: ANY_CHARACTER, maxLength: 12 });
/** What a protocol parameter may hold: any text without control characters. */
const visible = fc
  .string({ unit: 'grapheme', maxLength: 16 })
  .filter((value) => !/[\p{Cc}\p{Cs}]/u.test(value));
const pathPiece = fc.constantFrom('/', '/a', '/..', '//', '/%2F', '/%7e', "/'", '/%ff', ';v=1');
const queryPiece = fc.oneof(
  fc.constantFrom(
    'a',
    'a=',
    '=',
    '',
    'a=1+2',
    'a=%FF',
    'a=%fe',
    'b[]=1',
    'realm=x',
    'xoauth_requestor_id=u',
    "c='!*()",
    'd=e=f',
  ),
  fc.tuple(text, text).map(([name, value]) => `${encodeText(`p${name}`)}=${encodeText(value)}`),
);

function encodeText(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}

interface Scenario {
  readonly input: SigningInput;
  readonly keys: Keys;
}

const scenario: fc.Arbitrary<Scenario> = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'head'),
    origin: fc.constantFrom(
      'http://example.com',
      'https://Example.com:443',
      'https://h:8443',
      'http://[::1]:80',
    ),
    path: fc
      .array(pathPiece, { maxLength: 4 })
      .map((pieces) => (pieces.length === 0 ? '' : `/${pieces.join('')}`)),
    query: fc.array(queryPiece, { maxLength: 4 }),
    content: fc.oneof(
      fc.record({
        form: fc.array(
          fc.tuple(
            text.map((name) => `f${name}`),
            text,
          ),
          { maxLength: 4 },
        ),
      }),
      fc.record({ body: fc.uint8Array({ minLength: 1, maxLength: 20 }), bodyHash: fc.constant(true) }),
    ),
    signatureMethod: fc.constantFrom(...SIGNATURE_METHODS),
    carrier: fc.constantFrom<Carrier>('header', 'query', 'body'),
    consumerKey: visible,
    token: fc.option(visible, { nil: undefined }),
    callback: fc.option(visible, { nil: undefined }),
    verifier: fc.option(visible, { nil: undefined }),
    nonce: visible,
    timestamp: fc.nat(),
    realm: fc.option(text, { nil: undefined }),
    consumerSecret: text.filter((secret) => secret !== ''),
    tokenSecret: text,
  })
  .map(({ origin, path, query, content, consumerSecret, tokenSecret, ...rest }) => {
    const keys = keysFor(rest.signatureMethod, consumerSecret, tokenSecret);
    const url = origin + path + (query.length === 0 ? '' : `?${query.join('&')}`);
    const fits = rest.carrier !== 'body' || 'form' in content;
    return {
      keys,
      input: { ...rest, ...content, url, key: keys.signing, carrier: fits ? rest.carrier : 'header' },
    };
  });

function accepts(request: ArrivedRequest, key: VerificationKey): boolean {
  try {
    const message = parseMessage(request);
    return verifySignature(message, key) && bodyHashMatches(message) !== false;
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    return false;
  }
}

/** Each way to change one signed thing of a request; null where the request has no such thing. */
const MUTATIONS: Readonly<Record<string, (signed: SignedRequest, at: number) => ArrivedRequest | null>> = {
  method: (signed) => ({ ...arriveSigned(signed), method: signed.method === 'GET' ? 'HEAD' : 'GET' }),
  scheme: (signed) => {
    const request = arriveSigned(signed);
    const { baseUri } = request;
    return {
      ...request,
      baseUri: baseUri.startsWith('https') ? `http${baseUri.slice(5)}` : `https${baseUri.slice(4)}`,
    };
  },
  host: (signed) => {
    const request = arriveSigned(signed);
    return { ...request, baseUri: request.baseUri.replace('://', '://x') };
  },
  port: (signed) => {
    const request = arriveSigned(signed);
    return {
      ...request,
      baseUri: request.baseUri.replace(/^(https?:\/\/(?:\[[^\]]*\]|[^/:]*))(:\d+)?/, '$1:9'),
    };
  },
  path: (signed) => {
    const request = arriveSigned(signed);
    return { ...request, baseUri: `${request.baseUri}/` };
  },
  'a parameter’s name': (signed, at) => mutateParameter(signed, at, (name, value) => `x${name}=${value}`),
  'a parameter’s value': (signed, at) => mutateParameter(signed, at, (name, value) => `${name}=${value}x`),
  'a parameter’s presence': (signed, at) => mutateParameter(signed, at, () => ''),
  'a further query parameter': (signed) => {
    const request = arriveSigned(signed);
    return { ...request, query: `${request.query}&realm=x` };
  },
  'a further form parameter': (signed) => {
    const request = arriveSigned(signed);
    if (signed.contentType !== FORM) return null;
    return { ...request, body: Buffer.concat([request.body, Buffer.from('&extra')]) };
  },
  'a further header parameter': (signed) => {
    if (signed.authorization === null) return null;
    return { ...arriveSigned(signed), authorization: [`${signed.authorization}, extra="1"`] };
  },
  'the body': (signed) => {
    if (signed.contentType === FORM) return null;
    return { ...arriveSigned(signed), body: Buffer.concat([signed.body, Buffer.from('x')]) };
  },
};

/** Rewrites one parameter of whichever carrier has the protocol parameters, other than the signature. */
function mutateParameter(
  signed: SignedRequest,
  at: number,
  rewrite: (name: string, value: string) => string,
) {
  const request = arriveSigned(signed);
  const change = (pieces: readonly string[]): string[] | null => {
    const candidates = pieces.flatMap((piece, index) => (isSignedPiece(piece) ? [index] : []));
    const chosen = candidates[at % Math.max(1, candidates.length)];
    if (chosen === undefined) return null;
    const [, name, value] = /^([^=]*)=?(.*)$/s.exec(pieces[chosen]!)!;
    return pieces.with(chosen, rewrite(name!, value!)).filter((piece) => piece !== '');
  };
  if (signed.authorization !== null) {
    const list = signed.authorization
      .replace(/^OAuth (realm="(?:[^"\\]|\\.)*", )?/, '')
      .replaceAll('"', '')
      .split(', ');
    const changed = change(list)?.map((piece) => piece.replace('=', '="'));
    return changed
      ? { ...request, authorization: [`OAuth ${changed.map((piece) => `${piece}"`).join(', ')}`] }
      : null;
  }
  if (signed.contentType === FORM && Buffer.from(signed.body).includes('oauth_signature')) {
    const changed = change(Buffer.from(signed.body).toString('latin1').split('&'));
    return changed && { ...request, body: Buffer.from(changed.join('&'), 'latin1') };
  }
  const changed = change(request.query.split('&'));
  return changed && { ...request, query: changed.join('&') };
}

function isSignedPiece(piece: string): boolean {
  return piece !== '' && !piece.startsWith('oauth_signature=');
}

describe('signing and verifying', () => {
  const rightly = tallyOf(6, 'requests signed rightly: any method, carrier, address, content', null);
  const altered = tallyOf(6, 'one signed component altered', null);

  it('agree for every method, carrier, address and content', () => {
    fc.assert(
      fc.property(scenario, ({ input, keys }) => {
        const isAccepted = accepts(arriveSigned(signRequest(input)), keys.verifying);
        rightly.try(isAccepted, 'refused');
        assert.ok(isAccepted);
      }),
      { numRuns: 2 * numRuns },
    );
  });

  it('still agree when a request is taken apart and put together unchanged, as the changes below do it', () => {
    fc.assert(
      fc.property(scenario, fc.nat(), ({ input, keys }, at) => {
        const same = mutateParameter(signRequest(input), at, (name, value) => `${name}=${value}`);
        assert.ok(same !== null && accepts(same, keys.verifying));
      }),
      { numRuns },
    );
  });

  for (const [what, mutate] of Object.entries(MUTATIONS)) {
    it(`disagree when someone changes ${what}`, () => {
      // PLAINTEXT signs nothing of the request; that is why it is off unless a consumer is marked for it.
      const protecting = scenario.filter(({ input }) => input.signatureMethod !== 'PLAINTEXT');
      fc.assert(
        fc.property(protecting, fc.nat(), ({ input, keys }, at) => {
          const changed = mutate(signRequest(input), at);
          fc.pre(changed !== null);
          const isAccepted = accepts(changed!, keys.verifying);
          altered.try(!isAccepted, what);
          assert.ok(!isAccepted);
        }),
        { numRuns },
      );
    });
  }
});

const bytes = fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array).toString('latin1'));
const nearForm = fc.array(
  fc.constantFrom('oauth_token', 'oauth%5fnonce', '=', '&', '%', '%4', '%FF', '+', 'a', '\0', ';'),
  { maxLength: 14 },
);
const nearHeader = fc.array(
  fc.constantFrom('realm', 'oauth_token', '=', '"', ',', ' ', '\\', '%', '%41', '\t', 'x', '\xff'),
  { maxLength: 20 },
);

describe('readers of what strangers send', () => {
  it('fail in no way but a Problem, whatever the bytes', () => {
    const arrived = fc.record({
      method: bytes,
      query: fc.oneof(
        bytes,
        nearForm.map((pieces) => pieces.join('')),
      ),
      authorization: fc.array(
        fc.oneof(
          bytes,
          bytes.map((rest) => `OAuth ${rest}`),
          nearHeader.map((pieces) => `OAuth ${pieces.join('')}`),
        ),
        { maxLength: 2 },
      ),
      contentType: fc.array(fc.oneof(bytes, fc.constant(FORM)), { maxLength: 2 }),
      body: fc.oneof(
        fc.uint8Array({ maxLength: 60 }),
        nearForm.map((pieces) => Buffer.from(pieces.join(''), 'latin1')),
      ),
    });
    fc.assert(
      fc.property(arrived, (parts) => {
        const request = { ...parts, baseUri: 'http://h/' };
        carriesOAuth(request);
        withoutProtocolParameters(request.query);
        try {
          const message = parseMessage(request);
          verifySignature(message, { kind: 'shared-secret', consumerSecret: 'c', tokenSecret: '' });
          bodyHashMatches(message);
          for (const { name } of message.parameters) soleParameter(message, name);
        } catch (error) {
          assert.ok(error instanceof Problem, String(error));
          const report = reportProblem(error, 'https://h', 'r-1');
          assert.match(report.authenticate, /^[\x20-\x7e]*$/);
        }
      }),
      { numRuns: 10 * numRuns },
    );
  });

  it('never read two different lists of parameters as one', () => {
    const query = fc.array(
      fc.constantFrom('a', 'b', '=', '&', '%3D', '%26', '%25', '+', '%2B', '%FF', '%FE'),
      { maxLength: 8 },
    );
    const read = (pieces: readonly string[]) =>
      parseMessage(arrive(`http://h/?${pieces.join('')}`)).parameters;
    fc.assert(
      fc.property(query, query, (first, second) => {
        const [a, b] = [first, second].map((pieces) =>
          read(pieces).map(({ name, value }) => [unspell(name), unspell(value)]),
        );
        const [x, y] = [first, second].map((pieces) => read(pieces).map(({ name, value }) => [name, value]));
        assert.equal(JSON.stringify(a) === JSON.stringify(b), JSON.stringify(x) === JSON.stringify(y));
      }),
      { numRuns: 5 * numRuns },
    );
  });
});

/** Bytes of a canonical form, in hexadecimal. */
function unspell(canonical: string): string {
  const raw = canonical.replace(/%(..)/g, (_, pair: string) =>
    String.fromCharCode(Number.parseInt(pair, 16)),
  );
  return Buffer.from(raw, 'latin1').toString('hex');
}
