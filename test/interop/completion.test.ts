import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runCommand } from '../support/countersign.ts';

/** Has zsh complete as if somebody typed, and prints all that the terminal shows until a text stands there. */
const IN_ZSH = `
zmodload zsh/zpty
zpty z zsh -f -i
await() { local shown all=''; until [[ $all == *"$1"* ]]; do zpty -r z shown || exit 1; all+=$shown; done; print -r -- "$all" }
zpty -w z "autoload -U compinit; compinit -u -d $SCRIPTS/dump; source $SCRIPTS/zsh; countersign() { : }; tell() { print -r -- \\"<\\$BUFFER>\\" }; zle -N tell; bindkey '^X' tell; print REA''DY"
await READY >/dev/null
zpty -w -n z "$1"$'\\t\\x18'
await "$2"
zpty -d z
`;

/** The scripts of `countersign completion`, in the shells that they are for. */
describe('completion in the shells', () => {
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'countersign-completion-'));
    for (const shell of ['bash', 'zsh', 'fish'])
      await writeFile(join(directory, shell), (await runCommand(['completion', shell])).stdout);
  });
  after(() => rm(directory, { recursive: true, force: true }));

  /** What bash would put there, or offer. */
  function inBash(line: string): readonly string[] {
    const words = line.split(' ').map((word) => `'${word}'`);
    const state = `COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _countersign`;
    const script = `source ${directory}/bash; ${state}; printf '%s\n' "\${COMPREPLY[@]}"`;
    return lines(spawnSync('bash', ['-c', script]).stdout);
  }

  /** What fish would offer, each with what it is for behind a tabulator. */
  function inFish(line: string): readonly string[] {
    const script = `source ${directory}/fish; complete -C '${line}'`;
    const env = { ...process.env, HOME: directory, XDG_CONFIG_HOME: directory };
    return lines(spawnSync('fish', ['--no-config', '-c', script], { env, cwd: directory }).stdout);
  }

  /** What zsh shows once a text is among it. @throws when it never is */
  function inZsh(line: string, text: string): Promise<string> {
    const env = { ...process.env, HOME: directory, SCRIPTS: directory, TERM: 'dumb', COLUMNS: '200' };
    const shell = spawn('zsh', ['-f', '-c', IN_ZSH, 'zsh', line, text], {
      env,
      cwd: directory,
      timeout: 20_000,
    });
    let shown = '';
    shell.stdout.setEncoding('utf8').on('data', (more: string) => {
      shown += more;
    });
    return new Promise((resolve, reject) => {
      shell.once('close', (status) => {
        if (status === 0) resolve(shown);
        else reject(new Error(`zsh never showed ${text}: ${shown}`));
      });
    });
  }

  it('completes a command', async () => {
    assert.deepEqual(inBash('countersign us'), ['user']);
    assert.deepEqual(inFish('countersign us'), ['user\tthe people who can log in here']);
    await inZsh('countersign us', '<countersign user >');
  });

  it('completes the commands of a group, and tells what they are for where the shell shows that', async () => {
    assert.ok(inBash('countersign user ').includes('disable'));
    assert.ok(inFish('countersign user ').includes('add\tadd a user'));
    await inZsh('countersign user ', 'end that, and every session of the user');
  });

  it('completes flags', async () => {
    assert.deepEqual(inBash('countersign user add --pass'), ['--password-stdin']);
    assert.deepEqual(inFish('countersign user add --pass'), [
      '--password-stdin\tread the password from standard input',
    ]);
    await inZsh('countersign user add --pass', '<countersign user add --password-stdin >');
  });

  it('takes the value of a flag for no command, and an argument named like one for no place', async () => {
    assert.deepEqual(inBash('countersign consumer --data serve edit wiki --no-r'), ['--no-read-only']);
    await inZsh(
      'countersign consumer --data serve edit wiki --no-r',
      '<countersign consumer --data serve edit wiki --no-read-only >',
    );
  });

  it('completes what a flag may be', async () => {
    assert.deepEqual(inBash('countersign serve --log-format t'), ['text']);
    assert.deepEqual(
      inFish('countersign serve --log-format t').map((line) => line.split('\t')[0]),
      ['text'],
    );
    await inZsh('countersign serve --log-format t', '<countersign serve --log-format text >');
  });

  it('completes files where a flag names one', async () => {
    await writeFile(join(directory, 'settings.yaml'), '');
    assert.deepEqual(inBash('countersign serve --config sett'), []);
    assert.deepEqual(inFish('countersign serve --config sett'), ['settings.yaml']);
    await inZsh('countersign serve --config sett', '<countersign serve --config settings.yaml >');
  });
});

function lines(output: Buffer): readonly string[] {
  return output.toString().split('\n').filter(Boolean);
}
