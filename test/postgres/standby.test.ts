/** A real hot standby takes the place of a PostgreSQL that was killed: nothing that was acknowledged is lost. */
import { equal } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type CuttingProxy, startCuttingProxy } from '../support/cutting-proxy.ts';
import { type GrantedInstallation, send, startGrantedInstallation } from '../support/granted-installation.ts';
import type { TokenPair } from '../support/oauth-consumer.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { type Standby, startStandby } from '../support/postgres-standby.ts';

describe('a server whose PostgreSQL has a standby', () => {
  let primary: PostgresServer;
  let standby: Standby;
  /** Stands for the address that follows the primary. */
  let address: CuttingProxy;
  let world: GrantedInstallation;
  before(async () => {
    primary = await startPostgres();
    standby = await startStandby(primary);
    address = await startCuttingProxy(primary.port);
    const url = new URL(await primary.createDatabase());
    url.port = String(address.port);
    process.env.COUNTERSIGN_DATABASE = url.href;
    world = await startGrantedInstallation(['--nonces', 'database']);
  });
  after(async () => {
    delete process.env.COUNTERSIGN_DATABASE;
    await world?.installation.stop();
    await address?.close();
    await standby?.stop();
    await primary?.remove();
  });

  const signed = (token: TokenPair) => world.sign('GET', '/oauth/whoami', token);
  const statusOf = async (token: TokenPair) => (await send(signed(token))).status;

  it('asks it for nothing before it is promoted, and finds everything there afterwards', async () => {
    const revoked = await world.grant();
    await world.alice.revoke('Wiki');
    const live = await world.grant();
    const accepted = signed(live);
    equal((await send(accepted)).status, 200);
    await primary.stop('SIGKILL');
    address.leadTo(standby.port);
    // What still went to the killed one is told of in other words.
    const isTold = /is a standby, which may be behind: name the primary/;
    do equal(await statusOf(live), 503);
    while (!isTold.test(world.installation.output()));
    await standby.promote();
    while ((await statusOf(live)) === 503);
    equal(await statusOf(live), 200);
    equal(await statusOf(revoked), 401);
    equal((await send(accepted)).status, 401);
    equal(await statusOf(await world.grant()), 200);
  });
});
