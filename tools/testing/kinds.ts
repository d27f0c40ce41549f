/**
 * The kinds of checks this project has, in the order in which they are run: cheap and general ones first.
 * A kind is either commands (each counts as one test) or test files (each test in them counts). What a kind
 * needs from the machine beyond Node stands with it, so that nothing is found missing halfway through.
 */
import { type MachineNeed, NEEDS } from './machine-needs.ts';

/** One command whose exit status decides. */
export interface CommandCheck {
  readonly title: string;
  readonly command: readonly [string, ...string[]];
}

/** One kind of checks. */
export interface Kind {
  readonly name: string;
  /** Whether `npm run check` includes it: the quick ones that are run before every commit. */
  readonly isQuick: boolean;
  readonly commands: readonly CommandCheck[];
  /** Glob patterns of test files, from the project's root. */
  readonly files: readonly string[];
  readonly needs: readonly MachineNeed[];
  /** Files that run at the same time. */
  readonly concurrency: number;
}

/** What the compiler found last time, by the files' contents: it looks again only at what changes concern. */
const CHECKED_TYPES = 'node_modules/.cache/types.tsbuildinfo';

/** Every kind, in running order. */
export const KINDS: readonly Kind[] = [
  commands('format', [['Biome finds every file formatted', 'biome', 'format', '.']]),
  commands('lint', [
    ['Biome finds nothing to object to', 'biome', 'lint', '--error-on-warnings', '.'],
    ['knip finds no unused file, export or dependency', 'knip'],
  ]),
  commands('types', [
    ['TypeScript accepts every file', 'tsc', '--incremental', '--tsBuildInfoFile', CHECKED_TYPES],
    ['TypeScript accepts every script for browsers', 'tsc', '--project', 'src/dashboard/browser'],
  ]),
  tests('architecture', ['test/architecture.test.ts'], { isQuick: true }),
  // Tests of commands start the real program for each command line: too slow for every commit.
  tests('unit', ['src/!(cli)/**/*.test.ts', 'tools/**/*.test.ts'], { isQuick: true, concurrency: 2 }),
  tests('cli', ['src/cli/**/*.test.ts'], { concurrency: 2 }),
  tests('contract', ['test/contract/**/*.test.ts'], {
    concurrency: 2,
    needs: [...NEEDS.redis, ...NEEDS.postgres],
  }),
  tests('conformance', ['test/conformance/**/*.test.ts'], { concurrency: 2 }),
  tests('faults', ['test/faults/**/*.test.ts'], {
    concurrency: 2,
    needs: [...NEEDS.faultTools, ...NEEDS.redis, ...NEEDS.postgres],
  }),
  tests('postgres', ['test/postgres/*.test.ts'], { needs: [...NEEDS.postgres, ...NEEDS.pgbouncer] }),
  tests('cluster', ['test/cluster/*.test.ts'], {
    needs: [...NEEDS.redis, ...NEEDS.postgres, ...NEEDS.nginx],
  }),
  tests('interop', ['test/interop/*.test.ts'], {
    needs: [...NEEDS.foreignClients, ...NEEDS.shells, ...NEEDS.nginx, ...NEEDS.caddy, ...NEEDS.postgres],
  }),
  tests('e2e', ['test/e2e/*.test.ts'], { needs: NEEDS.browser }),
  tests('examples', ['test/examples/*.test.ts']),
  tests('docs', ['test/docs/*.test.ts']),
  tests('package', ['test/package/*.test.ts'], { needs: NEEDS.oldestNode }),
];

function commands(name: string, checks: readonly [title: string, ...command: [string, ...string[]]][]): Kind {
  const list = checks.map(([title, ...command]) => ({ title, command }));
  return { name, isQuick: true, commands: list, files: [], needs: [], concurrency: 1 };
}

function tests(name: string, files: readonly string[], more: Partial<Kind> = {}): Kind {
  return { name, isQuick: false, commands: [], files, needs: [], concurrency: 1, ...more };
}
