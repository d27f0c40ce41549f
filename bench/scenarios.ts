/** Every scenario of `npm run bench`: its name, what it needs to be asked for, and what it finds. */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Comparison } from './compare.ts';
import { type Finding, findingOf } from './finding.ts';
import { DANCERS, measureDances } from './scenarios/dance.ts';
import { compareGadgetRequests } from './scenarios/gadgets.ts';
import { compareGateway } from './scenarios/gateway.ts';
import { measureGrowth } from './scenarios/growth.ts';
import { watchMemory } from './scenarios/memory.ts';
import { measureNodes, type NodesMeasured } from './scenarios/nodes.ts';
import { measurePages } from './scenarios/pages.ts';
import { comparePeers, PEER_AIMS } from './scenarios/peers.ts';
import { compareSigningProxy } from './scenarios/signing-proxy.ts';
import { measureStages } from './scenarios/stages.ts';
import { measureStarts, type StartMeasured } from './scenarios/start.ts';
import { compareVerification } from './scenarios/verification.ts';
import { compareWatched } from './scenarios/watched.ts';
import { type Client, prepareInstallation } from './workload.ts';

/** What scenarios work with. */
export interface World {
  /** Data directory of an installation with both clients. */
  readonly directory: string;
  readonly hmac: Client;
  readonly rsa: Client;
  readonly rounds: number;
  /** Requests in a round. */
  readonly requests: number;
}

/** One scenario. */
export interface Scenario {
  readonly name: string;
  /** Whether it is run only when it is named, or when results are to be kept. */
  readonly isLong?: boolean;
  run(world: World): Promise<readonly Finding[]>;
}

