/**
 * The lines that the pages about mistakes advise, run as they stand there: in their library, against a provider that
 * checks everything. What cannot be run here (Java, Go, Postman, clients of Jira) was held against its documentation.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { CLIENT_LINES, type MistakeCode } from '../../src/explain/index.ts';
import { createMockProvider, type MockProvider } from '../../src/mock/index.ts';
import { CLIENT_PROGRAMS, type ClientProgram } from './client-programs.ts';

const MODULES = new URL('../../node_modules', import.meta.url).pathname;

/** Anything but 200 that a line is expected to give. */
const EXPECTED: Partial<Readonly<Record<MistakeCode, readonly unknown[]>>> = {
  'secret-with-newline': ['mock-consumer-secret'],
  'json-as-form': [200, [200, 'application/json']],
  'callback-missing': ['true', true],
  'verifier-missing': [true],
  'signature-line-breaks': [false],
  'signature-hex': [createHmac('sha1', 'key').update('what is signed').digest('base64')],
  'space-as-plus': ['a%20b%2A~'],
  'marks-not-encoded': ['a%20b%2A%27%28%29%21~'],
};

describe('the lines advised for client libraries', () => {
  let mock: MockProvider;
  let directory: string;
  before(async () => {
    mock = await createMockProvider();
    directory = await mkdtemp(join(tmpdir(), 'countersign-lines-'));
    await writeFile(join(directory, 'secret'), ' mock-consumer-secret\n');
  });
  after(async () => {
    await mock?.close();
    await rm(directory, { recursive: true, force: true });
  });

  /** What the program says, as JSON. */
  async function run({ command, flags, prelude }: ClientProgram, lines: string): Promise<unknown> {
    const facts = {
      ...mock,
      requests: undefined,
    };
    const child = spawn(command, [...flags, `${prelude}\n${lines}`], {
      cwd: command === process.execPath ? join(MODULES, '..') : directory,
      env: { ...process.env, FACTS: JSON.stringify(facts), OAUTHLIB_INSECURE_TRANSPORT: '1' },
    });
    let [said, complained] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complained += text));
    await new Promise((resolve) => child.once('close', resolve));
    assert.notEqual(said, '', complained);
    return JSON.parse(said);
  }

  for (const program of CLIENT_PROGRAMS) {
    describe(program.client, () => {
      for (const [code, around] of Object.entries(program.around) as [MistakeCode, string][]) {
        it(`does with its line for ${code} what is meant`, async () => {
          const line = CLIENT_LINES[code]?.[program.client];
          assert.ok(line !== undefined, 'there is such a line');
          const here = line
            .replaceAll('https://tracker.example', mock.url)
            .replaceAll("'secret'", `'${join(directory, 'secret')}'`);
          const value = await run(
            program,
            around.replace('LINE', () => here),
          );
          if (code === 'clock-milliseconds') {
            assert.ok(Math.abs(Number(value) - Date.now() / 1000) < 60, String(value));
            return;
          }
          assert.ok(
            (EXPECTED[code] ?? [200]).some((one) => JSON.stringify(one) === JSON.stringify(value)),
            `${line} gives ${JSON.stringify(value)}`,
          );
        });
      }

      it('has no line that is not run', () => {
        const sets = new Set(
          Object.keys(program.around).map((code) => CLIENT_LINES[code as MistakeCode]?.[program.client]),
        );
        const untried = Object.entries(CLIENT_LINES)
          .filter(([, lines]) => lines[program.client] !== undefined && !sets.has(lines[program.client]))
          .map(([code]) => code);
        assert.deepEqual(untried, []);
      });
    });
  }
});
