/**
 * The address of a Redis or Valkey server, as people write it: `redis://[user:password@]host[:port][/database]`, or
 * `rediss://` for TLS; `valkey://` and `valkeys://` mean the same. The password is never part of what is shown.
 */
import { Secret } from '../../base/index.ts';

const DEFAULT_PORT = 6379;

/** Whether TLS is spoken, by the scheme of the URL. */
const SCHEMES: ReadonlyMap<string, boolean> = new Map([
  ['redis:', false],
  ['rediss:', true],
  ['valkey:', false],
  ['valkeys:', true],
]);

/** Where the server is and how to log in. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly username: string | null;
  readonly password: Secret | null;
  /** Number of the database. */
  readonly database: number;
}

/** Whether this text means an address of Redis at all, well-formed or not. */
export function looksLikeRedisAddress(text: string): boolean {
  return /^(redis|valkey)s?:/i.test(text);
}

/** Reads the address; a text instead says what is wrong with it, and repeats nothing of it. */
export function readRedisAddress(text: string): RedisAddress | string {
  // Of schemes that it does not know, URL keeps the letters of the host as they are; those are read as http is.
  const url = URL.parse(text);
  const isTls = SCHEMES.get(url?.protocol ?? '');
  if (url === null || isTls === undefined || url.hostname === '') {
    return 'must be redis://HOST:PORT or rediss://USER:PASSWORD@HOST:PORT/DATABASE (a password percent-encoded)';
  }
  if (/[?#]/.test(text)) return 'must have no query and no fragment; percent-encode ? and # in a password';
  const database = /^\/?(\d{0,5})$/.exec(url.pathname)?.[1];
  if (database === undefined) return 'must end with the number of a database, such as /0, or with nothing';
  const username = decoded(url.username);
  const password = decoded(url.password);
  if (username === null || password === null) {
    return 'must have its user name and password percent-encoded: a % there is followed by two hex digits';
  }
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? DEFAULT_PORT : Number(url.port),
    isTls,
    username: username === '' ? null : username,
    password: password === '' ? null : new Secret(password),
    database: Number(database),
  };
}

/** The address as it may be shown: without user name and password. */
export function shownRedisAddress({ host, port, isTls, database }: RedisAddress): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `redis${isTls ? 's' : ''}://${name}:${port}/${database}`;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
