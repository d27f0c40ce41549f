import { equal, match } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Certificates, encrypt, makeCertificates } from '../support/certificates.ts';
import { runCommand } from '../support/countersign.ts';
import { freePorts } from '../support/free-ports.ts';
import { type GrantedInstallation, send, startGrantedInstallation } from '../support/granted-installation.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { type RedisProcess, startRedis } from '../support/redis-server.ts';

/** The certificate of both is for `localhost`, not for 127.0.0.1. */
describe('a PostgreSQL and a Redis that speak TLS', () => {
  const directory = mkdtempSync(join(tmpdir(), 'countersign-tls-'));
  let files: Certificates;
  let postgres: PostgresServer;
  let redis: RedisProcess;
  let redisPort: number;
  let database: string;
  before(async () => {
    files = makeCertificates(directory);
    [redisPort = 0] = await freePorts(1);
    const keys = ['--tls-cert-file', files.certificate, '--tls-key-file', files.key];
    redis = await startRedis('--tls-port', String(redisPort), ...keys, '--tls-auth-clients', 'no');
    postgres = await startPostgres();
    await encrypt(postgres, files);
    database = (await postgres.createDatabase()).replace('127.0.0.1', 'localhost');
  });
  after(async () => {
    await redis?.stop();
    await postgres?.remove();
    rmSync(directory, { recursive: true });
  });

  const verified = (authority: string, url = database) =>
    `${url}?sslmode=verify-full&sslrootcert=${authority}`;

  /** What a server says that does not start. */
  async function refusal(settings: readonly string[], environment = {}): Promise<string> {
    const args = ['serve', '--listen', '127.0.0.1:0', '--data', join(directory, 'data'), ...settings];
    const { status, stderr } = await runCommand(args, '', environment);
    equal(status, 1, stderr);
    return stderr;
  }

  it('serve the dance, every connection encrypted', async () => {
    process.env.NODE_EXTRA_CA_CERTS = files.authority;
    process.env.COUNTERSIGN_DATABASE = verified(files.authority);
    let world: GrantedInstallation | undefined;
    try {
      world = await startGrantedInstallation(['--nonces', `rediss://localhost:${redisPort}`]);
      equal((await send(world.sign('GET', '/oauth/whoami', await world.grant()))).status, 200);
      const connections = await postgres.query<{ ssl: boolean }>(
        `select ssl from pg_stat_ssl join pg_stat_activity using (pid) where application_name = 'countersign'`,
      );
      equal(connections.length > 0 && connections.every(({ ssl }) => ssl), true);
    } finally {
      delete process.env.NODE_EXTRA_CA_CERTS;
      delete process.env.COUNTERSIGN_DATABASE;
      await world?.installation.stop();
    }
  });

  it('are refused with a certificate of somebody else, and with one for another host', async () => {
    match(await refusal(['--database', verified(files.stranger)]), /certificate of PostgreSQL .*sslrootcert/);
    const otherHost = verified(files.authority, database.replace('localhost', '127.0.0.1'));
    match(await refusal(['--database', otherHost]), /is for another host: connect by the name/);
    const nonces = ['--nonces', `rediss://localhost:${redisPort}`];
    match(await refusal(nonces), /certificate is not accepted.*NODE_EXTRA_CA_CERTS/);
    const byAddress = ['--nonces', `rediss://127.0.0.1:${redisPort}`];
    const trusting = { NODE_EXTRA_CA_CERTS: files.authority };
    match(await refusal(byAddress, trusting), /certificate is for another host/);
  });
});
