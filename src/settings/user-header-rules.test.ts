import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSettings, SettingsRefused } from './index.ts';

const PROXY = { trustProxy: ['10.0.0.1'], userHeader: 'Remote-User' };

function mistakesOf(flags: Readonly<Record<string, unknown>>): readonly string[] {
  try {
    readSettings({ flags, environment: {}, readFile: () => '' });
    return [];
  } catch (error) {
    if (error instanceof SettingsRefused) return error.mistakes;
    throw error;
  }
}

describe('settings of a proxy that names people', () => {
  it('need the addresses of that proxy, and not those of everybody', () => {
    assert.deepEqual(mistakesOf(PROXY), []);
    assert.deepEqual(mistakesOf({ userHeader: 'Remote-User' }), [
      '--user-header: needs --trust-proxy: list the addresses of the proxy that logs people in',
    ]);
    for (const range of ['0.0.0.0/0', '::/0'])
      assert.match(mistakesOf({ ...PROXY, trustProxy: ['10.0.0.1', range] })[0] ?? '', /own proxies/);
    assert.deepEqual(mistakesOf({ ...PROXY, trustProxy: ['0.0.0.0/1', '10.0.0.1', '128.0.0.0/1'] }), [
      '--user-header: needs a list of your own proxies: with --trust-proxy 0.0.0.0/1, 128.0.0.0/1 strangers could say who they are',
    ]);
  });

  it('are told beside a proxy that has no address', () => {
    const mistakes = mistakesOf({ ...PROXY, trustProxy: ['garbage', '10.0.0.0/40', '0.0.0.0/0'] });
    assert.match(mistakes.join(), /--trust-proxy: must be an IP address/);
    assert.match(mistakes.join(), /with --trust-proxy 0\.0\.0\.0\/0 strangers/);
  });

  it('take a header field of its own for each thing', () => {
    for (const userHeader of ['Authorization', 'cookie', 'Host', 'X-Forwarded-For', 'x-request-id', 'Origin'])
      assert.match(mistakesOf({ ...PROXY, userHeader })[0] ?? '', /means something else/, userHeader);
    for (const userHeader of ['', 'Remote User', 'Remote_User', 'Remote:User'])
      assert.match(mistakesOf({ ...PROXY, userHeader })[0] ?? '', /name of a header field/, userHeader);
    assert.equal(mistakesOf({ ...PROXY, userEmailHeader: 'remote-USER' }).length, 2);
    assert.deepEqual(mistakesOf({ ...PROXY, userHeader: 'X-Forwarded-User' }), []);
  });

  it('say nothing without the name', () => {
    const rest = {
      userDisplayNameHeader: 'Remote-Name',
      userEmailHeader: 'Remote-Email',
      userHeaderCreateUsers: 'on',
      userHeaderLogout: 'https://auth.example/logout',
    };
    assert.equal(mistakesOf(rest).length, 4);
    assert.deepEqual(mistakesOf({ ...PROXY, ...rest }), []);
  });
});
