/**
 * The rules of the house, read from ARCHITECTURE.md and held against every source file. The second half seeds
 * one violation after another and insists that each is reported: a blind checker must not look green.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { findImports } from './support/architecture/imports.ts';
import { readRuleTable } from './support/architecture/rule-table.ts';
import { tokenize } from './support/architecture/tokens.ts';
import type { Violation } from './support/architecture/violation.ts';
import { findViolations } from './support/architecture/violations.ts';

process.chdir(new URL('..', import.meta.url).pathname);

const rules = readRuleTable(readFileSync('ARCHITECTURE.md', 'utf8'));
const paths = await Array.fromAsync(glob('{src,test,tools,bench,examples}/**/*.{ts,js}'));
const files = new Map(
  await Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')] as const)),
);
const violations = findViolations({ files, rules });

/** Every rule that is enforced, as it reads. */
const RULES: Readonly<Record<string, string>> = {
  'known-module': 'names every module in the table',
  'down-only': 'imports only downwards',
  'no-sideways': 'never imports a module of the same step',
  'index-only': 'enters another module only through its index.ts',
  'closed-modules': 'leaves closed modules to those who may import them',
  'named-packages': 'uses a third-party package only in modules that name it',
  'pure-modules': 'keeps pure modules from files, network, environment, console, clock and randomness',
  'plain-imports': 'imports existing files by plain strings',
  'no-cycles': 'has no import cycles',
  'no-default-export': 'has no default exports',
  'telling-names': 'gives files and directories telling names in kebab case',
  'short-files': 'keeps files within 400 lines',
  'header-comment': 'says at the head of each file what it is for',
};

describe('the source code', () => {
  for (const [rule, title] of Object.entries(RULES)) {
    it(title, () => assert.deepEqual(shown(violations.filter((one) => one.rule === rule)), []));
  }

  it('breaks no rule that is not listed here', () => {
    assert.deepEqual(shown(violations.filter((one) => !(one.rule in RULES))), []);
  });

  it('uses every package that the table allows, and the package depends on no other', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const allowed = new Set([...rules.values()].flatMap((rule) => [...rule.packages]));
    assert.deepEqual([...allowed].sort(), Object.keys(dependencies).sort());
    for (const { name, packages } of rules.values()) {
      const own = [...files].filter(
        ([path]) => path.startsWith(`src/${name}/`) && !path.endsWith('.test.ts'),
      );
      const used = new Set(
        own.flatMap(([, text]) => findImports(tokenize(text)).map((one) => one.specifier)),
      );
      for (const one of packages) {
        assert.ok(
          [...used].some((specifier) => specifier === one || specifier?.startsWith(`${one}/`)),
          `${name}: ${one}`,
        );
      }
    }
  });

  it('is looked at whole: the tokenizer finds as many exports and imports as a plain search does', () => {
    for (const [path, text] of files) {
      const plain = [...text.matchAll(/^(?:import|export) .* from '([^']+)';$/gm)].map((match) => match[1]);
      const found = findImports(tokenize(text)).map((one) => one.specifier);
      assert.deepEqual(
        plain.filter((specifier) => !found.includes(specifier ?? '')),
        [],
        path,
      );
    }
  });
});

