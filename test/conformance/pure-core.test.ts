/** The protocol core can be carried anywhere: it imports nothing but Node's crypto and buffers, and the base below it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const CORE = new URL('../../src/oauth/', import.meta.url);
const BASE = new URL('../base/index.ts', CORE).href;
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g;
const AMBIENT = /\b(Date\.now|new Date|Math\.random|process\.|console\.|globalThis|fetch\()/;

function sources(): { name: string; text: string }[] {
  const names = readdirSync(CORE, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => ({ name, text: readFileSync(new URL(name, CORE), 'utf8') }));
}

function foreignImports(name: string, text: string): string[] {
  return [...text.matchAll(IMPORT)].map((match) => match[1]!).filter((source) => !isAllowed(name, source));
}

function isAllowed(name: string, source: string): boolean {
  if (!source.startsWith('.')) return source === 'node:crypto' || source === 'node:buffer';
  const target = new URL(source, new URL(name, CORE)).href;
  return target === BASE || target.startsWith(CORE.href);
}

describe('the protocol core', () => {
  for (const { name, text } of sources()) {
    it(`imports nothing foreign in ${name}`, () => assert.deepEqual(foreignImports(name, text), []));
    it(`reads no clock, randomness, network or environment in ${name}`, () =>
      assert.doesNotMatch(text, AMBIENT));
  }

  it('would be caught importing what it must not', () => {
    for (const source of [
      'node:fs',
      'hono',
      '../model/index.ts',
      '../base/random.ts',
      '../../provider/index.ts',
    ]) {
      assert.deepEqual(foreignImports('verify.ts', `import { x } from '${source}';`), [source]);
      assert.deepEqual(foreignImports('verify.ts', `await import("${source}")`), [source]);
    }
  });
});
