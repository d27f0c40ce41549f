import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSettings, SettingsRefused, showSettings } from './index.ts';

const COMPLETE = {
  oidcIssuer: 'https://id.example',
  oidcClientId: 'countersign',
  oidcClientSecret: 'plainlowercaseletters',
};

function read(flags: Readonly<Record<string, unknown>>) {
  return readSettings({ flags, environment: {}, readFile: () => '' });
}

function mistakesOf(flags: Readonly<Record<string, unknown>>): readonly string[] {
  try {
    read(flags);
  } catch (error) {
    if (error instanceof SettingsRefused) return error.mistakes;
    throw error;
  }
  return assert.fail('the settings were accepted');
}

describe('settings of an OpenID provider', () => {
  it('name it wholly or not at all', () => {
    assert.equal(read({}).settings.oidcIssuer, undefined);
    assert.equal(read(COMPLETE).settings.oidcIssuer?.href, 'https://id.example/');
    for (const missing of Object.keys(COMPLETE)) {
      const [mistake, ...others] = mistakesOf({ ...COMPLETE, [missing]: undefined });
      assert.match(mistake ?? '', /^--oidc-[a-z-]+: is needed/);
      assert.deepEqual(others, []);
    }
  });

  it('have an issuer that nobody on the way can imitate', () => {
    assert.match(String(mistakesOf({ ...COMPLETE, oidcIssuer: 'http://id.example' })), /https:/);
    for (const oidcIssuer of ['http://localhost:8081', 'http://127.0.0.1:8081/realms/a'])
      assert.ok(read({ ...COMPLETE, oidcIssuer }));
  });

  it('name administrators by a claim and a value, which may hold an equals sign', () => {
    const administrators = (text: string) => read({ ...COMPLETE, oidcAdministrators: text }).settings;
    assert.deepEqual(administrators('groups=ou=staff').oidcAdministrators, {
      claim: 'groups',
      value: 'ou=staff',
    });
    assert.match(String(mistakesOf({ ...COMPLETE, oidcAdministrators: 'groups' })), /must be CLAIM=VALUE/);
  });

  it('are shown without the secret, whatever letters it has', () => {
    const { settings, origins } = read(COMPLETE);
    const shown = showSettings(origins).find(({ name }) => name === 'oidcClientSecret');
    assert.equal(shown?.value, '***');
    assert.doesNotMatch(JSON.stringify(settings), /plainlowercaseletters/);
  });
});
