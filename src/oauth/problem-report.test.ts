import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Problem } from './problem.ts';
import { plainChallenge, reportProblem } from './problem-report.ts';

const REALM = 'https://tracker.example/jira';

describe('problem report', () => {
  it('says the problem in the body and in the challenge', () => {
    const report = reportProblem(new Problem('token_expired'), REALM, 'r-1');
    assert.deepEqual(report, {
      status: 401,
      body: 'oauth_problem=token_expired&request_id=r-1',
      authenticate: `OAuth realm="${REALM}", oauth_problem="token_expired", request_id="r-1"`,
    });
  });

  it('tells all particulars that help, in the words of the extension', () => {
    const problem = new Problem('parameter_absent', {
      advice: 'Send both.',
      absent: ['oauth_nonce', 'oauth_timestamp'],
      rejected: ['a&b', 'c d'],
      acceptableTimestamps: [100, 700],
      acceptableVersions: ['1.0', '1.0'],
      detail: 'for the log only',
    });
    const fields = new URLSearchParams(reportProblem(problem, REALM, null).body);
    assert.deepEqual(Object.fromEntries(fields), {
      oauth_problem: 'parameter_absent',
      oauth_problem_advice: 'Send both.',
      oauth_parameters_absent: 'oauth_nonce&oauth_timestamp',
      oauth_parameters_rejected: 'a%26b&c%20d',
      oauth_acceptable_timestamps: '100-700',
      oauth_acceptable_versions: '1.0-1.0',
    });
  });

  it('keeps the detail to itself', () => {
    const { body, authenticate } = reportProblem(
      new Problem('nonce_used', { detail: 'hidden' }),
      REALM,
      null,
    );
    assert.doesNotMatch(body + authenticate, /hidden/);
  });

  it('lets nothing end the quoted string or the header line', () => {
    const hostile = '"\r\nSet-Cookie: a=b, x="y\\\u0000é';
    const { body, authenticate } = reportProblem(
      new Problem('parameter_rejected', { advice: hostile, rejected: [hostile], absent: [hostile] }),
      hostile,
      hostile,
    );
    assert.match(body, /^[\x21-\x7e]+$/);
    assert.match(authenticate, /^OAuth realm="(?:[^"\\]|\\.)*"(?:, [a-z_]+="[A-Za-z0-9._~%-]*")+$/);
    assert.match(authenticate, /^[\x20-\x7e]+$/);
  });

  it('asks for OAuth and no more where there is no problem to tell', () => {
    assert.equal(plainChallenge(REALM), `OAuth realm="${REALM}"`);
  });
});
