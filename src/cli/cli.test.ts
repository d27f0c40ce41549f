import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type CommandResult, PROGRAM, runCommand } from '../../test/support/countersign.ts';

let directory: string;
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'countersign-cli-'));
});
after(() => rm(directory, { recursive: true, force: true }));

/** Runs a command on the test's data directory. */
function run(args: readonly string[], input?: string): Promise<CommandResult> {
  return runCommand([...args, '--data', join(directory, 'data')], input);
}

async function json(args: readonly string[], input?: string): Promise<unknown> {
  const { status, stdout, stderr } = await run([...args, '--json'], input);
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

describe('countersign', () => {
  it('explains every command, with examples', async () => {
    for (const command of [
      '',
      'serve',
      'demo',
      'user add',
      'consumer add',
      'consumer rotate',
      'token revoke',
      'config show',
    ]) {
      const { status, stdout } = await runCommand([...command.split(' ').filter(Boolean), '--help']);
      assert.equal(status, 0, command);
      assert.match(stdout, /^Usage: countersign/);
      assert.match(stdout, /\nExamples:\n {2}(?:printf .*\| |COUNTERSIGN_\S+ )?countersign /, command);
    }
  });

  it('explains a command in whatever words it is asked', async () => {
    const said = (await runCommand(['user', 'add', '--help'])).stdout;
    for (const asked of [
      ['user', 'add', '-h'],
      ['help', 'user', 'add'],
      ['user', 'help', 'add'],
    ]) {
      assert.deepEqual(await runCommand(asked), { status: 0, stdout: said, stderr: '' }, asked.join(' '));
    }
    assert.match((await runCommand(['help'])).stdout, /^Usage: countersign \[options\] \[command\]/);
  });

  it('takes the flags that commands share before the command, too', async () => {
    const data = join(directory, 'flags-first');
    for (const words of [
      ['--data', data, '--json', 'user', 'list'],
      ['user', `--data=${data}`, '--json', 'list'],
    ]) {
      assert.deepEqual(await runCommand(words), { status: 0, stdout: '[]\n', stderr: '' }, words.join(' '));
    }
    assert.equal((await runCommand(['--json', 'completion', 'bash'])).status, 2);
  });

  it('prints its version', async () => {
    assert.match((await runCommand(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it('leaves with 2 after a wrong usage, and does nothing', async () => {
    for (const wrong of [
      ['nonsense'],
      ['nonsense', '--help'],
      ['help', 'nonsense'],
      ['user', 'nonsense', '-h'],
      ['user', 'add'],
      ['user', 'add', 'x'],
      ['serve', '--no-such-flag'],
      ['token', 'revoke'],
      ['consumer', 'add', '--key', 'k', '--name', 'n'],
      ['consumer', 'add', '--key', 'k', '--generate-secret'],
      ['consumer', 'add', '--name', 'n', '--generate-secret'],
      ['consumer', 'edit', 'k'],
      ['provider', 'add', '--name', 'n', '--own-key'],
      ['provider', 'edit', 'n', '--reason', 'none'],
      ['info', 'edit'],
      ['consumer', 'add', '--key', 'k', '--name', 'n', '--generate-secret', '--secret-stdin'],
    ]) {
      const { status, stdout, stderr } = await run(wrong);
      assert.equal(status, 2, wrong.join(' '));
      assert.equal(stdout, '');
      assert.notEqual(stderr, '');
    }
  });

  it('leaves with 1 and one line for each mistake, in the words of the pages', async () => {
    const user = await run(['user', 'add', 'bad name!', '--email', 'nowhere', '--password-stdin'], 'x');
    assert.equal(user.status, 1);
    assert.equal(user.stderr.match(/^countersign: .+\.$/gm)?.length, 3, user.stderr);
    const consumer = await run([
      'consumer',
      'add',
      '--key',
      'k',
      '--name',
      '',
      '--callback',
      'ftp://x',
      '--generate-secret',
    ]);
    assert.equal(consumer.status, 1);
    assert.match(consumer.stderr, /^countersign: Name is missing\.\ncountersign: Callback URL must be .*\n$/);
  });

  it('goes on to its end when whoever reads its output has seen enough', async () => {
    for (const args of [
      ['--help'],
      ['config', 'show'],
      ['user', 'list', '--data', join(directory, 'data')],
    ]) {
      const child = spawn(PROGRAM, args, { stdio: ['ignore', 'pipe', 'pipe'] });
      child.stdout.destroy();
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk;
      });
      assert.deepEqual([...(await once(child, 'close')), said], [0, null, ''], args.join(' '));
    }
  });

  it('reports all wrong settings together, with where each came from', async () => {
    const config = join(directory, 'wrong.yaml');
    await writeFile(config, 'lissten: 1\nupstream: nowhere\n');
    const { status, stderr } = await run(['config', 'show', '--config', config, '--nonces', 'disk']);
    assert.equal(status, 1);
    assert.match(stderr, /wrong\.yaml: lissten: there is no such setting; did you mean listen\?/);
    assert.match(stderr, /wrong\.yaml: upstream: must be/);
    assert.match(stderr, /--nonces: must be memory, database or redis/);
  });

  it('shows the settings in force and where each comes from', async () => {
    const rows = (await json(['config', 'show', '--listen', '[::1]:0'])) as {
      name: string;
      value: unknown;
      origin: string;
    }[];
    assert.deepEqual(
      rows.find(({ name }) => name === 'listen'),
      { name: 'listen', value: '[::1]:0', origin: '--listen' },
    );
    assert.equal(rows.find(({ name }) => name === 'accessTokenTtl')?.origin, 'default');
  });
});

describe('countersign completion', () => {
  it('completes commands, flags and choices in bash', async () => {
    const { stdout: script } = await runCommand(['completion', 'bash']);
    const complete = (...words: string[]) => {
      const state = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}`;
      const shell = spawnSync('bash', ['-c', `${script}\n${state}; _countersign; echo "\${COMPREPLY[@]}"`]);
      return shell.stdout.toString().trim();
    };
    assert.equal(complete('countersign', 'us'), 'user');
    assert.equal(complete('countersign', 'user', 'add', '--pass'), '--password-stdin');
    assert.equal(complete('countersign', 'consumer', 'edit', 'wiki', '--no-r'), '--no-read-only');
    assert.equal(complete('countersign', 'completion', 'z'), 'zsh');
  });

  it('knows every command in every shell', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const { stdout } = await runCommand(['completion', shell]);
      for (const word of ['serve', 'demo', 'rotate', 'migrate', 'completion'])
        assert.match(stdout, new RegExp(word));
    }
  });
});

describe('countersign user', () => {
  it('adds, shows, disables, enables and removes users, and never tells a password or its hash', async () => {
    const added = (await json(
      ['user', 'add', 'alice', '--display-name', 'Alice', '--password-stdin'],
      'correct horse\n',
    )) as object;
    assert.deepEqual(Object.keys(added).sort(), [
      'createdAt',
      'displayName',
      'email',
      'identity',
      'isAdministrator',
      'isDisabled',
      'lastLoginAt',
      'name',
    ]);
    assert.deepEqual(await json(['user', 'show', 'alice']), { ...added, secondFactor: null });
    assert.equal(((await json(['user', 'disable', 'alice'])) as { isDisabled: boolean }).isDisabled, true);
    assert.equal(((await json(['user', 'enable', 'alice'])) as { isDisabled: boolean }).isDisabled, false);
    assert.equal(((await json(['user', 'list'])) as object[]).length, 1);
    await json(['user', 'remove', 'alice']);
    assert.deepEqual(await json(['user', 'list']), []);
    assert.equal(
      (await run(['user', 'show', 'alice'])).stderr,
      'countersign: User: there is no user "alice". Look the name up in the list of users, or with: countersign user list.\n',
    );
  });
});

describe('countersign consumer', () => {
  it('prints a generated secret once, and keeps it to itself afterwards', async () => {
    const added = (await json([
      'consumer',
      'add',
      '--key',
      'script',
      '--name',
      'Script',
      '--generate-secret',
    ])) as { secret: string };
    assert.match(added.secret, /^[A-Za-z0-9]{32,}$/);
    const { stdout } = await run(['consumer', 'show', 'script', '--json']);
    assert.doesNotMatch(stdout, new RegExp(added.secret));
    assert.match(stdout, new RegExp(added.secret.slice(-4)));
  });

  it('edits what is mentioned and leaves the rest', async () => {
    await json([
      'consumer',
      'edit',
      'script',
      '--read-only',
      '--allow-path',
      '/rest/**',
      '--allow-path',
      '/issues/*',
      '--legacy-1.0',
    ]);
    const edited = (await json([
      'consumer',
      'edit',
      'script',
      '--no-legacy-1.0',
      '--description',
      'At night',
    ])) as {
      limits: unknown;
      legacy10: boolean;
      name: string;
    };
    assert.deepEqual(edited.limits, { readOnly: true, paths: ['/rest/**', '/issues/*'] });
    assert.equal(edited.legacy10, false);
    assert.equal(edited.name, 'Script');
  });

  it('rotates a secret and says until when the old one is valid', async () => {
    const rotated = (await json(['consumer', 'rotate', 'script', '--overlap', '1d'])) as {
      secret: string;
      retiring: { validUntil: string };
    };
    assert.match(rotated.secret, /^[A-Za-z0-9]{32,}$/);
    const hours = (Date.parse(rotated.retiring.validUntil) - Date.now()) / 3_600_000;
    assert.ok(hours > 23 && hours <= 24, rotated.retiring.validUntil);
  });

  it('takes a secret from standard input', async () => {
    await json(
      ['consumer', 'add', '--key', 'given', '--name', 'Given', '--secret-stdin'],
      'a secret with blanks in it\n',
    );
    const shown = (await json(['consumer', 'show', 'given'])) as { credential: { ending: string } };
    assert.equal(shown.credential.ending, 'n it');
  });
});

describe('countersign provider, info, token and db', () => {
  it('keeps the secret of a service provider write-only', async () => {
    const args = ['provider', 'add', '--name', 'Photos', '--consumer-key', 'tracker', '--secret-stdin'];
    const { stdout } = await run([...args, '--json'], 'hush-hush-hush');
    assert.doesNotMatch(stdout, /hush/);
    assert.equal(
      ((await json(['provider', 'edit', 'Photos', '--method', 'HMAC-SHA256'])) as { signatureMethod: string })
        .signatureMethod,
      'HMAC-SHA256',
    );
    assert.match(
      (await run(['provider', 'edit', 'Photos', '--method', 'RSA-SHA1'])).stderr,
      /does not fit the credential/,
    );
    await json(['provider', 'remove', 'Photos']);
  });

  it('shows who we are, and never the private key', async () => {
    await json(['info', 'edit', '--name', 'Tracker', '--description', 'Issues']);
    const { stdout } = await run(['info', '--json']);
    const info = JSON.parse(stdout) as { name: string; publicKey: string };
    assert.equal(info.name, 'Tracker');
    assert.match(info.publicKey, /BEGIN PUBLIC KEY/);
    assert.doesNotMatch(stdout, /PRIVATE/i);
  });

  it('revokes nothing when there is nothing, and says so', async () => {
    assert.deepEqual(await json(['token', 'revoke', '--consumer', 'script']), { revoked: 0 });
    assert.deepEqual(await json(['token', 'list']), []);
  });

  it('lists and revokes nothing in silence for a user or consumer that is not there', async () => {
    for (const verb of ['list', 'revoke']) {
      for (const [flag, name, others] of [
        ['--user', 'nobody', 'user list'],
        ['--consumer', 'nothing', 'consumer list'],
      ] as const) {
        const { status, stdout, stderr } = await run(['token', verb, flag, name]);
        assert.deepEqual([status, stdout], [1, '']);
        assert.match(stderr, new RegExp(`^countersign: .*"${name}".* countersign ${others}\\.\n$`));
      }
    }
  });

  it('says where to look for what is not there', async () => {
    for (const [args, others] of [
      ['consumer show nothing', 'consumer list'],
      ['consumer usage nothing', 'consumer list'],
      ['explain --consumer nothing', 'consumer list'],
      ['provider show nothing', 'provider list'],
      ['request --provider nothing --two-legged /', 'provider list'],
      ['request --provider nothing --user nobody /', 'user list'],
      ['token revoke nothing', 'token list'],
      ['user disable nobody', 'user list'],
      ['unlink https://nowhere.example', 'consumer list and countersign provider list'],
      ['gadget remove https://nowhere.example/x.xml', 'gadget list'],
      ['gadget hide nothing', 'gadget list'],
      ['gadget unsubscribe https://nowhere.example', 'gadget list'],
      ['allow-list remove https://nowhere.example', 'allow-list list'],
    ] as const) {
      const { status, stderr } = await run(args.split(' '));
      assert.equal(status, 1, args);
      assert.match(stderr, new RegExp(`\\bcountersign ${others}\\b`), args);
    }
  });

  it('says that a data directory cannot be made where nothing can, and ends', {
    skip: existsSync('/proc/self') ? false : 'only Linux has such a place always',
  }, async () => {
    for (const data of ['/proc/countersign', '/proc/countersign/data']) {
      assert.deepEqual(await runCommand(['user', 'list', '--data', data]), {
        status: 1,
        stdout: '',
        stderr:
          'countersign: the directory /proc/countersign cannot be made: nothing can be made there; choose another with --data\n',
      });
    }
  });

  it('says that there was no installation when a command made one, once, and not beside a document', async () => {
    const [data, other] = [join(directory, 'mistyped'), join(directory, 'for-programs')];
    const said = `countersign: there was no installation in ${data}, so a new one was made; if you meant another, name its directory with --data.\n`;
    const list = ['user', 'list', '--data', data];
    const hint = 'There are no users. Add one with: countersign user add NAME --password-stdin\n';
    assert.deepEqual(await runCommand(list), { status: 0, stdout: hint, stderr: said });
    assert.equal((await runCommand(list)).stderr, '');
    assert.equal((await runCommand(['user', 'list', '--json', '--data', other])).stderr, '');
  });

  it('says that there is no database, and makes none to say so', async () => {
    const data = join(directory, 'nowhere');
    const { status, stdout, stderr } = await runCommand(['db', 'status', '--data', data]);
    assert.deepEqual([status, stdout], [1, '']);
    assert.equal(
      stderr,
      `countersign: there is no database in ${data}: name its directory with --data, or make one with countersign db migrate.\n`,
    );
    assert.equal(existsSync(data), false);
  });

  it('tells how far the schema is without changing it, then brings it up to date', async () => {
    const data = join(directory, 'fresh');
    const fresh = ['--data', data, '--json'];
    await mkdir(data);
    await writeFile(join(data, 'countersign.db'), '');
    const before = JSON.parse((await runCommand(['db', 'status', ...fresh])).stdout) as {
      version: number;
      latest: number;
    };
    assert.equal(before.version, 0);
    const after = JSON.parse((await runCommand(['db', 'migrate', ...fresh])).stdout) as {
      version: number;
      pending: unknown[];
    };
    assert.equal(after.version, before.latest);
    assert.deepEqual(after.pending, []);
  });
});
