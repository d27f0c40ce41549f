/** How the database server is: whether it keeps what it promises through a power cut, and whether others can listen. Reads only. */
import { sql } from 'kysely';
import type { DatabaseHealth, Queries } from '../sql/index.ts';
import type { PostgresAddress } from './address.ts';

interface ServerFacts {
  readonly version: string;
  readonly fsync: string;
  readonly full_page_writes: string;
  readonly synchronous_commit: string;
}

/** Asks the server. */
export async function serverHealth(db: Queries, address: PostgresAddress): Promise<DatabaseHealth> {
  const { rows } = await sql<ServerFacts>`select current_setting('server_version') as version,
    current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
    current_setting('synchronous_commit') as synchronous_commit`.execute(db);
  const facts = rows[0]!;
  const version = facts.version.split(' ')[0] ?? '';
  return {
    product: `PostgreSQL ${version}`,
    assurance: `primary, every commit flushed (synchronous_commit ${facts.synchronous_commit}), ${
      address.tls === false ? 'not encrypted on the way' : 'encrypted on the way'
    }`,
    faults: [...durability(facts), ...privacy(address)],
  };
}

function durability(facts: ServerFacts): DatabaseHealth['faults'] {
  return (['fsync', 'full_page_writes'] as const)
    .filter((name) => facts[name] === 'off')
    .map((name) => ({
      finding: `the server runs with ${name} = off: a power cut can undo a revocation`,
      advice: `Set ${name} = on in postgresql.conf, and restart the server.`,
    }));
}

function privacy({ host, tls }: PostgresAddress): DatabaseHealth['faults'] {
  if (tls !== false || host.startsWith('/') || /^(localhost|127\.[\d.]+|::1)$/.test(host)) return [];
  return [
    {
      finding: `the connection to ${host} is not encrypted`,
      advice: 'Add ?sslmode=verify-full to --database.',
    },
  ];
}
