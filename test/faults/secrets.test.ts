/**
 * A published promise, against the real program: secrets never appear outside their use. After a life with every
 * secret in it, also in requests that are refused, none is found in any answer but the one that gives it, in what
 * commands print, in the files of the database, or in what the server wrote to its log.
 */
import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  ALICE,
  type GrantedInstallation,
  send,
  startGrantedInstallation,
} from '../support/granted-installation.ts';
import type { TokenPair } from '../support/oauth-consumer.ts';
import { Person } from '../support/person.ts';
import { textOfDatabase } from '../support/stores.ts';
import { tallyOf } from './promise.ts';

const ROOT = { username: 'root', password: 'the password of the administrator alone' };
const PROVIDER_SECRET = 'the secret that a provider gave us, canary';
const CONSUMER_SECRET = 'a secret of the consumer that nobody else knows';

const PAGES = [
  ...[
    'consumers',
    'consumer-info',
    'service-providers',
    'tokens',
    'audit',
    'diagnosis',
    'users',
    'usage',
  ].map((name) => `/oauth/admin/${name}`),
  ...['/oauth/admin/consumers/view?key=wiki', '/oauth/admin/consumers/edit?key=wiki'],
  ...['/oauth/admin/service-providers/view?name=Photos', '/oauth/admin/service-providers/edit?name=Photos'],
  ...['/oauth/users/access-tokens', '/oauth/account', '/oauth/connections', '/oauth/consumer-info'],
  ...['/oauth/jwks.json', '/oauth/whoami'],
];

const COMMANDS = [
  ['consumer', 'list', '--json'],
  ['consumer', 'show', 'wiki', '--json'],
  ['provider', 'list', '--json'],
  ['provider', 'show', 'Photos', '--json'],
  ['token', 'list', '--json'],
  ['audit', 'list', '--json'],
  ['audit', 'list', '--csv'],
  ['user', 'show', 'alice', '--json'],
  ['info', 'show', '--json'],
  ['config', 'show', '--json'],
  ['export'],
];

describe('secrets', () => {
  const tally = tallyOf(14, 'secrets looked for in pages, command output, the database and the log');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const secrets = new Map<string, string>();
  let world: GrantedInstallation;
  let root: Person;

  before(async () => {
    world = await startGrantedInstallation(['--log-level', 'debug']);
    const { installation } = world;
    await installation.command(['user', 'add', ROOT.username, '--admin', '--password-stdin'], ROOT.password);
    const add = ['provider', 'add', '--name', 'Photos', '--consumer-key', 'us', '--secret-stdin'];
    await installation.command(add, PROVIDER_SECRET);
    root = new Person(installation.url);
    await root.logIn(await root.open('/oauth/login'), ROOT);
    for (const [name, secret] of Object.entries({ CONSUMER_SECRET, PROVIDER_SECRET }))
      secrets.set(name, secret);
    secrets.set('alice’s password', ALICE.password);
    secrets.set('the administrator’s password', ROOT.password);
    secrets.set(
      'a private key',
      privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64').slice(40, 90),
    );
    secrets.set('the sealing key', /^\w+ (\S{43})$/m.exec(read('secret.key'))![1]!);
    await liveALife();
  });
  after(() => world?.installation.stop());

  function read(name: string): string {
    return readFileSync(join(world.installation.dataDirectory, name), 'latin1');
  }

  /** Approves, exchanges, asks, is refused for many reasons, pastes a private key where a public one belongs. */
  async function liveALife(): Promise<void> {
    const { requestToken, verifier } = await world.approve();
    remember('a request token', requestToken);
    secrets.set('a verifier', verifier);
    const token = await world.consumer.accessToken(requestToken, verifier);
    remember('an access token', token);
    await send(world.sign('GET', '/oauth/whoami', token));
    const { token: name, tokenSecret } = token;
    for (const more of [
      { token: `${name}x` },
      { timestamp: 1 },
      { consumerKey: 'nobody' },
      { key: { kind: 'shared-secret', consumerSecret: CONSUMER_SECRET, tokenSecret: 'wrong' } } as const,
      { callback: tokenSecret },
    ]) {
      await send(
        world.sign('GET', `/oauth/whoami?password=${ALICE.password.replaceAll(' ', '%20')}`, token, more),
      );
    }
    await send(world.sign('POST', '/oauth/access-token', requestToken, { verifier }));
    await root
      .press(await root.open('/oauth/login'), /^log in$/i, { ...ALICE, username: 'nobody' })
      .catch(() => null);
    const file = join(world.installation.dataDirectory, '..', 'pasted-private-key.pem');
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await world.installation
      .command(['consumer', 'add', '--key', 'k', '--name', 'K', '--public-key', file])
      .catch((error: Error) => look('the refusal of a private key', error.message));
  }

  function remember(what: string, { token, tokenSecret }: TokenPair): void {
    secrets.set(what, token);
    secrets.set(`the secret of ${what}`, tokenSecret);
  }

  /** Looks for every secret, also as it would be encoded. */
  function look(where: string, text: string): void {
    for (const [what, secret] of secrets) {
      const spellings = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
      const found = spellings.some((spelling) => text.includes(spelling));
      tally.try(!found, `${what} in ${where}`);
    }
  }

  it('are on no page and in no document', async () => {
    for (const path of PAGES) {
      for (const person of [root, world.alice, new Person(world.installation.url)]) {
        look(path, (await person.open(path)).html);
      }
    }
    tally.assertKept();
  });

  it('are not printed by commands', async () => {
    for (const command of COMMANDS) {
      const { stdout, stderr } = await world.installation.command(command);
      look(command.join(' '), stdout + stderr);
    }
    tally.assertKept();
  });

  it('are in no file of the database, nor in the log', async () => {
    const names = readdirSync(world.installation.dataDirectory, { recursive: true, encoding: 'utf8' });
    const files = names.filter((name) => /\.db|\.log$|\.json$/.test(name));
    for (const name of files) look(name, read(name));
    const { databaseUrl } = world.installation;
    if (databaseUrl !== null) look('the database', await textOfDatabase(databaseUrl));
    look('the log', world.installation.output());
    tally.assertKept();
  });
});
