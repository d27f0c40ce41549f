/**
 * A published promise, against the real program: an acknowledged revocation survives that PostgreSQL, where it was
 * written, is killed the moment it was acknowledged.
 */
import { after, before, describe, it } from 'node:test';
import { type GrantedInstallation, startGrantedInstallation } from '../support/granted-installation.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { killAtAcknowledgements } from './killed-revocations.ts';
import { tallyOf } from './promise.ts';

describe('an acknowledged revocation in PostgreSQL', () => {
  const tallies = {
    kills: tallyOf(1, 'PostgreSQL killed at the moment of an acknowledgement', 'PostgreSQL'),
    revocations: tallyOf(1, 'acknowledged revocations looked for after all of these kills', 'PostgreSQL'),
  };
  let postgres: PostgresServer;
  let world: GrantedInstallation;
  before(async () => {
    postgres = await startPostgres({ fsync: 'on' });
    process.env.COUNTERSIGN_DATABASE = await postgres.createDatabase();
    world = await startGrantedInstallation(['--nonces', 'database']);
  });
  after(async () => {
    delete process.env.COUNTERSIGN_DATABASE;
    await world?.installation.stop();
    await postgres?.remove();
  });

  it('survives a kill of the database', async () => {
    const kill = async () => {
      await postgres.stop('SIGKILL');
      await postgres.start();
    };
    await killAtAcknowledgements(world, kill, { usually: 4, long: 500, promised: 500 }, tallies);
  });
});
