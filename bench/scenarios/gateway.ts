/** The gateway, verifying and adding identities, against a bare undici proxy in front of the same upstream. */
import { type Comparison, compare } from '../compare.ts';
import { startBare, startCountersign } from '../processes.ts';
import { type Client, signedRequests } from '../workload.ts';

const PATH = '/rest/api/2/search?jql=assignee%3Dalice';

/** Requests per second through both. */
export async function compareGateway(
  directory: string,
  client: Client,
  amount: { readonly rounds: number; readonly requests: number },
): Promise<Comparison> {
  const upstream = await startBare('upstream.ts', {});
  const address = `http://127.0.0.1:${upstream.port}`;
  const countersign = await startCountersign(directory, ['--upstream', address]);
  const proxy = await startBare('bare-proxy.ts', { upstream: address });
  try {
    return await compare(
      {
        name: 'gateway',
        server: countersign,
        prepare: (count) => signedRequests(client, countersign.port, PATH, count),
      },
      {
        name: 'bare undici',
        server: proxy,
        prepare: (count) => signedRequests(client, proxy.port, PATH, count),
      },
      { ...amount, connections: 32 },
    );
  } finally {
    await Promise.all([countersign.stop(), proxy.stop(), upstream.stop()]);
  }
}
