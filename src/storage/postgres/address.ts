/**
 * Reads the URL of a PostgreSQL server: `postgres://user:password@host:port/database?sslmode=verify-full`. Every part
 * is either understood or refused: a parameter that is skipped could be the one that was to protect the connection.
 * The URL holds a password, so no sentence about it repeats it.
 */
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { Secret } from '../../base/index.ts';
import { StorageUnavailable } from '../../model/index.ts';

/** Where a server is and how it is talked to. */
export interface PostgresAddress {
  /** Host name or address, or the directory of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** Undefined: the name of this process's user, as PostgreSQL's own programs do. */
  readonly user: string | undefined;
  readonly password: Secret | undefined;
  /** False: the connection is not encrypted. */
  readonly tls: ConnectionOptions | false;
}

const PARAMETERS = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'host', 'port'];

/** @throws {StorageUnavailable} saying what is wrong with it */
export function readPostgresUrl(url: Secret): PostgresAddress {
  // A host may be left out in favour of a socket's directory, which WHATWG's URL allows only without a user.
  const text = url.reveal().replace(/@(?=[/?]|$)/, '@localhost');
  const parsed = URL.parse(text);
  if (parsed === null || !/^postgres(ql)?:$/.test(parsed.protocol)) throw refused('it is not a URL');
  for (const name of parsed.searchParams.keys()) {
    if (!PARAMETERS.includes(name))
      throw refused(`"${name}" is not known; it may have ${PARAMETERS.join(', ')}`);
  }
  const parameter = (name: string) => parsed.searchParams.get(name) ?? undefined;
  const database = decoded(parsed.pathname.slice(1));
  if (database === '' || database.includes('/')) throw refused('it must end with the name of a database');
  const port = Number(parameter('port') ?? (parsed.port || 5432));
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw refused('its port is no number from 1 to 65535');
  return {
    host: parameter('host') ?? (decoded(parsed.hostname).replace(/^\[(.*)\]$/, '$1') || 'localhost'),
    port,
    database,
    user: decoded(parsed.username) || undefined,
    password: parsed.password === '' ? undefined : new Secret(decoded(parsed.password)),
    tls: readTls(parameter),
  };
}

/** `host:port/database`, as it may be shown. */
export function shownAddress({ host, port, database }: PostgresAddress): string {
  return host.startsWith('/') ? `${host} (port ${port})/${database}` : `${host}:${port}/${database}`;
}

function readTls(parameter: (name: string) => string | undefined): ConnectionOptions | false {
  const mode = parameter('sslmode') ?? 'disable';
  const files = { ca: parameter('sslrootcert'), cert: parameter('sslcert'), key: parameter('sslkey') };
  if (mode === 'disable') {
    if (Object.values(files).some((file) => file !== undefined))
      throw refused('it names certificates but no sslmode; add sslmode=verify-full');
    return false;
  }
  const options: ConnectionOptions = Object.fromEntries(
    Object.entries(files).flatMap(([name, file]) =>
      file === undefined || file === 'system' ? [] : [[name, contentOf(file)]],
    ),
  );
  switch (mode) {
    case 'verify-full':
      return options;
    case 'verify-ca':
      if (options.ca === undefined)
        throw refused('sslmode=verify-ca needs sslrootcert, the file of that authority');
      return { ...options, checkServerIdentity: () => undefined };
    case 'require':
      return { ...options, rejectUnauthorized: false };
    default:
      throw refused('sslmode must be disable, require, verify-ca or verify-full');
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw refused(`${file} cannot be read (${(cause as NodeJS.ErrnoException).code})`);
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw refused('a "%" in it is not followed by two hexadecimal digits; write a "%" itself as %25');
  }
}

function refused(reason: string): StorageUnavailable {
  return new StorageUnavailable(
    `the URL of the database cannot be used: ${reason}. Write postgres://USER:PASSWORD@HOST:5432/DATABASE, with ` +
      'characters such as @, / and # of the password percent-encoded.',
  );
}
