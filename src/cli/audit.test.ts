import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runCommand } from '../../test/support/countersign.ts';

interface Entry {
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly object: string;
  readonly after: Readonly<Record<string, unknown>> | null;
}

describe('countersign audit list', () => {
  let directory: string;
  const run = (...args: string[]) => runCommand([...args, '--data', join(directory, 'data')]);
  const entries = async (...args: string[]) => {
    const { status, stdout, stderr } = await run('audit', 'list', '--json', ...args);
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout) as Entry[];
  };
  const told = async (...args: string[]) =>
    (await entries(...args)).map(({ action, object }) => `${action} ${object}`);

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'countersign-audit-'));
    for (const key of ['wiki', '=board'])
      await run('consumer', 'add', '--key', key, '--name', key, '--generate-secret');
    await run('consumer', 'edit', 'wiki', '--read-only', '--reason', 'audit of spring');
  });
  after(() => rm(directory, { recursive: true, force: true }));

  it('is all of it, newest first, with what changed and why', async () => {
    assert.deepEqual(await told(), ['consumer.edit wiki', 'consumer.add =board', 'consumer.add wiki']);
    const [newest] = await entries();
    assert.equal(newest?.actor, 'cli');
    assert.match(newest?.at ?? '', /^\d{4}-\d\d-\d\dT/);
    assert.deepEqual(Object.keys(newest?.after ?? {}), ['readOnly']);
    const { stdout } = await run('audit', 'list');
    assert.match(
      stdout,
      /^WHEN +WHO +WHAT +OBJECT +CHANGED +NOTE\n.+ UTC +cli +consumer\.edit +wiki +readOnly +audit of spring\n/,
    );
  });

  it('is narrowed by search, actor, action, object, time and number', async () => {
    assert.deepEqual(await told('--search', 'SPRING'), ['consumer.edit wiki']);
    assert.deepEqual(await told('--actor', 'alice'), []);
    assert.deepEqual(await told('--action', 'consumer.add', '--object', 'wiki'), ['consumer.add wiki']);
    assert.deepEqual(await told('--since', '1h', '--limit', '2'), [
      'consumer.edit wiki',
      'consumer.add =board',
    ]);
    assert.match((await run('audit', 'list', '--actor', 'alice')).stdout, /^No entry matches\.\n$/);
  });

  it('is a sheet with the columns of the console, in which nothing is a formula', async () => {
    const { stdout } = await run('audit', 'list', '--csv');
    assert.match(stdout, /^\ufefftime,actor,action,object,before,after,note\r\n/);
    assert.equal(stdout.match(/\r\n/g)?.length, 4);
    assert.match(stdout, /,consumer\.add,'=board,/);
    assert.equal((await run('audit', 'list', '--csv', '--limit', '1')).stdout.match(/\r\n/g)?.length, 2);
  });

  it('is not the only list that is a sheet', async () => {
    for (const [things, heading] of [
      ['consumer', 'key,name,description,'],
      ['provider', 'name,description,consumer_key,'],
      ['token', 'id,consumer,consumer_name,'],
      ['user', 'name,full_name,email,'],
    ] as const) {
      const { stdout, stderr } = await run(things, 'list', '--csv');
      assert.ok(stdout.startsWith(`\ufeff${heading}`), `${things}: ${stdout}${stderr}`);
      assert.equal(stdout.match(/\r\n/g)?.length, things === 'consumer' ? 3 : 1, things);
    }
  });

  it('says what may stand where, when it cannot be read', async () => {
    for (const [args, words] of [
      [['--action', 'consumer.paint'], /consumer\.edit/],
      [['--since', 'yesterday'], /--since: must be a duration/],
      [['--limit', '0'], /--limit: must be a whole number/],
      [['--csv', '--json'], /choose one/],
    ] as const) {
      const { status, stdout, stderr } = await run('audit', 'list', ...args);
      assert.deepEqual([status, stdout], [2, ''], args.join(' '));
      assert.match(stderr, words);
    }
  });
});
