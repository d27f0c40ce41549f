import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Installation, startInstallation } from '../../test/support/countersign.ts';
import { OAuthConsumer, type TokenPair } from '../../test/support/oauth-consumer.ts';
import { Person } from '../../test/support/person.ts';

const PASSWORD = 'correct horse battery staple';

describe('commands on the data of a running server', () => {
  let installation: Installation;
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  let consumer: OAuthConsumer;
  before(async () => {
    installation = await startInstallation();
    consumer = new OAuthConsumer(installation.url, 'wiki', { privateKey });
    await installation.command(['user', 'add', 'alice', '--password-stdin'], PASSWORD);
    await registerConsumer();
  });
  after(() => installation?.stop());

  async function registerConsumer(): Promise<void> {
    const file = join(installation.dataDirectory, 'wiki.pem');
    await writeFile(file, publicKey);
    await installation.command(['consumer', 'add', '--key', 'wiki', '--name', 'Wiki', '--public-key', file]);
  }

  async function approved(): Promise<TokenPair> {
    const requestToken = await consumer.requestToken('http://127.0.0.1:9/callback');
    const credentials = { username: 'alice', password: PASSWORD };
    const { leftFor } = await new Person(installation.url).decide(
      consumer.authorizeUrl(requestToken),
      credentials,
      'Approve',
    );
    const verifier = new URL(leftFor ?? '').searchParams.get('oauth_verifier') ?? '';
    const token = await consumer.accessToken(requestToken, verifier);
    assert.equal((await whoami(token)).status, 200);
    return token;
  }

  async function whoami(token: TokenPair) {
    const { status, challenge } = await consumer.get('/oauth/whoami', token);
    return { status, problem: /oauth_problem="([^"]+)"/.exec(challenge)?.[1] ?? null };
  }

  it('end a token at once when it is revoked', async () => {
    const token = await approved();
    const listed = JSON.parse((await installation.command(['token', 'list', '--json'])).stdout) as {
      id: string;
      user: string;
    }[];
    assert.equal(listed[0]!.user, 'alice');
    await installation.command(['token', 'revoke', listed[0]!.id]);
    const refused = await whoami(token);
    assert.equal(refused.status, 401);
    assert.match(refused.problem!, /^token_(revoked|rejected)$/);
  });

  it('end the access of a disabled user at once, and give it back with the user', async () => {
    const token = await approved();
    await installation.command(['user', 'disable', 'alice']);
    assert.equal((await whoami(token)).problem, 'token_rejected');
    await installation.command(['user', 'enable', 'alice']);
    assert.equal((await whoami(token)).status, 200);
  });

  it('narrow a consumer at once', async () => {
    const token = await approved();
    await installation.command(['consumer', 'edit', 'wiki', '--allow-path', '/rest/**']);
    assert.equal((await whoami(token)).problem, 'permission_denied');
    await installation.command(['consumer', 'edit', 'wiki', '--any-path']);
    assert.equal((await whoami(token)).status, 200);
  });

  it('end a consumer at once when it is removed, and its tokens for good', async () => {
    const token = await approved();
    await installation.command(['consumer', 'remove', 'wiki']);
    assert.equal((await whoami(token)).problem, 'consumer_key_unknown');
    await registerConsumer();
    assert.equal((await whoami(token)).problem, 'token_rejected');
  });

  it('read the consumer information of another installation, when its private address is allowed', async () => {
    const url = installation.url;
    await assert.rejects(installation.command(['consumer', 'add', url]), /not public|private|may not|allow/i);
    const allowed = ['consumer', 'add', url, '--allow-host', new URL(url).host, '--json'];
    const { stdout } = await installation.command(allowed);
    assert.match((JSON.parse(stdout) as { key: string }).key, /^Countersign:\d{10}$/);
  });

  it('leave the server able to stop in order, with exit status 0', async () => {
    assert.equal(await installation.stop(), 0);
  });
});
