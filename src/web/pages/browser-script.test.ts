import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';
import { browserScriptText } from './browser-script.ts';

describe('a script for browsers', () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'countersign-script-'));
  });
  after(() => rmSync(directory, { recursive: true }));

  function textOf(...files: readonly (readonly [name: string, code: string])[]): string {
    const sources = files.map(([name, code]) => {
      writeFileSync(join(directory, name), code);
      return pathToFileURL(join(directory, name.replace(/\.js$/, '.ts')));
    });
    return browserScriptText({ name: 'one.js', sources });
  }

  const PARTS = [
    [
      'greeting.ts',
      `/**
 * What is said.
 */
/** To whom. */
export interface Person { readonly name: string }
export const word = 'hello,  you ) "'; // said
export async function greet(person: Person, /* then */ loud = false): Promise<string> {
  return word + person.name + loud;
}`,
    ],
    [
      'main.ts',
      [
        'import {',
        '  greet,',
        '  type Person,',
        "} from './greeting.ts';",
        "import { word } from './greeting.ts';",
        '',
        "const person: Person = { name: 'Ann' };",
        'export class Thing { readonly #word: string = word; get() { return this.#word; } }',
        'seen.push(new Thing().get(), typeof greet(person));',
      ].join('\n'),
    ],
  ] as const;

  it('is one function of all its files, without types, comments, imports and exports', () => {
    const text = textOf(...PARTS);
    const seen: unknown[] = [];
    const context: Record<string, unknown> = { seen };
    runInNewContext(text, context);
    assert.deepEqual(seen, ['hello,  you ) "', 'object']);
    assert.deepEqual(Object.keys(context), ['seen']);
    assert.doesNotMatch(text, /import|export|What is said|To whom|interface/);
  });

  it('is read from the compiled files where there are no others', () => {
    const text = textOf(['compiled.js', 'export const a = 1;\nseen.push(a);\nexport {};\n']);
    const seen: unknown[] = [];
    runInNewContext(text, { seen });
    assert.deepEqual(seen, [1]);
  });

  it('is not made when a file is missing', () => {
    const sources = [pathToFileURL(join(directory, 'gone.ts'))];
    assert.throws(() => browserScriptText({ name: 'one.js', sources }), { code: 'ENOENT' });
  });
});
