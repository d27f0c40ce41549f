/**
 * Starting: from the command until the first request is answered, of `countersign serve` on a data directory that
 * has been used, of a bare `node:http` server, and of a Node that has nothing to do until it has ended.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { median } from '../compare.ts';
import { type MeasuredServer, startCountersign, startReady } from '../processes.ts';

/** Medians of the rounds. */
export interface StartMeasured {
  readonly milliseconds: number;
  /** Processor time until then; null for a process that has ended. */
  readonly cpuMilliseconds: number | null;
}

/** What is compared. */
export interface StartsMeasured {
  readonly serve: StartMeasured;
  readonly server: StartMeasured;
  readonly nothing: StartMeasured;
}

/** All three in turn, after one round that does not count. */
export async function measureStarts(directory: string, rounds: number): Promise<StartsMeasured> {
  const bare = fileURLToPath(new URL('../bare-server.ts', import.meta.url));
  const kinds = {
    serve: () => untilAnswered(() => startCountersign(directory)),
    server: () => untilAnswered(() => startReady([process.execPath, bare])),
    nothing: untilEnded,
  };
  const rows = {
    serve: [] as StartMeasured[],
    server: [] as StartMeasured[],
    nothing: [] as StartMeasured[],
  };
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of ['serve', 'server', 'nothing'] as const) {
      const measured = await kinds[name]();
      if (round > 0) rows[name].push(measured);
    }
  }
  return { serve: medians(rows.serve), server: medians(rows.server), nothing: medians(rows.nothing) };
}

async function untilAnswered(start: () => Promise<MeasuredServer>): Promise<StartMeasured> {
  const begin = performance.now();
  const server = await start();
  try {
    await (await fetch(`http://127.0.0.1:${server.port}/oauth/consumer-info`)).text();
    const milliseconds = performance.now() - begin;
    return { milliseconds, cpuMilliseconds: server.cpuMicroseconds() / 1000 };
  } finally {
    await server.stop();
  }
}

async function untilEnded(): Promise<StartMeasured> {
  const begin = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
  return { milliseconds: performance.now() - begin, cpuMilliseconds: null };
}

function medians(rounds: readonly StartMeasured[]): StartMeasured {
  const cpu = rounds.map(({ cpuMilliseconds }) => cpuMilliseconds).filter((one) => one !== null);
  return {
    milliseconds: median(rounds.map(({ milliseconds }) => milliseconds)),
    cpuMilliseconds: cpu.length === 0 ? null : median(cpu),
  };
}
