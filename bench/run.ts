/**
 * `npm run bench`: compares Countersign with the limit, in one run on one machine. Absolute times say nothing about
 * another machine; the ratios do. Options: `--rounds N`, `--requests N`, `--only NAME` (hmac, rsa, gateway, signing,
 * watched, peers, stages, growth, nodes, memory, pages; the last three are run only when they are named: nodes and pages
 * need a PostgreSQL, and memory sends a million requests).
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Comparison } from './compare.ts';
import { compareGateway } from './scenarios/gateway.ts';
import { compareGrowth } from './scenarios/growth.ts';
import { watchMemory } from './scenarios/memory.ts';
import { measureNodes, type NodesMeasured } from './scenarios/nodes.ts';
import { measurePages } from './scenarios/pages.ts';
import { comparePeers } from './scenarios/peers.ts';
import { compareSigningProxy } from './scenarios/signing-proxy.ts';
import { measureStages } from './scenarios/stages.ts';
import { compareVerification } from './scenarios/verification.ts';
import { compareWatched } from './scenarios/watched.ts';
import { prepareInstallation } from './workload.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    requests: { type: 'string', default: '10000' },
    only: { type: 'string', multiple: true },
  },
});
const amount = { rounds: Number(values.rounds), requests: Number(values.requests) };
const cores = availableParallelism();
const isWanted = (name: string): boolean => values.only?.includes(name) ?? true;

if (cores > 1) execFileSync('taskset', ['-a', '-c', '-p', '1', String(process.pid)], { stdio: 'ignore' });
console.log(
  `${cpus()[0]?.model}, ${cores} cores, Node ${process.version}; medians of ${amount.rounds} rounds in turn`,
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
  if (isWanted('signing'))
    show('signing proxy, HMAC-SHA1', 'bare undici proxy', await compareSigningProxy(directory, amount));
  if (isWanted('watched')) {
    const unwatched = await mkdtemp(join(tmpdir(), 'countersign-bench-unwatched-'));
    try {
      await prepareInstallation(unwatched);
      const options = ['--management', '127.0.0.1:0'];
      show(
        'gateway with metrics',
        'without',
        await compareWatched([directory, unwatched], hmac, amount, options),
      );
    } finally {
      await rm(unwatched, { recursive: true, force: true });
    }
  }
  if (isWanted('peers')) {
    console.log('\nverification as a function, of other libraries too; ratio is ours by theirs');
    for (const { request, library, perSecond, ratio } of await comparePeers(amount.rounds))
      console.log(
        `  ${request.padEnd(28)} ${library.padEnd(30)} ${perSecond.toFixed(0).padStart(8)}/s  ${ratio.toFixed(1).padStart(6)}`,
      );
  }
  if (isWanted('stages')) {
    for (const client of [hmac, rsa]) {
      console.log(`\nmicroseconds for each request, by stage (${client.signatureMethod})`);
      const costs = await measureStages(directory, client, amount.requests);
      for (const { stage, microseconds } of costs)
        console.log(`  ${stage.padEnd(24)} ${microseconds.toFixed(2).padStart(8)}`);
    }
  }
  if (isWanted('growth')) {
    const large = await mkdtemp(join(tmpdir(), 'countersign-bench-large-'));
    try {
      show(
        '100 000 consumers and a million tokens',
        'two of each',
        await compareGrowth(directory, large, hmac, amount),
      );
    } finally {
      await rm(large, { recursive: true, force: true });
    }
  }
  if (values.only?.includes('nodes')) {
    const { one, two } = await measureNodes(await mkdtemp(join(directory, 'nodes-')), amount);
    console.log('\n/oauth/whoami over PostgreSQL, every nonce committed');
    for (const [name, node] of [
      ['one server', one],
      ['two servers', two],
    ] as const)
      showNodes(name, node);
    console.log(`  ratio        ${(two.perSecond / one.perSecond).toFixed(2)} by requests per second`);
  }
  if (values.only?.includes('memory')) {
    const resident = await watchMemory(directory, hmac, 1_000_000);
    console.log(
      `\nmemory over a million requests, MiB after each tenth: ${resident.map((mib) => mib.toFixed(0)).join(', ')}`,
    );
  }
  if (values.only?.includes('pages')) {
    for (const database of ['sqlite', 'postgres'] as const) {
      console.log(`\npages over ${database}, median ms: with 100 000 consumers and tokens, with none; ratio`);
      for (const { page, longMs, emptyMs } of await measurePages(directory, database, amount.rounds)) {
        const numbers = [longMs, emptyMs, longMs / emptyMs].map((number) => number.toFixed(1).padStart(7));
        console.log(`  ${page.padEnd(52)}${numbers.join(' ')}`);
      }
    }
  }
} finally {
  await rm(directory, { recursive: true, force: true });
}

function show(name: string, limit: string, result: Comparison): void {
  console.log(`\n${name} against ${limit}`);
  side('countersign', result.ours, result.oursMedianMs, result.oursCpu);
  side('limit', result.limit, result.limitMedianMs, result.limitCpu);
  console.log(
    `  ratio        ${result.ratio.toFixed(2)} by requests per second, ${result.cpuRatio.toFixed(2)} by processor time`,
  );
}

function showNodes(name: string, node: NodesMeasured): void {
  const cpu = `${node.serversCpu.toFixed(1)} µs of the servers, ${node.databaseCpu.toFixed(1)} µs of PostgreSQL`;
  console.log(
    `  ${name.padEnd(12)} ${node.perSecond.toFixed(0)}/s, median ${node.medianMs.toFixed(2)} ms, ${cpu}`,
  );
}

function side(name: string, perSecond: number, medianMs: number, cpu: number): void {
  const numbers = [
    `${perSecond.toFixed(0)}/s`,
    `median ${medianMs.toFixed(2)} ms`,
    `${cpu.toFixed(1)} µs processor time`,
  ];
  console.log(`  ${name.padEnd(12)} ${numbers.map((text) => text.padStart(10)).join(', ')}`);
}
