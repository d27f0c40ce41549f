import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ProviderAnswerRefused } from './index.ts';
import { parseTokenResponse, problemInChallenge, problemOf } from './token-response.ts';

function parse(body: string | Uint8Array, status = 200, headers: Record<string, string> = {}) {
  return parseTokenResponse('Photos', { status, headers, body: Buffer.from(body) });
}

function codeOf(body: string | Uint8Array, status = 200, headers: Record<string, string> = {}): string {
  try {
    parse(body, status, headers);
    return 'accepted';
  } catch (error) {
    assert.ok(error instanceof ProviderAnswerRefused);
    return error.code;
  }
}

const GOOD = 'oauth_token=t&oauth_token_secret=s';

describe('RFC 5849 s2.1 and s2.3 token answers', () => {
  it('hold a token and its secret', () => {
    const response = parse(GOOD);
    assert.deepEqual([response.token, response.secret.reveal()], ['t', 's']);
    assert.deepEqual(
      [
        response.isCallbackConfirmed,
        response.expiresIn,
        response.sessionHandle,
        response.authorizationExpiresIn,
      ],
      [false, null, null, null],
    );
  });

  it('are read whatever their media type, with a trailing newline, and percent-encoded', () => {
    const type = { 'content-type': 'text/html; charset=utf-8' };
    assert.equal(parse(`${GOOD}\r\n`, 200, type).secret.reveal(), 's');
    assert.equal(parse('oauth_token=a%2Fb%3D&oauth_token_secret=c%20d').token, 'a/b=');
  });

  it('confirm the callback by the word true alone', () => {
    assert.equal(parse(`${GOOD}&oauth_callback_confirmed=true`).isCallbackConfirmed, true);
    for (const word of ['1', 'yes', 'false', '']) {
      assert.equal(parse(`${GOOD}&oauth_callback_confirmed=${word}`).isCallbackConfirmed, false, word);
    }
  });

  it('tell the token’s end and the session, where they make sense', () => {
    const response = parse(
      `${GOOD}&oauth_expires_in=604800&oauth_session_handle=h&oauth_authorization_expires_in=3196800`,
    );
    assert.deepEqual(
      [response.expiresIn, response.sessionHandle?.reveal(), response.authorizationExpiresIn],
      [604_800, 'h', 3_196_800],
    );
    for (const nonsense of ['0', '-1', '1e9', 'never', '99999999999']) {
      assert.equal(parse(`${GOOD}&oauth_expires_in=${nonsense}`).expiresIn, null, nonsense);
    }
  });

  it('may say whose token it is', () => {
    assert.equal(parse(`${GOOD}&user_id=17&screen_name=alice`).accountLabel, 'alice');
    assert.equal(parse(`${GOOD}&user_id=${'9'.repeat(300)}`).accountLabel!.length, 100);
  });

  const refused: readonly [code: string, body: string | Uint8Array][] = [
    ['token-missing', 'oauth_token=t'],
    ['token-missing', 'oauth_token_secret=s'],
    ['token-missing', 'oauth_token=&oauth_token_secret=s'],
    ['token-missing', 'oauth_token=t&oauth_token_secret='],
    ['duplicate', `${GOOD}&oauth_token=u`],
    ['duplicate', `${GOOD}&oauth_callback_confirmed=true&oauth_callback_confirmed=false`],
    ['duplicate', `${GOOD}&oauth_token%5fsecret=x`],
    ['page', '<!doctype html><title>Welcome</title>'],
    ['page', '\n  <html>'],
    ['malformed', ''],
    ['malformed', '{"oauth_token":"t","oauth_token_secret":"s"}'],
    ['malformed', 'Internal error'],
    ['malformed', 'oauth_token=%zz&oauth_token_secret=s'],
    ['malformed', 'oauth_token=%ff&oauth_token_secret=s'],
    ['malformed', 'oauth_token=t%0d%0aX&oauth_token_secret=s'],
    ['malformed', Buffer.concat([Buffer.from(GOOD), Buffer.from([0xff])])],
    ['too-large', `${GOOD}&x=${'y'.repeat(70_000)}`],
    ['too-large', `oauth_token=${'t'.repeat(5000)}&oauth_token_secret=s`],
  ];
  for (const [code, body] of refused) {
    it(`are refused as ${code}: ${JSON.stringify(body.toString().slice(0, 60))}`, () => {
      assert.equal(codeOf(body), code);
    });
  }

  it('come with 200 and nothing else', () => {
    for (const status of [201, 204, 400, 401, 404, 429, 500]) assert.equal(codeOf(GOOD, status), 'status');
    for (const status of [301, 302, 303, 307, 308]) assert.equal(codeOf(GOOD, status), 'redirected');
  });

  it('are read or refused, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.integer({ min: 200, max: 599 }),
        (body, status) => void codeOf(body, status),
      ),
    );
    fc.assert(fc.property(fc.string(), (text) => void codeOf(`oauth_token=${text}`)));
  });
});

describe('a problem that a provider reports', () => {
  it('is found in the body and in the challenge', () => {
    for (const [body, headers] of [
      ['oauth_problem=token_expired&oauth_problem_advice=again', {}],
      [
        '',
        {
          'www-authenticate':
            'OAuth realm="a, b", oauth_problem="token_expired", oauth_problem_advice="again"',
        },
      ],
      [
        '<html>',
        {
          'www-authenticate':
            'Basic realm="x", OAuth oauth_problem="token_expired",oauth_problem_advice="again"',
        },
      ],
    ] as const) {
      assert.throws(
        () => parse(body, 401, headers),
        (error) =>
          error instanceof ProviderAnswerRefused &&
          error.problem === 'token_expired' &&
          error.advice === 'again',
      );
    }
  });

  it('is one with status 200, too', () => {
    assert.equal(codeOf('oauth_problem=parameter_absent', 200), 'problem');
  });

  it('is a word, and never markup or a line of a log', () => {
    assert.equal(codeOf('oauth_problem=%3Cscript%3E', 400), 'status');
    assert.throws(
      () => parse('oauth_problem=odd&oauth_problem_advice=a%0d%0ab%1b[31m', 400),
      (error) => error instanceof ProviderAnswerRefused && error.advice === 'a b [31m',
    );
    assert.equal(problemInChallenge('OAuth oauth_problem="<script>"'), null);
  });

  it('is not looked for in other schemes, nor in a resource that happens to hold the word', () => {
    assert.equal(problemInChallenge('Bearer oauth_problem="token_expired"'), null);
    const page = {
      status: 401,
      headers: {},
      body: Buffer.from('see oauth_problem=token_expired in the manual'),
    };
    assert.equal(problemOf(page), null);
  });
});
