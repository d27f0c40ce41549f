import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { type Installation, startInstallation } from '../support/countersign.ts';
import { Person } from '../support/person.ts';

const ALICE = { username: 'alice', password: 'correct horse battery staple' };
const SECRET = 'Kd94hf93k423kf44pfkkd9xq';

describe('an Express application with passport-oauth1', () => {
  let installation: Installation;
  let application: ChildProcess;
  let applicationUrl: string;

  before(async () => {
    installation = await startInstallation();
    await installation.command(
      ['user', 'add', 'alice', '--display-name', 'Alice Example', '--password-stdin'],
      ALICE.password,
    );
    await installation.command(
      ['consumer', 'add', '--key', 'app', '--name', 'App', '--secret-stdin'],
      SECRET,
    );
    [application, applicationUrl] = await startApplication(installation.url);
  });
  after(async () => {
    application?.kill('SIGKILL');
    await installation?.stop();
  });

  it('logs a person in: sent to consent, back with a verifier, and known by name', async () => {
    const login = await fetch(`${applicationUrl}/login`, { redirect: 'manual' });
    const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const approved = await new Person(installation.url).decide(
      login.headers.get('location') ?? '',
      ALICE,
      'Approve',
    );
    const back = await fetch(approved.leftFor ?? '', { headers: { cookie } });
    const profile = (await back.json()) as Record<string, unknown>;
    assert.equal(back.status, 200, JSON.stringify(profile));
    assert.equal(profile.user, 'alice');
    assert.equal(profile.displayName, 'Alice Example');
    assert.equal(profile.consumer, 'app');
  });

  it('does not log anybody in who denied', async () => {
    const login = await fetch(`${applicationUrl}/login`, { redirect: 'manual' });
    const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const denied = await new Person(installation.url).decide(
      login.headers.get('location') ?? '',
      ALICE,
      'Deny',
    );
    const back = await fetch(denied.leftFor ?? '', { headers: { cookie } });
    assert.notEqual(back.status, 200);
    assert.match(await back.text(), /permission_denied/);
  });
});

async function startApplication(providerUrl: string): Promise<[ChildProcess, string]> {
  const child = spawn(process.execPath, ['passport-app.js'], {
    cwd: new URL('peers/', import.meta.url),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PROVIDER_URL: providerUrl, CONSUMER_KEY: 'app', CONSUMER_SECRET: SECRET },
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return [child, String(line).replace('listening ', '')];
}
