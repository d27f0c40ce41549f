/**
 * What each stage in the check of a signed request costs, and its being counted at the end, over the embedded database and its journalled nonces.
 * Requests go through in groups, stage by stage, as they do when many arrive in one turn of the event loop.
 */
import { randomBytes } from 'node:crypto';
import {
  Examination,
  type ProviderContext,
  type ProviderRequest,
  STAGES,
  UsageCounter,
} from '../../src/provider/index.ts';
import { openSqliteDatabase } from '../../src/storage/sqlite/index.ts';
import { type Client, signedGet } from '../workload.ts';

const GROUP = 32;
const PATH = '/oauth/whoami';
const ORIGIN = 'http://127.0.0.1:8080';

/** One stage and the microseconds it takes for one request. */
export interface StageCost {
  readonly stage: string;
  readonly microseconds: number;
}

/** Measures every stage of a resource request. */
export async function measureStages(
  directory: string,
  client: Client,
  requests: number,
): Promise<StageCost[]> {
  const clock = { milliseconds: () => Date.now() };
  const database = await openSqliteDatabase({ directory, clock });
  const nonces = await database.openNonces('memory', 300);
  const usage = new UsageCounter();
  const context: ProviderContext = {
    storage: database.storage,
    nonces,
    clock,
    random: { bytes: (length) => randomBytes(length) },
    settings: {
      accessTokenTtlSeconds: 604_800,
      requestTokenTtlSeconds: 600,
      sessionTtlSeconds: 3_196_800,
      timestampWindowSeconds: 300,
    },
    noteUse: () => {},
    noteAccepted: (consumerKey, method, version, at) => usage.note(consumerKey, method, version, at),
  };
  try {
    await runGroups(context, client, Math.ceil(requests / 4));
    return await runGroups(context, client, requests);
  } finally {
    await nonces.close();
    await database.storage.close();
  }
}

async function runGroups(context: ProviderContext, client: Client, requests: number): Promise<StageCost[]> {
  const stages = [...STAGES.resource, countAccepted];
  const milliseconds = stages.map(() => 0);
  const groups = Math.ceil(requests / GROUP);
  for (let group = 0; group < groups; group += 1) {
    const examinations = Array.from({ length: GROUP }, () => new Examination(context, arrived(client)));
    for (const [index, stage] of stages.entries()) {
      const started = performance.now();
      const pending = examinations
        .map((examination) => stage(examination))
        .filter((outcome) => outcome !== undefined);
      if (pending.length > 0) await Promise.all(pending);
      milliseconds[index]! += performance.now() - started;
    }
  }
  return stages.map((stage, index) => ({
    stage: stage.name,
    microseconds: (milliseconds[index]! * 1000) / (groups * GROUP),
  }));
}

/** What follows the last stage. */
function countAccepted({ context, consumer, method, now }: Examination): void {
  context.noteAccepted(consumer.key, method, '1.0a', now);
}

function arrived(client: Client): ProviderRequest {
  const { authorization } = signedGet(client, ORIGIN + PATH);
  return {
    method: 'GET',
    baseUri: ORIGIN + PATH,
    query: '',
    authorization: [authorization ?? ''],
    contentType: [],
    body: new Uint8Array(0),
    isSecureTransport: true,
    path: PATH,
  };
}
