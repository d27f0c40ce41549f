import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  approveAt,
  CALLBACK,
  type ConsumerWorld,
  createConsumerWorld,
  TRACKER,
} from '../../test/support/consumer-world.ts';
import { countingRandom } from '../../test/support/counting-random.ts';
import { CLI_SECRET, WIKI_KEYS } from '../../test/support/provider-world.ts';
import { type Client, type ClientSettings, ConnectionNeedsApproval, createClient } from './index.ts';

let world: ConsumerWorld;
let client: Client;
beforeEach(async () => {
  world = await createConsumerWorld();
  client = newClient({ consumerKey: 'cli', credential: { secret: CLI_SECRET } });
});

function newClient(
  settings: Pick<ClientSettings, 'consumerKey' | 'credential'> & Partial<ClientSettings>,
): Client {
  return createClient({
    requestTokenUrl: `${TRACKER}/oauth/request-token`,
    authorizeUrl: `${TRACKER}/oauth/authorize`,
    accessTokenUrl: `${TRACKER}/oauth/access-token`,
    baseUrl: `${TRACKER}/`,
    clock: world.provider.clock,
    random: countingRandom(),
    pause: async () => {},
    fetch: async (url, { method, headers, body }) => {
      const answer = await world.context.fetch(url, { method, headers, body: body ?? null });
      return new Response(new Uint8Array(answer.body), { status: answer.status, headers: answer.headers });
    },
    ...settings,
  });
}

async function connect(of: Client = client) {
  const { location } = await of.begin('me', 'session 1', CALLBACK);
  return of.finish('me', 'session 1', await approveAt(world.provider, location, world.provider.alice));
}

const READ = { method: 'GET', url: `${TRACKER}/rest/issues` };

describe('countersign/consumer', () => {
  it('goes through the dance and reads, with a secret or with a key', async () => {
    await connect();
    assert.equal(Buffer.from((await client.fetch('me', READ)).body).toString(), 'data of alice');
    const pem = WIKI_KEYS.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const other = newClient({
      consumerKey: 'wiki',
      credential: { privateKey: pem },
      signatureMethod: 'RSA-SHA256',
    });
    await connect(other);
    assert.equal((await other.fetch('me', READ)).status, 200);
  });

  it('renews when the time has come', async () => {
    const { token } = await connect();
    world.provider.clock.advance(7 * 86_400);
    assert.equal((await client.fetch('me', READ)).status, 200);
    assert.notEqual((await client.exportToken('me'))!.token, token);
  });

  it('goes on after a restart with a token that was kept', async () => {
    const kept = await connect();
    const later = newClient({ consumerKey: 'cli', credential: { secret: CLI_SECRET } });
    await assert.rejects(later.fetch('me', READ), ConnectionNeedsApproval);
    await later.restore('me', JSON.parse(JSON.stringify(kept)));
    assert.equal((await later.fetch('me', READ)).status, 200);
    assert.deepEqual(await later.exportToken('me'), kept);
  });

  it('finishes in the session that began, once, and only if the user agreed', async () => {
    const { location } = await client.begin('me', 'session 1', CALLBACK);
    const query = await approveAt(world.provider, location, world.provider.alice);
    await assert.rejects(client.finish('me', 'session 2', query), ConnectionNeedsApproval);
    await client.finish('me', 'session 1', query);
    await assert.rejects(client.finish('me', 'session 1', query), ConnectionNeedsApproval);
    const again = await client.begin('me', 'session 1', CALLBACK);
    const denied = await approveAt(world.provider, again.location, world.provider.alice, 'deny');
    await assert.rejects(client.finish('me', 'session 1', denied), { reason: 'permission_denied' });
    await assert.rejects(client.finish('me', 'session 1', 'nonsense'), ConnectionNeedsApproval);
  });

  it('makes requests without a user where that is switched on', async () => {
    await assert.rejects(client.fetch(null, READ), { code: 'two-legged-off' });
  });

  it('reads no more of an answer than it wants', async () => {
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)) });
    const flooded = newClient({
      consumerKey: 'cli',
      credential: { secret: CLI_SECRET },
      fetch: async () => new Response(endless),
    });
    await assert.rejects(flooded.begin('me', 's', CALLBACK), {
      name: 'ProviderAnswerRefused',
      code: 'too-large',
    });
  });

  it('follows no redirect of a token address', async () => {
    const redirecting = newClient({
      consumerKey: 'cli',
      credential: { secret: CLI_SECRET },
      fetch: async (_url, { redirect }) => {
        assert.equal(redirect, 'manual');
        return new Response(null, { status: 307, headers: { location: 'https://evil.example' } });
      },
    });
    await assert.rejects(redirecting.begin('me', 's', CALLBACK), { code: 'redirected' });
  });
});
