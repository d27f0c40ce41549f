/** Resident memory of the server over many requests: it has to level off, nonces of the time window included. */
import { measure } from '../compare.ts';
import { startCountersign } from '../processes.ts';
import { type Client, signedRequests } from '../workload.ts';

const PATH = '/oauth/whoami';
const STEPS = 10;

/** Signed and sent at a time: few enough to be within the short window on a busy machine, too. */
const BATCH = 2_000;

/** Memory in MiB after each tenth of the requests. */
export async function watchMemory(directory: string, client: Client, requests: number): Promise<number[]> {
  const server = await startCountersign(directory, ['--timestamp-window', '15s']);
  const side = {
    name: 'countersign',
    server,
    prepare: (count: number) => signedRequests(client, server.port, PATH, count),
  };
  const resident: number[] = [];
  try {
    for (let step = 0; step < STEPS; step += 1) {
      for (let sent = 0; sent < requests / STEPS; sent += BATCH) {
        await measure(side, { rounds: 1, requests: BATCH, connections: 32 });
      }
      resident.push(server.residentMebibytes());
    }
    return resident;
  } finally {
    await server.stop();
  }
}
