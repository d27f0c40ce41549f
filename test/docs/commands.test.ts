import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { createProgram } from '../../src/cli/program.ts';
import { runCommand } from '../support/countersign.ts';
import { DOCUMENTS, ROOT, shellLines } from './documents.ts';
import { flagsOf, mistakeIn, namedCommands } from './named-commands.ts';

const { scripts } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
const lines = DOCUMENTS.flatMap(shellLines);

describe('the commands in documents', () => {
  /** Help of each command path that was asked for. */
  const helps = new Map<string, string>();
  before(async () => {
    for (const { line } of lines) {
      const path = commandPath(line);
      if (path === null || helps.has(path)) continue;
      const { status, stdout } = await runCommand([
        ...path.split(' ').filter((word) => word !== ''),
        '--help',
      ]);
      helps.set(path, status === 0 ? stdout : '');
    }
  });

  it('are npm scripts that exist', () => {
    const wanted = lines.flatMap(({ line }) =>
      [...line.matchAll(/\bnpm (?:run )?([a-z0-9]+)/g)].map((match) => match[1]),
    );
    const known = new Set([...Object.keys(scripts), 'ci', 'install', 'pack']);
    assert.ok(wanted.length > 0);
    assert.deepEqual(
      wanted.filter((name) => !known.has(name ?? '')),
      [],
    );
  });

  it('are countersign commands that exist, with flags that they have', () => {
    const wanted = lines.filter(({ line }) => commandPath(line) !== null);
    assert.ok(wanted.length > 0);
    for (const { path, line } of wanted) {
      const help = helps.get(commandPath(line) ?? '') ?? '';
      assert.notEqual(help, '', `${path}: ${line}`);
      for (const [flag] of line.matchAll(/(?<=\s)--[a-z0-9.-]+/g))
        assert.ok(help.includes(flag), `${path}: ${line}: ${flag}`);
    }
  });

  it('name the same commands as the program does', async () => {
    const { stdout } = await runCommand(['--help']);
    const names = [...stdout.matchAll(/^ {2}([a-z]+)\b.* {2}/gm)].map((match) => match[1] ?? '');
    const readme = DOCUMENTS.find(({ path }) => path === 'README.md')?.text ?? '';
    assert.ok(names.length > 5, stdout);
    for (const name of names)
      assert.ok(readme.includes(`\`countersign ${name}`), `README does not tell of ${name}`);
  });
});

describe('commands within sentences, and those of the examples', () => {
  const documents = [
    ...DOCUMENTS,
    ...globSync(['examples/**/*.md', 'bench/**/*.md'], { cwd: ROOT }).map((path) => ({
      path,
      text: readFileSync(ROOT + path, 'utf8'),
    })),
  ];

  it('have verbs and flags that there are', async () => {
    const program = await createProgram();
    const named = documents.flatMap(namedCommands);
    assert.ok(named.length > 100, String(named.length));
    const wrong = named.map(({ path, line }) => ({ path, line, mistake: mistakeIn(program, line) }));
    assert.deepEqual(
      wrong.filter(({ mistake }) => mistake !== null),
      [],
    );
  });

  it('have flags that there are where a flag stands alone', async () => {
    const flags = flagsOf(await createProgram());
    const others = new Set(['--inserts']);
    for (const { path, text } of documents) {
      for (const [, flag = ''] of text.matchAll(/`(--[a-z][a-z0-9.-]*)[^`]*`/g))
        assert.ok(flags.has(flag) || others.has(flag), `${path}: ${flag}`);
    }
  });

  it('would be found wrong by one letter', async () => {
    const program = await createProgram();
    for (const [line, mistake] of [
      ['token lst', 'no command lst'],
      ['tokens list', 'no command tokens'],
      ['consumer add --key k --generate-secrets', 'add has no flag --generate-secrets'],
      ['serve --list 127.0.0.1:1', 'serve has no flag --list'],
      ['token list --json=yes', '--json takes no value'],
      ['consumer edit wiki --name "Team --wiki" --read-only', null],
      ['gadget', null],
      ['--help', null],
    ] as const)
      assert.equal(mistakeIn(program, line), mistake, line);
    const [named] = namedCommands({ path: '', text: 'See `countersign consumer|provider history`.' });
    assert.equal(named?.line, 'consumer history');
  });

  it('are all in the table of the README: every command, and every verb of a group', async () => {
    const readme = DOCUMENTS.find(({ path }) => path === 'README.md')?.text ?? '';
    for (const command of (await createProgram()).commands) {
      const row = readme
        .split('\n')
        .find((line) => line.startsWith('|') && line.includes(`\`countersign ${command.name()}\``));
      assert.ok(row !== undefined, command.name());
      for (const verb of command.commands)
        assert.match(
          row,
          new RegExp(`(?<![a-z-])${verb.name()}(?![a-z-])`),
          `${command.name()} ${verb.name()}`,
        );
    }
  });
});

/** `consumer add` of `countersign consumer add --key …`; '' of `countersign --help`; null of other programs' lines. */
function commandPath(line: string): string | null {
  const words = /(?:^|[|;&]\s*|npx )(?:bin\/)?countersign((?: [^-\s][^\s]*)*)/.exec(line)?.[1];
  if (words === undefined) return null;
  const [group = '', verb = ''] = words.trim().split(' ');
  const groups = new Set([
    'user',
    'consumer',
    'provider',
    'info',
    'token',
    'db',
    'config',
    'gadget',
    'allow-list',
  ]);
  return groups.has(group) && /^[a-z]+(?:-[a-z]+)*$/.test(verb) ? `${group} ${verb}` : group;
}
