import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { arrive, FORM } from '../../test/support/arrive.ts';
import { carriesOAuth, parseMessage, soleParameter, withoutProtocolParameters } from './parse.ts';
import { Problem } from './problem.ts';
import { reportProblem } from './problem-report.ts';

const AT = 'https://h.example/r';

function refusal(run: () => unknown): Problem {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    assert.equal(error.code, 'parameter_rejected');
    return error;
  }
  return assert.fail('it was accepted');
}

describe('taking a request apart', () => {
  it('gathers protocol parameters that a client spreads over carriers', () => {
    const message = parseMessage(
      arrive(`${AT}?oauth_callback=oob`, {
        method: 'post',
        authorization: 'OAuth oauth_consumer_key="k"',
        contentType: FORM,
        body: 'oauth_verifier=v',
      }),
    );
    assert.equal(message.method, 'POST');
    assert.deepEqual([...message.carriers], ['header', 'query', 'body']);
    const { consumerKey, callback, verifier, token } = message.protocol;
    assert.deepEqual([consumerKey, callback, verifier, token], ['k', 'oob', 'v', undefined]);
  });

  it('keeps an empty token apart from an absent one', () => {
    assert.equal(parseMessage(arrive(`${AT}?oauth_token=`)).protocol.token, '');
    assert.equal(parseMessage(arrive(AT)).protocol.token, undefined);
  });

  it('has a form body only where there is a body', () => {
    assert.equal(parseMessage(arrive(AT, { contentType: FORM })).hasFormBody, false);
    assert.equal(parseMessage(arrive(AT, { contentType: FORM, body: 'a=1' })).hasFormBody, true);
  });

  it('ignores an Authorization header of another scheme', () => {
    assert.deepEqual(parseMessage(arrive(AT, { authorization: 'Basic b2F1dGg6eA==' })).parameters, []);
  });

  it('decodes protocol values as UTF-8', () => {
    assert.equal(parseMessage(arrive(`${AT}?oauth_consumer_key=%E3%82%AD`)).protocol.consumerKey, 'キ');
  });

  const unreadable: readonly [string, string][] = [
    ['bytes that are not UTF-8', '%FF'],
    ['a line break', 'a%0D%0Ab'],
    ['a NUL', '%00'],
    ['a C1 control', '%C2%85'],
    ['more characters than are allowed', 'x'.repeat(4097)],
    ['more bytes than could be allowed', '%41'.repeat(4097)],
    ['more encoded characters than are allowed', '%C3%A9'.repeat(4097)],
  ];
  for (const [what, value] of unreadable) {
    it(`refuses a protocol parameter that holds ${what}`, () => {
      const { rejected } = refusal(() => parseMessage(arrive(`${AT}?oauth_nonce=${value}`))).particulars;
      assert.deepEqual(rejected, ['oauth_nonce']);
    });
  }

  it('takes a protocol parameter as long as it may be, in characters of any length', () => {
    for (const character of ['a', '%41', '%C3%A9', '%E3%81%82']) {
      const { nonce } = parseMessage(arrive(`${AT}?oauth_nonce=${character.repeat(4096)}`)).protocol;
      assert.equal(nonce, decodeURIComponent(character).repeat(4096));
    }
  });

  it('calls a value too long that is unreadable as well', () => {
    for (const value of [`${'a'.repeat(40_000)}%FF`, '%FF'.repeat(40_000)]) {
      const { advice } = refusal(() => parseMessage(arrive(`${AT}?oauth_nonce=${value}`))).particulars;
      assert.match(advice!, /longer than 4096/);
    }
  });

  it('lets ordinary parameters hold any bytes', () => {
    const { parameters } = parseMessage(arrive(`${AT}?a=%FF%00&a=%FE`));
    assert.deepEqual(
      parameters.map((parameter) => parameter.value),
      ['%FF%00', '%FE'],
    );
  });

  it('refuses more than a thousand parameters', () => {
    assert.equal(parseMessage(arrive(`${AT}?${'a&'.repeat(1000)}`)).parameters.length, 1000);
    refusal(() => parseMessage(arrive(`${AT}?${'a&'.repeat(1001)}`)));
  });

  it('refuses two Authorization headers, whatever their schemes', () => {
    refusal(() => parseMessage(arrive(AT, { authorization: ['OAuth a="1"', 'OAuth a="1"'] })));
    refusal(() => parseMessage(arrive(AT, { authorization: ['Basic eDp5', 'OAuth a="1"'] })));
  });

  it('takes no body for a form whose media type merely looks like one', () => {
    for (const contentType of [
      `\u00a0${FORM}`,
      `${FORM}\u00a0`,
      `text/plain; ${FORM}`,
      `"${FORM}"`,
      `${FORM}x`,
    ]) {
      assert.equal(parseMessage(arrive(AT, { contentType, body: 'a=1' })).hasFormBody, false, contentType);
    }
    for (const contentType of [`\t${FORM.toUpperCase()} `, `${FORM};charset=utf-8`, `${FORM} ;`]) {
      assert.equal(parseMessage(arrive(AT, { contentType, body: 'a=1' })).hasFormBody, true, contentType);
    }
  });

  it('refuses two Content-Types, in one header or in two', () => {
    refusal(() => parseMessage(arrive(AT, { contentType: [FORM, 'text/plain'], body: 'a=1' })));
    refusal(() => parseMessage(arrive(AT, { contentType: `${FORM}, text/plain`, body: 'a=1' })));
  });

  it('refuses a malformed escape and says how to write a percent sign', () => {
    for (const query of ['a=%', 'a%zz=1', 'a=100%&b=1']) {
      assert.match(refusal(() => parseMessage(arrive(`${AT}?${query}`))).particulars.advice!, /%25/);
    }
  });
});

