/** Where Debian and Ubuntu put the programs of PostgreSQL, which no PATH leads to. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGED = '/usr/lib/postgresql';

/** Directory of the newest PostgreSQL's programs; null if there is none. */
export function findPostgres(): string | null {
  if (!existsSync(PACKAGED)) return null;
  const versions = readdirSync(PACKAGED).toSorted((a, b) => Number(b) - Number(a));
  const found = versions
    .map((version) => join(PACKAGED, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
  return found ?? null;
}
