import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { runCommand } from '../support/countersign.ts';
import { DOCUMENTS, ROOT, shellLines } from './documents.ts';

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
