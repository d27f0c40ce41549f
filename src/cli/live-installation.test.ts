import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Installation, startInstallation } from '../../test/support/countersign.ts';
import { DemoConsumer } from './demo/consumer.ts';
import { obtainAccess } from './demo/dance.ts';
import { Visitor } from './demo/visitor.ts';

const PASSWORD = 'correct horse battery staple';

describe('commands on the data of a running server', () => {
  let installation: Installation;
  const consumer = new DemoConsumer('http://127.0.0.1:9/callback');
  before(async () => {
    installation = await startInstallation();
    await installation.command(['user', 'add', 'alice', '--password-stdin'], PASSWORD);
    await registerConsumer();
  });
  after(() => installation?.stop());

  async function registerConsumer(): Promise<void> {
    const file = join(installation.dataDirectory, 'wiki.pem');
    await writeFile(file, consumer.publicKey);
    await installation.command([
      'consumer',
      'add',
      '--key',
      consumer.key,
      '--name',
      'Wiki',
      '--public-key',
      file,
    ]);
  }

  async function approved(): Promise<string> {
    const user = { name: 'alice', password: PASSWORD };
    const dancers = { url: installation.url, consumer, user, foreignIssue: '', tell: () => {} };
    const { oauth_token: token } = await obtainAccess(dancers, new Visitor(installation.url));
    assert.equal((await whoami(token!)).status, 200);
    return token!;
  }

  function whoami(token: string) {
    return consumer.request('GET', `${installation.url}/oauth/whoami`, { token });
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
    await installation.command(['consumer', 'edit', consumer.key, '--allow-path', '/rest/**']);
    assert.equal((await whoami(token)).problem, 'permission_denied');
    await installation.command(['consumer', 'edit', consumer.key, '--any-path']);
    assert.equal((await whoami(token)).status, 200);
  });

  it('end a consumer at once when it is removed, and its tokens for good', async () => {
    const token = await approved();
    await installation.command(['consumer', 'remove', consumer.key]);
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