describe('protocol parameters that are repeated', () => {
  const header = 'OAuth oauth_token="a"';
  const repeated: readonly [string, string, object][] = [
    ['within the header', AT, { authorization: 'OAuth oauth_token="a", oauth_token="a"' }],
    ['within the query', `${AT}?oauth_token=a&oauth_token=b`, {}],
    ['within the form', AT, { contentType: FORM, body: 'oauth_token=&oauth_token=' }],
    ['in header and query', `${AT}?oauth_token=a`, { authorization: header }],
    ['in header and form', AT, { authorization: header, contentType: FORM, body: 'oauth_token=a' }],
    ['in query and form', `${AT}?oauth_token=a`, { contentType: FORM, body: 'oauth_token=a' }],
    ['in another spelling', `${AT}?oauth_token=a&oauth%5ftoken=a`, {}],
  ];
  for (const [where, url, arrival] of repeated) {
    it(`are refused by name: ${where}`, () => {
      const { rejected } = refusal(() => parseMessage(arrive(url, arrival))).particulars;
      assert.deepEqual(rejected, ['oauth_token']);
    });
  }

  it('are refused even where the name is unknown, and all of them are named', () => {
    const query = 'oauth_x=1&oauth_nonce=1&oauth_x=2&oauth_nonce=1&oauth_nonce=1';
    assert.deepEqual(refusal(() => parseMessage(arrive(`${AT}?${query}`))).particulars.rejected, [
      'oauth_x',
      'oauth_nonce',
    ]);
  });

  it('are refused in few words, however many there are and however long their names', () => {
    const long = `oauth_${'%ff'.repeat(10_000)}=1`;
    const many = Array.from({ length: 400 }, (_, index) => `oauth_${'%ff'.repeat(18)}${index}=1`);
    for (const pieces of [[long], many, [long, ...many, 'oauth_token=1']]) {
      const body = [...pieces, ...pieces].join('&');
      const problem = refusal(() => parseMessage(arrive(AT, { contentType: FORM, body })));
      const { authenticate, body: answer } = reportProblem(problem, AT, null);
      assert.ok(authenticate.length + answer.length < 8_000, `${authenticate.length + answer.length}`);
    }
  });

  it('include the signature, which is not itself signed', () => {
    const problem = refusal(() => parseMessage(arrive(`${AT}?oauth_signature=a&oauth_signature=a`)));
    assert.deepEqual(problem.particulars.rejected, ['oauth_signature']);
  });

  it('do not include ordinary ones, nor xoauth_ and opensocial_ ones', () => {
    const query =
      'a=1&a=1&xoauth_requestor_id=u&xoauth_requestor_id=v&opensocial_app_id=1&opensocial_app_id=1&OAUTH_TOKEN=1&OAUTH_TOKEN=1';
    assert.equal(parseMessage(arrive(`${AT}?${query}`)).parameters.length, 8);
  });
});

describe('whether a request carries OAuth', () => {
  it('is told by the header, the query or the form body', () => {
    assert.ok(carriesOAuth(arrive(AT, { authorization: 'oauth' })));
    assert.ok(carriesOAuth(arrive(AT, { authorization: ['Basic x', 'OAuth x'] })));
    assert.ok(carriesOAuth(arrive(`${AT}?a=1&oauth_token`)));
    assert.ok(carriesOAuth(arrive(`${AT}?%6Fauth_token=1`)));
    assert.ok(
      carriesOAuth(arrive(`${AT}?a&%6f%61%75%74%68%5f%73%69%67%6e%61%74%75%72%65%5f%6d%65%74%68%6f%64`)),
    );
    assert.ok(carriesOAuth(arrive(`${AT}?${'oauth_x&'.repeat(1000)}oauth_token`)));
    assert.ok(carriesOAuth(arrive(`${AT}?${'oauth_x&'.repeat(1001)}`)), 'more than anybody may send');
    assert.ok(carriesOAuth(arrive(AT, { contentType: FORM, body: 'a=1&oauth_signature=x' })));
  });

  it('is denied for everything else, and never fails', () => {
    for (const query of [
      '',
      'a=oauth_token',
      'oauth_error=1',
      'xoauth_requestor_id=u',
      '%zz=1',
      'oauth%zz=1',
      '&&=',
    ]) {
      assert.ok(!carriesOAuth(arrive(`${AT}?${query}`)), query);
    }
    assert.ok(!carriesOAuth(arrive(AT, { contentType: 'application/json', body: 'oauth_token=1' })));
    assert.ok(!carriesOAuth(arrive(AT, { authorization: 'Bearer oauth_token' })));
  });
});

describe('a query without its protocol parameters', () => {
  it('keeps every other byte as it was', () => {
    const query = 'a=%7e+b&&oauth_token=1&=&%zz&oauth%5Fsignature=x&xoauth_requestor_id=u&oauth_new=1&c';
    assert.equal(withoutProtocolParameters(query), 'a=%7e+b&&=&%zz&xoauth_requestor_id=u&c');
    assert.equal(withoutProtocolParameters('a=1&b'), 'a=1&b');
    assert.equal(withoutProtocolParameters('oauth_token=1'), '');
  });
});

describe('a parameter that makes sense only once', () => {
  it('is decoded, null when absent, and refused when repeated', () => {
    const message = parseMessage(arrive(`${AT}?xoauth_requestor_id=a%40b&twice=1&twice=1`));
    assert.equal(soleParameter(message, 'xoauth_requestor_id'), 'a@b');
    assert.equal(soleParameter(message, 'absent'), null);
    assert.deepEqual(refusal(() => soleParameter(message, 'twice')).particulars.rejected, ['twice']);
  });
});
