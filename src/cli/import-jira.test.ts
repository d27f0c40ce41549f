import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Installation, runCommand, startInstallation } from '../../test/support/countersign.ts';
import { OAuthConsumer } from '../../test/support/oauth-consumer.ts';

const COLUMNS = 'token, token_secret, token_type, consumer_key, username, ttl, created';

describe('consumers and tokens taken over from a Jira', () => {
  let installation: Installation;
  let dump: string;
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  before(async () => {
    installation = await startInstallation();
    await installation.command(['user', 'add', 'alice', '--password-stdin'], 'correct horse battery staple');
    dump = join(installation.dataDirectory, 'jira.sql');
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 19).replace('T', ' ');
    await writeFile(
      dump,
      `INSERT INTO oauthspconsumer (consumer_key, consumername, public_key, created) VALUES
         ('wiki', 'Wiki', '${publicKey.toString('base64')}', '${yesterday}');
       INSERT INTO oauthsptoken (${COLUMNS}) VALUES
         ('aliceToken', 'aliceSecret', 'ACCESS', 'wiki', 'alice', 157680000000, '${yesterday}'),
         ('bobToken', 'bobSecret', 'ACCESS', 'wiki', 'bob', 157680000000, '${yesterday}');`,
    );
  });
  after(() => installation?.stop());

  const whoami = async (token: string) => {
    const consumer = new OAuthConsumer(installation.url, 'wiki', { privateKey });
    return consumer.get('/oauth/whoami', { token, tokenSecret: '' });
  };

  it('are looked at first, and nothing is changed', async () => {
    const { stdout } = await installation.command(['import-jira', dump, '--dry-run']);
    assert.match(stdout, /wiki +Wiki +no +no +1 /);
    assert.match(stdout, /token of bob for wiki: its user is not a user here.*--add-users/);
    assert.match(stdout, /Nothing was changed/);
    assert.equal((await whoami('aliceToken')).status, 401);
  });

  it('go on working: a client notices nothing', async () => {
    await installation.command(['import-jira', dump]);
    const { status, body } = await whoami('aliceToken');
    assert.equal(status, 200);
    assert.equal(JSON.parse(body).user, 'alice');
    assert.equal((await whoami('bobToken')).status, 401);
  });

  it('come in once, however often they are imported; users along with them where that is asked for', async () => {
    const { stdout } = await installation.command(['import-jira', dump, '--add-users', '--json']);
    const { records } = JSON.parse(stdout);
    assert.deepEqual([records.consumer.unchanged, records['access-token'].unchanged], [1, 1]);
    assert.deepEqual([records.user.added, records['access-token'].added], [1, 1]);
    assert.equal((await whoami('bobToken')).status, 200);
  });

  it('are not brought back once they were revoked', async () => {
    await installation.command(['token', 'revoke', '--user', 'alice']);
    const data = installation.dataDirectory;
    const { status, stdout } = await runCommand(['import-jira', dump, '--data', data]);
    assert.equal(status, 1);
    assert.match(stdout, /is there already and says something else/);
    await installation.command(['import-jira', dump, '--on-conflict', 'replace']);
    assert.equal((await whoami('aliceToken')).status, 401);
  });

  it('are shown without moving the terminal’s cursor, whatever they are called', async () => {
    const odd = join(installation.dataDirectory, 'odd.sql');
    const name = 'W\u001b]0;x\u0007iki\u001b[2J';
    await writeFile(
      odd,
      `INSERT INTO oauthspconsumer (consumer_key, consumername, public_key, description) VALUES
         ('o\u001bdd', '${name}', '${publicKey.toString('base64')}', 'one\ntwo');`,
    );
    const { stdout: report } = await installation.command(['import-jira', odd]);
    const { stdout: list } = await installation.command(['consumer', 'list']);
    const data = ['--data', installation.dataDirectory];
    const { stderr } = await runCommand(['consumer', 'show', `${name}\u009b`, ...data]);
    assert.match(stderr, /W\\x1b/);
    for (const text of [report, list, stderr]) assert.doesNotMatch(text, /[\u0007\u001b\u009b]/);
    assert.match(list, /^o\\x1bdd +W\\x1b\]0;x\\x07iki\\x1b\[2J .*one$/m);
  });

  it('are refused with what to do where the file is something else', async () => {
    const data = installation.dataDirectory;
    const { status, stderr } = await runCommand(['import-jira', join(data, 'secret.key'), '--data', data]);
    assert.equal(status, 1);
    assert.match(
      stderr,
      /^countersign: the dump does not tell of the table oauthspconsumer\. It must be an SQL dump in text/,
    );
  });
});
