/** What watching costs: the gateway of a server that is watched against that of one that is not. */
import { type Amount, type Comparison, compare } from '../compare.ts';
import { startBare, startCountersign } from '../processes.ts';
import { type Client, signedRequests } from '../workload.ts';

const PATH = '/rest/api/2/search?jql=assignee%3Dalice';

/**
 * Requests per second through both.
 * @param directories of two installations with the same client
 * @param options that the watched one is started with
 */
export async function compareWatched(
  directories: readonly [watched: string, unwatched: string],
  client: Client,
  amount: Omit<Amount, 'connections'>,
  options: readonly string[],
): Promise<Comparison> {
  const upstream = await startBare('upstream.ts', {});
  const common = ['--upstream', `http://127.0.0.1:${upstream.port}`];
  const watched = await startCountersign(directories[0], [...common, ...options]);
  const unwatched = await startCountersign(directories[1], common);
  const side = (name: string, server: typeof watched) => ({
    name,
    server,
    prepare: (count: number) => signedRequests(client, server.port, PATH, count),
  });
  try {
    return await compare(side('watched', watched), side('unwatched', unwatched), {
      ...amount,
      connections: 32,
    });
  } finally {
    await Promise.all([watched.stop(), unwatched.stop(), upstream.stop()]);
  }
}
