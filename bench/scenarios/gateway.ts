/**
 * The gateway, verifying and adding identities, in front of an application: against a bare undici proxy and against
 * nginx, which pass the same requests on and look at nothing.
 */
import { type Comparison, comparison, measureInTurn, type Side, settled, WARM_UP } from '../compare.ts';
import { type MeasuredServer, startBare, startCountersign, startNginxProxy } from '../processes.ts';
import { type Client, signedRequests } from '../workload.ts';

const PATH = '/rest/api/2/search?jql=assignee%3Dalice';

/** The gateway against each. */
export interface GatewayCompared {
  readonly undici: Comparison;
  readonly nginx: Comparison;
}

/** Requests per second through all three, in turn. */
export async function compareGateway(
  directory: string,
  client: Client,
  amount: { readonly rounds: number; readonly requests: number },
): Promise<GatewayCompared> {
  await using servers = new AsyncDisposableStack();
  const started = async (starting: Promise<MeasuredServer>) =>
    servers.adopt(await starting, (server) => server.stop());
  const upstream = await started(startBare('upstream.ts', {}));
  const address = `http://127.0.0.1:${upstream.port}`;
  const side = (name: string, server: MeasuredServer): Side => ({
    name,
    server,
    prepare: (count) => signedRequests(client, server.port, PATH, count),
  });
  const sides = [
    side('gateway', await started(startCountersign(directory, ['--upstream', address]))),
    side('bare undici', await started(startBare('bare-proxy.ts', { upstream: address }))),
    side('nginx', await started(startNginxProxy(upstream.port))),
  ];
  const [gateway, undici, nginx] = await measureInTurn(sides, {
    ...amount,
    connections: 32,
    warmUp: Math.max(WARM_UP, amount.requests),
    settled: settled(),
  });
  return { undici: comparison(gateway!, undici!), nginx: comparison(gateway!, nginx!) };
}
