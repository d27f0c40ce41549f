import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConnectionCallback } from './index.ts';

describe('a callback', () => {
  it('brings a verifier', () => {
    assert.deepEqual(readConnectionCallback('oauth_token=t&oauth_verifier=v'), {
      token: 't',
      verdict: { kind: 'approved', verifier: 'v' },
    });
  });

  it('may come without one from a provider of OAuth 1.0', () => {
    assert.deepEqual(readConnectionCallback('oauth_token=t')?.verdict, { kind: 'approved', verifier: null });
  });

  const denials: readonly [query: string, problem: string][] = [
    ['oauth_token=t&oauth_verifier=denied', 'permission_denied'],
    ['oauth_token=t&oauth_verifier=denied&oauth_problem=permission_denied', 'permission_denied'],
    ['oauth_token=t&oauth_problem=user_refused', 'user_refused'],
    ['oauth_token=t&oauth_problem=%3Cscript%3E', 'permission_denied'],
    ['denied=t', 'user_refused'],
  ];
  for (const [query, problem] of denials) {
    it(`is a refusal when it says ${query}`, () => {
      assert.deepEqual(readConnectionCallback(query), { token: 't', verdict: { kind: 'denied', problem } });
    });
  }

  it('is none when it names no token, or a parameter twice', () => {
    for (const query of [
      '',
      'x=1',
      'oauth_verifier=v',
      'oauth_token=a&oauth_token=b',
      'oauth_token=a&oauth_verifier=b&oauth_verifier=c',
    ]) {
      assert.equal(readConnectionCallback(query), null, query);
    }
  });
});
