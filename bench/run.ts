/**
 * `npm run bench`: compares Countersign with the limit, in one run on one machine. Absolute times say nothing about
 * another machine; the ratios do. Options: `--rounds N`, `--requests N`, `--only NAME` (hmac, rsa, gateway, stages,
 * growth, memory; memory sends a million requests and is run only when it is named).
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Comparison } from './compare.ts';
import { compareGateway } from './scenarios/gateway.ts';
import { measureStages } from './scenarios/stages.ts';
import { compareVerification } from './scenarios/verification.ts';
import { prepareInstallation } from './workload.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    requests: { type: 'string', default: '10000' },
    only: { type: 'string', multiple: true },
  },
});
const amount = { rounds: Number(values.rounds), requests: Number(values.requests) };
const isWanted = (name: string): boolean => values.only?.includes(name) ?? true;

if (availableParallelism() > 1)
  execFileSync('taskset', ['-a', '-c', '-p', '1', String(process.pid)], { stdio: 'ignore' });
console.log(
  `${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}; medians of ${amount.rounds} rounds in turn`,
);

const directory = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
try {
  const { hmac, rsa } = await prepareInstallation(directory);
  if (isWanted('hmac'))
    show(
      'HMAC-SHA1 /oauth/whoami',
      'bare node:http + HMAC',
      await compareVerification(directory, hmac, amount),
    );
  if (isWanted('rsa')) {
    const fewer = { ...amount, requests: Math.ceil(amount.requests / 2) };
    show(
      'RSA-SHA1 (2048) /oauth/whoami',
      'bare node:http + RSA verify',
      await compareVerification(directory, rsa, fewer),
    );
  }
  if (isWanted('gateway'))
    show('gateway, HMAC-SHA1', 'bare undici proxy', await compareGateway(directory, hmac, amount));
  if (isWanted('stages')) {
    for (const client of [hmac, rsa]) {
      console.log(`\nmicroseconds for each request, by stage (${client.signatureMethod})`);
      const costs = await measureStages(directory, client, amount.requests);
      for (const { stage, microseconds } of costs)
        console.log(`  ${stage.padEnd(24)} ${microseconds.toFixed(2).padStart(8)}`);
    }
  }
} finally {
  await rm(directory, { recursive: true, force: true });
}

function show(
  name: string,
  limit: string,
  { ours, limit: bound, ratio, oursMedianMs, limitMedianMs }: Comparison,
): void {
  console.log(
    `${name.padEnd(32)} ${ours.toFixed(0).padStart(7)}/s (median ${oursMedianMs.toFixed(2)} ms)   ` +
      `${limit.padEnd(28)} ${bound.toFixed(0).padStart(7)}/s (median ${limitMedianMs.toFixed(2)} ms)   ratio ${ratio.toFixed(2)}`,
  );
}
