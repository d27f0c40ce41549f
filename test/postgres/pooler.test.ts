import { deepEqual, equal, match } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { FixedClock, Secret } from '../../src/base/index.ts';
import { StorageUnavailable } from '../../src/model/index.ts';
import { openPostgresDatabase } from '../../src/storage/postgres/index.ts';
import { startPgBouncer } from '../support/pgbouncer.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';

const NOW = 1_800_000_000;

/** Requests under way at the same time, so that connections change hands wherever they may. */
const AT_ONCE = 5;

describe('PgBouncer between a server and PostgreSQL', () => {
  let postgres: PostgresServer;
  let directory: string;
  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'countersign-pooler-'));
    postgres = await startPostgres();
  });
  after(async () => {
    await postgres?.remove();
    rmSync(directory, { recursive: true });
  });

  /** Burns nonces through it; gives what became of each. */
  async function burnThrough(mode: 'session' | 'transaction'): Promise<readonly string[]> {
    const bouncer = await startPgBouncer(postgres, mode);
    const url = new Secret(bouncer.through(await postgres.createDatabase()));
    const data = mkdtempSync(join(directory, mode));
    const database = await openPostgresDatabase({ url, directory: data, clock: new FixedClock(NOW) });
    const outcomes: string[] = [];
    try {
      const nonces = await database.openNonces(300);
      for (let round = 0; round < 20; round += 1) {
        const burns = Array.from({ length: AT_ONCE }, (_, index) =>
          nonces.burn('wiki', 'token', NOW, `n${round}.${index}`),
        );
        outcomes.push(...(await Promise.all(burns)));
      }
      await nonces.close();
    } catch (error) {
      outcomes.push(error instanceof StorageUnavailable ? error.message : String(error));
    } finally {
      await database.storage.close();
      await bouncer.stop();
    }
    return outcomes;
  }

  it('is not noticed in session mode', async () => {
    const outcomes = await burnThrough('session');
    equal(outcomes.length, 20 * AT_ONCE);
    deepEqual([...new Set(outcomes)], ['fresh']);
  });

  it('is refused in transaction mode, with what to do', async () => {
    match((await burnThrough('transaction')).at(-1) ?? '', /several clients: use PgBouncer in session mode/);
  });
});
