import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type SigningInput, signRequest } from '../../src/oauth/index.ts';
import { type Cluster, type ClusterNode, startCluster } from '../support/cluster.ts';
import { freePorts } from '../support/free-ports.ts';
import { type Nginx, startNginx } from '../support/nginx.ts';
import { type RawUpstream, startRawUpstream } from '../support/raw-wire.ts';

const SECRET = 'a secret of the consumer that nobody else knows';

/** Clients that send one request after another; each waits for its answer. */
const CLIENTS = 8;

/** How often each server is stopped and started again. */
const ROUNDS = 2;

const now = () => Math.floor(Date.now() / 1000);

/** nginx in front of both, by the configuration of `examples/cluster`. */
describe('two servers behind nginx', () => {
  let url: string;
  let cluster: Cluster;
  let nginx: Nginx;
  let upstream: RawUpstream;
  before(async () => {
    const [front = 0] = await freePorts(1);
    url = `http://127.0.0.1:${front}`;
    upstream = await startRawUpstream();
    cluster = await startCluster(front, ['--drain-delay', '5s', '--upstream', upstream.url.href]);
    const [one, other] = cluster.nodes;
    nginx = await startNginx('examples/cluster/nginx.conf', {}, front, {
      'countersign-1:8080': `127.0.0.1:${one.port}`,
      'countersign-2:8080': `127.0.0.1:${other.port}`,
      'listen 8000': `listen 127.0.0.1:${front}`,
    });
    await cluster.command(['user', 'add', 'alice', '--password-stdin'], 'correct horse battery staple');
    const add = ['consumer', 'add', '--key', 'wiki', '--name', 'Wiki', '--secret-stdin'];
    await cluster.command([...add, '--two-legged', '--execute-as', 'alice'], SECRET);
  });
  after(async () => {
    await nginx?.stop();
    await cluster?.stop();
    await upstream?.close();
  });

  async function send(method: string, path: string, more: Partial<SigningInput> = {}): Promise<number> {
    const signed = signRequest({
      method,
      url: url + path,
      consumerKey: 'wiki',
      signatureMethod: 'HMAC-SHA256',
      key: { kind: 'shared-secret', consumerSecret: SECRET, tokenSecret: '' },
      timestamp: now(),
      nonce: randomUUID(),
      ...more,
    });
    try {
      const headers = { authorization: signed.authorization ?? '' };
      const response = await fetch(signed.url, { method, headers });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }

  const read = (timestamp = now()) => send('GET', '/oauth/whoami', { token: '', timestamp });
  const change = () => send('POST', '/oauth/request-token', { callback: 'oob' });

  it('come and go without a request that fails, changes included', async () => {
    const statuses = new Map<number, number>();
    let isOver = false;
    const client = async (index: number) => {
      while (!isOver) {
        const status = await (index % 2 === 0 ? read() : change());
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    const clients = Array.from({ length: CLIENTS }, (_, index) => client(index));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const node of cluster.nodes) {
        const stopped = node.stop();
        while ((await readiness(node.managementUrl)) === 200);
        assert.equal(await stopped, 0, node.output());
        await node.start();
        await ready(node);
      }
    }
    isOver = true;
    await Promise.all(clients);
    const sent = [...statuses.values()].reduce((sum, count) => sum + count, 0);
    console.log(
      `${2 * ROUNDS} restarts under load: ${sent} requests, ${sent - (statuses.get(200) ?? 0)} failed`,
    );
    assert.deepEqual([...statuses.keys()], [200], JSON.stringify([...statuses]) + (await nginx.log()));
  });

  it('see every address as it was signed', async () => {
    const path = '/rest/a%2fb/%7Ec//d%20e?x=%7e&y=a+b&x=%2F';
    assert.equal(await send('GET', path, { token: '' }), 200);
    assert.equal(upstream.requests.at(-1)?.requestLine, `GET ${path} HTTP/1.1`);
  });

  it('answer 503 and when to try again while Redis is stopped, and go on when it does', async () => {
    assert.equal(await read(), 200);
    cluster.redis.signal('SIGSTOP');
    const statuses = await Promise.all(Array.from({ length: 20 }, () => read()));
    assert.deepEqual([...new Set(statuses)], [503]);
    for (const { managementUrl } of cluster.nodes) assert.equal(await readiness(managementUrl), 503);
    cluster.redis.signal('SIGCONT');
    await Promise.all(cluster.nodes.map(ready));
    assert.equal(await read(), 200);
  });

  it('refuse for a moment what they cannot be sure about when Redis comes back empty, then go on', async () => {
    const before = now();
    assert.equal(await read(before), 200);
    await cluster.redis.kill({ forgetting: true });
    assert.equal(await read(), 503);
    await cluster.redis.start();
    const seen = new Set<number>();
    let status = 0;
    while (status !== 200) {
      status = await read();
      seen.add(status);
    }
    assert.equal(await read(before), 400);
    assert.deepEqual(
      [...seen].filter((one) => ![200, 400, 503].includes(one)),
      [],
    );
  });
});

async function ready({ managementUrl }: ClusterNode): Promise<void> {
  while ((await readiness(managementUrl)) !== 200);
}

async function readiness(managementUrl: string): Promise<number> {
  try {
    return (await fetch(`${managementUrl}/readyz`)).status;
  } catch {
    return 0;
  }
}