/** All of them, in the order in which they are run. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'hmac',
    run: (world) => verification(world, world.hmac, 'HMAC-SHA1 request', 'node:http + HMAC', 0.7),
  },
  {
    name: 'rsa',
    run: (world) =>
      verification(
        { ...world, requests: Math.ceil(world.requests / 2) },
        world.rsa,
        'RSA-SHA1 request',
        'node:http + RSA verify',
        0.85,
      ),
  },
  { name: 'gateway', run: gateway },
  {
    name: 'signing',
    run: async (world) => [
      compared('signing', 'signing proxy', 'bare undici', await compareSigningProxy(world.directory, world)),
    ],
  },
  { name: 'gadgets', run: gadgets },
  { name: 'watched', run: watched },
  { name: 'peers', run: peers },
  { name: 'stages', run: stages },
  { name: 'start', run: starts },
  { name: 'dance', run: dances },
  { name: 'growth', isLong: true, run: growth },
  { name: 'nodes', isLong: true, run: nodes },
  { name: 'pages', isLong: true, run: pages },
  { name: 'memory', isLong: true, run: memory },
];

async function verification(
  { directory, rounds, requests }: World,
  client: Client,
  what: string,
  against: string,
  aim: number,
): Promise<Finding[]> {
  const scenario = client.signatureMethod === 'RSA-SHA1' ? 'rsa' : 'hmac';
  const result = await compareVerification(directory, client, { rounds, requests });
  return [findingOf({ scenario, what, against, aim }, result)];
}

function compared(scenario: string, what: string, against: string, result: Comparison): Finding {
  return findingOf({ scenario, what, against, aim: null }, result);
}

async function gateway(world: World): Promise<Finding[]> {
  const { undici, nginx } = await compareGateway(world.directory, world.hmac, world);
  return [
    compared('gateway', 'gateway', 'bare undici', undici),
    compared('gateway', 'gateway', 'nginx proxy_pass', nginx),
  ];
}

async function gadgets(world: World): Promise<Finding[]> {
  const { none, oauth } = await compareGadgetRequests(world.directory, world);
  return [
    compared('gadgets', 'a gadget’s request, anonymous', 'bare undici', none),
    compared('gadgets', 'a gadget’s request with its viewer’s token', 'bare undici', oauth),
  ];
}

async function watched(world: World): Promise<Finding[]> {
  const unwatched = await mkdtemp(join(world.directory, 'unwatched-'));
  await prepareInstallation(unwatched);
  const options = ['--management', '127.0.0.1:0'];
  const result = await compareWatched([world.directory, unwatched], world.hmac, world, options);
  return [compared('watched', 'gateway with metrics', 'without', result)];
}

async function peers({ rounds }: World): Promise<Finding[]> {
  const speeds = Object.groupBy(await comparePeers(rounds), ({ request }) => request);
  return Object.entries(speeds).map(([request, of = []]) => ({
    scenario: 'peers',
    title: `verification as a function: ${request}`,
    figures: of.map(({ library, perSecond }) => ({ name: library, text: `${perSecond.toFixed(0)}/s` })),
    ratios: of
      .filter(({ library }) => library !== 'countersign')
      .map(({ library, ratio }) => ({
        what: request,
        against: library,
        value: ratio,
        aim: PEER_AIMS.get(`${library}, ${request.split(', ')[1]}`) ?? 4,
        by: 'processor time',
      })),
  }));
}

async function stages({ directory, hmac, rsa, requests }: World): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const client of [hmac, rsa]) {
    const costs = await measureStages(directory, client, requests);
    findings.push({
      scenario: 'stages',
      title: `each stage of one request, ${client.signatureMethod}`,
      figures: costs.map(({ stage, microseconds }) => ({
        name: stage,
        text: `${microseconds.toFixed(2)} µs`,
      })),
      ratios: [],
    });
  }
  return findings;
}

async function starts({ directory, rounds }: World): Promise<Finding[]> {
  const { serve, server, nothing } = await measureStarts(directory, rounds);
  const against = 'bare node:http server';
  const ratio = { what: 'start until the first answer', against, aim: null };
  return [
    {
      scenario: 'start',
      title: 'from the command to the first answer',
      figures: [
        { name: 'countersign serve', text: startText(serve) },
        { name: against, text: startText(server) },
        { name: 'node -e 0', text: `${startText(nothing)} until it has ended` },
      ],
      ratios: [
        { ...ratio, value: server.milliseconds / serve.milliseconds, by: 'time' },
        { ...ratio, value: server.cpuMilliseconds! / serve.cpuMilliseconds!, by: 'processor time' },
      ],
    },
  ];
}

function startText({ milliseconds, cpuMilliseconds }: StartMeasured): string {
  const cpu = cpuMilliseconds === null ? '' : `, ${cpuMilliseconds.toFixed(0)} ms processor time`;
  return `${milliseconds.toFixed(0)} ms${cpu}`;
}

async function dances({ rounds }: World): Promise<Finding[]> {
  const { alone, together, syncs } = await measureDances(rounds);
  const against = 'durable writes of the disk';
  const by = 'number in a second';
  return [
    {
      scenario: 'dance',
      title: 'the whole three-legged dance, every step on the disk before it is answered',
      figures: [
        { name: 'one dance after another', text: `${alone.toFixed(0)}/s` },
        { name: `${DANCERS} at once`, text: `${together.toFixed(0)}/s` },
        { name: against, text: `${syncs.toFixed(0)}/s` },
      ],
      ratios: [
        { what: 'dances, one after another', against, value: alone / syncs, aim: null, by },
        { what: `dances, ${DANCERS} at once`, against, value: together / syncs, aim: null, by },
      ],
    },
  ];
}

async function growth({ directory, rounds, requests }: World): Promise<Finding[]> {
  const grown = await measureGrowth(await mkdtemp(join(directory, 'growth-')), { rounds, requests });
  return [
    {
      scenario: 'growth',
      title: 'verified requests as tokens and consumers become more',
      figures: grown.map(({ consumers, tokens, compared: { ours, oursCpu }, lookUpMicroseconds }) => ({
        name: sizeText(consumers, tokens),
        text: `${ours.toFixed(0)}/s, ${oursCpu.toFixed(1)} µs processor time; ${lookUpMicroseconds.toFixed(1)} µs for a look-up that is not remembered`,
      })),
      ratios: grown.map(({ consumers, tokens, compared: { cpuRatio } }) => ({
        what: sizeText(consumers, tokens),
        against: 'two of each',
        value: cpuRatio,
        aim: null,
        by: 'processor time',
      })),
    },
  ];
}

function sizeText(consumers: number, tokens: number): string {
  return `${tokens.toLocaleString('en')} tokens, ${consumers.toLocaleString('en')} consumers`;
}

async function nodes({ directory, rounds, requests }: World): Promise<Finding[]> {
  const { one, two } = await measureNodes(await mkdtemp(join(directory, 'nodes-')), { rounds, requests });
  return [
    {
      scenario: 'nodes',
      title: 'verified requests over PostgreSQL, every nonce committed',
      figures: [
        { name: 'one server', text: nodesText(one) },
        { name: 'two servers', text: nodesText(two) },
      ],
      ratios: [
        {
          what: 'two servers on PostgreSQL',
          against: 'one server',
          value: two.perSecond / one.perSecond,
          aim: null,
          by: 'requests per second',
        },
      ],
    },
  ];
}

function nodesText({ perSecond, medianMs, serversCpu, databaseCpu }: NodesMeasured): string {
  const cpu = `${serversCpu.toFixed(1)} µs of the servers, ${databaseCpu.toFixed(1)} µs of PostgreSQL`;
  return `${perSecond.toFixed(0)}/s, median ${medianMs.toFixed(2)} ms, ${cpu}`;
}

async function pages({ directory, rounds }: World): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const database of ['SQLite', 'PostgreSQL'] as const) {
    const kind = database === 'SQLite' ? 'sqlite' : 'postgres';
    const measured = await measurePages(directory, kind, rounds);
    findings.push({
      scenario: 'pages',
      title: `pages over ${database}: with 100 000 consumers and tokens, and with none`,
      figures: measured.map(({ page, longMs, emptyMs }) => ({
        name: page,
        text: `${longMs.toFixed(1)} ms, ${emptyMs.toFixed(1)} ms`,
      })),
      ratios: [
        {
          what: `slowest page of 100 000 consumers, ${database}`,
          against: 'empty list',
          value: Math.min(...measured.map(({ longMs, emptyMs }) => emptyMs / longMs)),
          aim: 0.1,
          by: 'time',
        },
      ],
    });
  }
  return findings;
}

async function memory({ directory, hmac, requests }: World): Promise<Finding[]> {
  const resident = await watchMemory(directory, hmac, 100 * requests);
  const text = `${resident.map((mebibytes) => mebibytes.toFixed(0)).join(', ')} MiB`;
  return [
    {
      scenario: 'memory',
      title: `resident memory over ${(100 * requests).toLocaleString('en')} requests`,
      figures: [{ name: 'after each tenth', text }],
      ratios: [],
    },
  ];
}
