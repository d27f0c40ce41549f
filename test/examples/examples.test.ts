import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { type Installation, startInstallation } from '../support/countersign.ts';
import { Person } from '../support/person.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const ALICE = { username: 'alice', password: 'correct horse battery staple' };
const SECRET = 'a secret of the consumer that nobody else knows';

/** Parts of the programs that are run here. */
const PARTS = ['from-checkout.ts', 'provider-client.ts'];
const RUN_HERE = ['nightly-job.ts', 'web-application.ts'];

let provider: Installation;
before(async () => {
  provider = await startInstallation();
  await provider.command(['user', 'add', 'alice', '--password-stdin'], ALICE.password);
  const add = ['consumer', 'add', '--key', 'wiki', '--name', 'Wiki', '--secret-stdin'];
  await provider.command([...add, '--two-legged', '--execute-as', 'alice'], SECRET);
});
after(() => provider?.stop());

/** Starts an example as a reader would. */
function start(name: string, changes: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ['--import', './examples/from-checkout.ts', `examples/${name}`], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PROVIDER: provider.url,
      CONSUMER_KEY: 'wiki',
      CONSUMER_SECRET: SECRET,
      ...changes,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (output += bytes));
  return { child, output: () => output };
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('close', resolve));
}

describe('the examples', () => {
  it('are each run here', () => {
    const programs = readdirSync(`${ROOT}/examples`).filter((name) => name.endsWith('.ts'));
    assert.deepEqual(programs.sort(), [...PARTS, ...RUN_HERE].sort());
  });

  it('nightly-job reads data without a user, and sends no signature elsewhere', async () => {
    const { child, output } = start('nightly-job.ts');
    assert.equal(await ended(child), 0, output());
    assert.match(output(), /^200 \{.*"user":"alice"/);
    assert.match(output(), /other-origin Tracker: The address is not below/);
  });

  it('nightly-job ends with 1 where the provider refuses it', async () => {
    const { child, output } = start('nightly-job.ts', { CONSUMER_SECRET: 'wrong' });
    assert.equal(await ended(child), 1);
    assert.match(output(), /^401 /);
  });

  it('web-application dances with a browser, reads its data, and asks again when access was revoked', async () => {
    const { child, output } = start('web-application.ts');
    try {
      const site = await new Promise<string>((resolve, reject) => {
        child.once('close', () => reject(new Error(output())));
        child.stdout.on('data', () => {
          const url = /^ready (\S+)$/m.exec(output())?.[1];
          if (url !== undefined) resolve(url);
        });
      });
      const browse = browser();
      const before = await browse(`${site}/`);
      assert.equal(before.status, 403);
      assert.match(await before.text(), /There is no connection to Tracker yet.*\/connect/);
      const alice = new Person(provider.url);
      const away = (await browse(`${site}/connect`)).headers.get('location') ?? '';
      const { leftFor } = await alice.decide(away, ALICE, 'Approve');
      assert.equal((await browser()(leftFor ?? '')).status, 403, 'another browser finishes nothing');
      assert.equal((await browse(leftFor ?? '')).status, 303);
      const data = await browse(`${site}/`);
      assert.equal(data.status, 200);
      assert.equal(((await data.json()) as { user: string }).user, 'alice');

      await alice.revoke('Wiki');
      const after = await browse(`${site}/`);
      assert.equal(after.status, 403);
      assert.match(await after.text(), /has ended: log in there and approve access again/);
    } finally {
      child.kill();
      await ended(child);
    }
  });
});

/** A browser that keeps the session and follows nothing. */
function browser(): (url: string) => Promise<Response> {
  let cookie = '';
  return async (url) => {
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return response;
  };
}
