import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Installation, runCommand, startInstallation } from '../../test/support/countersign.ts';

let tracker: Installation;
let wiki: Installation;
let wikiKey: string;

const hostOf = ({ url }: Installation) => new URL(url).host;

const run = (at: Installation, ...args: string[]) => runCommand([...args, '--data', at.dataDirectory]);

async function json(at: Installation, ...args: string[]) {
  const { status, stdout, stderr } = await run(at, ...args, '--json');
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

/** Tracker's administrator fetches the key of a consumer. */
const fetchKey = (...args: string[]) =>
  run(tracker, 'consumer', 'rotate', wikiKey, '--from-base-url', '--allow-host', hostOf(wiki), ...args);

/** Whether Tracker accepts what Wiki signs now. */
async function isAccepted(): Promise<boolean> {
  const { status } = await run(wiki, 'provider', 'test', 'Tracker', '--allow-host', hostOf(tracker));
  return status === 0;
}

describe('countersign info rotate', () => {
  before(async () => {
    const start = (name: string) => startInstallation(['--name', name]);
    [tracker, wiki] = await Promise.all([start('Tracker'), start('Wiki')]);
    wikiKey = (await json(wiki, 'info')).consumerKey;
    const link = (at: Installation, other: Installation) =>
      json(at, 'link', other.url, '--allow-host', hostOf(other));
    await Promise.all([link(tracker, wiki), link(wiki, tracker)]);
  });
  after(() => Promise.all([tracker?.stop(), wiki?.stop()]));

  it('publishes the next key, and says what the others must do', async () => {
    const { fingerprint } = await json(wiki, 'info');
    const { status, stdout } = await run(wiki, 'info', 'rotate', '--overlap', '2d');
    assert.equal(status, 0);
    assert.match(stdout, /The next key is published; it takes over on \d{4}-/);
    assert.ok(stdout.includes(`countersign consumer rotate ${wikiKey} --from-base-url --overlap 2d`));
    const shown = await run(wiki, 'info', 'show');
    assert.match(shown.stdout, /Key that signs: .*\nNext key: .*\nTakes over: /);
    const { next, ...info } = await json(wiki, 'info');
    assert.equal(info.fingerprint, fingerprint);
    assert.notEqual(next.fingerprint, fingerprint);
    const hours = (Date.parse(next.activatesAt) - Date.now()) / 3_600_000;
    assert.ok(hours > 47 && hours <= 48, next.activatesAt);
    assert.ok(!JSON.stringify([info, next]).includes('PRIVATE'));
    assert.equal(await isAccepted(), true);
  });

  it('is refused while a rotation is under way, and for an overlap that is none', async () => {
    const again = await run(wiki, 'info', 'rotate');
    assert.notEqual(again.status, 0);
    assert.match(again.stderr, /rotated already/);
    assert.equal((await run(wiki, 'info', 'rotate', '--overlap', 'soon')).status, 2);
  });

  it('is followed by the other side, which keeps the old key valid', async () => {
    const { status, stdout, stderr } = await fetchKey();
    assert.equal(status, 0, stderr);
    assert.match(stdout, /Rotated .*[\s\S]*Old credential: /);
    const { next } = await json(wiki, 'info');
    assert.ok(stdout.includes(next.fingerprint));
    assert.match((await fetchKey()).stdout, /Nothing changed/);
    assert.equal(await isAccepted(), true);
  });

  it('lets the next key take over with --now', async () => {
    const { next } = await json(wiki, 'info');
    const now = await json(wiki, 'info', 'rotate', '--now');
    assert.deepEqual([now.fingerprint, now.next], [next.fingerprint, null]);
    assert.equal(await isAccepted(), true);
  });

  it('with --now makes others refuse us until they have fetched the key', async () => {
    await json(wiki, 'info', 'rotate', '--now');
    assert.equal(await isAccepted(), false);
    assert.equal((await fetchKey()).status, 0);
    assert.equal(await isAccepted(), true);
  });

  it('is nothing to follow for a consumer that was registered by hand', async () => {
    const args = ['--key', 'script', '--name', 'Script', '--generate-secret'];
    await json(tracker, 'consumer', 'add', ...args);
    const refused = await run(tracker, 'consumer', 'rotate', 'script', '--from-base-url');
    assert.match(refused.stderr, /registered by hand/);
    assert.equal((await fetchKey('--generate-secret')).status, 2);
  });
});