describe('the architecture test', () => {
  const seeds: readonly [rule: string, path: string, code: string][] = [
    ['known-module', 'src/drawer/thing.ts', ''],
    ['down-only', 'src/oauth/bad.ts', "import { Consumer } from '../model/index.ts';"],
    ['down-only', 'src/oauth/bad.ts', "import type { Consumer } from '../model/index.ts';"],
    ['down-only', 'src/oauth/bad.ts', "export * from '../model/index.ts';"],
    ['down-only', 'src/oauth/bad.ts', "export type { Consumer } from '../model/index.ts';"],
    ['down-only', 'src/oauth/bad.ts', "const late = await import('../model/index.ts');"],
    ['down-only', 'src/oauth/bad.ts', 'const late = await import(`../model/index.ts`);'],
    ['down-only', 'src/oauth/bad.ts', "let one: import('../model/index.ts').Consumer;"],
    ['down-only', 'src/oauth/bad.ts', "const text = `${await import('../model/index.ts')}`;"],
    [
      'down-only',
      'src/oauth/bad.ts',
      "import {\n  // the '}' below\n  Consumer,\n} from '../model/index.ts';",
    ],
    ['down-only', 'src/oauth/bad.ts', "import { from } from '../model/index.ts';"],
    ['no-sideways', 'src/console/bad.ts', "import { createGateway } from '../gateway/index.ts';"],
    ['index-only', 'src/model/bad.ts', "import { Secret } from '../base/secret.ts';"],
    ['index-only', 'src/server/bad.ts', "import { connect } from '../storage/sqlite/connect.ts';"],
    ['index-only', 'src/web/bad.ts', "import { parse } from '../oauth/signature/index.ts';"],
    ['closed-modules', 'src/web/bad.ts', "import { openMemory } from '../storage/sqlite/index.ts';"],
    ['named-packages', 'src/endpoints/bad.ts', "import { fetch } from 'undici';"],
    ['named-packages', 'src/web/bad.ts', "import 'left-pad/part';"],
    ['named-packages', 'src/oauth/bad.ts', "import type { Hono } from 'hono/tiny';"],
    ['pure-modules', 'src/provider/bad.ts', "import { readFileSync } from 'node:fs';"],
    ['pure-modules', 'src/provider/bad.ts', 'const now = Date.now();'],
    ['pure-modules', 'src/provider/bad.ts', 'const now = new Date();'],
    ['no-guessable-chance', 'src/provider/bad.ts', 'const nonce = Math.random();'],
    ['no-guessable-chance', 'src/server/bad.ts', 'const isKept = Math.random() < share;'],
    ['pure-modules', 'src/provider/bad.ts', "import { randomBytes } from 'node:crypto';"],
    ['pure-modules', 'src/provider/bad.ts', 'const { HOME } = process.env;'],
    ['pure-modules', 'src/provider/bad.ts', "console.log('seen');"],
    ['pure-modules', 'src/provider/bad.ts', 'const answer = await fetch(url);'],
    ['pure-modules', 'src/provider/bad.ts', 'const text = `${Date.now()}`;'],
    ['plain-imports', 'src/cli/bad.ts', 'await import(name);'],
    ['plain-imports', 'src/cli/bad.ts', "import { join } from 'path';"],
    ['plain-imports', 'src/cli/bad.ts', "import { gone } from './gone.ts';"],
    ['no-cycles', 'src/base/secret.ts', "import './index.ts';"],
    ['no-default-export', 'src/base/bad.ts', 'export default 1;'],
    ['no-default-export', 'src/base/bad.ts', 'export { one as default };'],
    ['telling-names', 'src/base/utils.ts', ''],
    ['telling-names', 'src/base/helpers/text.ts', ''],
    ['telling-names', 'src/base/someName.ts', ''],
    ['short-files', 'src/base/bad.ts', '1;\n'.repeat(400)],
  ];
  const healthy: readonly [path: string, code: string][] = [
    ['src/base/index.ts', "export { Secret } from './secret.ts';"],
    ['src/base/secret.ts', ''],
    ['src/model/index.ts', ''],
    ['src/gateway/index.ts', ''],
    ['src/oauth/index.ts', ''],
    ['src/oauth/signature/index.ts', ''],
    ['src/storage/sqlite/index.ts', "import './connect.ts';"],
    ['src/storage/sqlite/connect.ts', ''],
    ['src/server/index.ts', "import { openMemory } from '../storage/sqlite/index.ts';"],
  ];

  for (const [rule, path, code] of seeds) {
    it(`reports ${rule} for ${abbreviate(code) || path}`, () => {
      assert.deepEqual([...new Set(judge([...healthy, [path, code]]).map((one) => one.rule))], [rule]);
    });
  }

  it('reports a file without a header', () => {
    const seeded = new Map([['src/base/bad.ts', 'export const one = 1;\n']]);
    assert.deepEqual(
      findViolations({ files: seeded, rules }).map((one) => one.rule),
      ['header-comment'],
    );
  });

  it('is not misled by comments, strings, regular expressions and properties', () => {
    const innocent = [
      "// import { Consumer } from '../model/index.ts';",
      "/* export * from '../model/index.ts'; Date.now() */",
      'const text = "import \'../model/index.ts\'; console.log(process.env)";',
      "const pattern = /import '..\\/model\\/index.ts'/;",
      'const half = text.length / 2; const other = half / 3;',
      'const answer = await context.fetch(url); const from = clock.now();',
      'export const made = new Date(0);',
    ];
    assert.deepEqual(judge([...healthy, ['src/oauth/good.ts', innocent.join('\n')]]), []);
  });

  function judge(sources: readonly (readonly [string, string])[]): Violation[] {
    const seeded = new Map(sources.map(([path, code]) => [path, `/** Seeded. */\n${code}\n`]));
    return findViolations({ files: seeded, rules });
  }
});

function shown(list: readonly Violation[]): string[] {
  return list.map((one) => `${one.file}:${one.line} ${one.text}`);
}

function abbreviate(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ');
  return line.length > 70 ? `${line.slice(0, 70)}…` : line;
}
