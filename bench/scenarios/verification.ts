/** Verified requests against the limit: a bare server that only does the cryptography. */
import { type Comparison, compare, settled, WARM_UP } from '../compare.ts';
import { startBare, startCountersign } from '../processes.ts';
import { type Client, signedGet, signedRequests } from '../workload.ts';

const PATH = '/oauth/whoami';

/** Requests per second for one client, here and at the limit. Nonces are journalled as in production. */
export async function compareVerification(
  directory: string,
  client: Client,
  amount: { readonly rounds: number; readonly requests: number },
): Promise<Comparison> {
  const sample = signedGet(client, `http://127.0.0.1:8080${PATH}`);
  const signature = decodeURIComponent(
    /oauth_signature="([^"]+)"/.exec(sample.authorization ?? '')?.[1] ?? '',
  );
  const countersign = await startCountersign(directory);
  const bare = await startBare('bare-verify.ts', {
    kind: client.key.kind === 'shared-secret' ? 'hmac' : 'rsa',
    baseString: sample.baseString,
    signature,
    key: client.verificationKey,
  });
  try {
    return await compare(
      {
        name: 'countersign',
        server: countersign,
        prepare: (count) => signedRequests(client, countersign.port, PATH, count),
      },
      {
        name: 'bare node:http',
        server: bare,
        prepare: (count) => signedRequests(client, bare.port, PATH, count),
      },
      { ...amount, connections: 32, warmUp: Math.max(WARM_UP, amount.requests), settled: settled() },
    );
  } finally {
    await Promise.all([countersign.stop(), bare.stop()]);
  }
}
