/**
 * What errors of PostgreSQL and of the way to it mean. Trouble that passes becomes `StorageUnavailable`; a transaction
 * that was undone for the sake of another one may be done again; a COMMIT without an answer is nothing certain; mistakes
 * in a statement stay what they are. No sentence carries a password: the library's own texts are not repeated where
 * they could.
 */
import pg from 'pg';
import { StorageUnavailable } from '../../model/index.ts';
import { CommitUnknown, TransactionUndone } from '../sql/index.ts';
import { type PostgresAddress, shownAddress } from './address.ts';

/** Classes of SQLSTATE that tell of trouble with the server, not with the statement. @see PostgreSQL, appendix A */
const TROUBLES: readonly (readonly [state: RegExp, sentence: string])[] = [
  [/^53100/, 'the database server’s disk is full'],
  [/^53300/, 'the database server has no connection left'],
  [/^53/, 'the database server is out of resources'],
  [/^57014|^55P03/, 'the database took too long'],
  [/^57P03/, 'the database server is starting or stopping'],
  [/^57P|^08/, 'the connection to the database was ended'],
  [/^25006/, 'the database is read-only'],
  [/^58/, 'the database server reports an input/output error'],
  [/^28/, 'the database refused the login'],
  [/^3D000/, 'the database does not exist any more'],
  [/^XX001|^XX002/, 'the database is damaged'],
  [
    /^42P05|^26000/,
    'something between us and PostgreSQL lends a connection to several clients: use PgBouncer in session mode',
  ],
];

/** After these the connection is of no use, or leads to a server that must not be asked any more. */
const ENDS_CONNECTION = /^57P|^08|^25006|^XX/;

const UNDONE = /^40001|^40P01/;

/** The error as callers should see it. @param statement what was sent */
export function asTrouble(error: unknown, statement = ''): unknown {
  if (!(error instanceof Error) || error instanceof StorageUnavailable) return error;
  if (!(error instanceof pg.DatabaseError)) {
    if (error instanceof TypeError || error instanceof RangeError) return error;
    return statement === 'commit'
      ? new CommitUnknown('the connection to the database was lost during a commit', { cause: error })
      : new StorageUnavailable('the database does not answer', { cause: error });
  }
  const state = error.code ?? '';
  if (UNDONE.test(state))
    return new TransactionUndone('another transaction was in the way', { cause: error });
  const [, sentence] = TROUBLES.find(([pattern]) => pattern.test(state)) ?? [];
  if (sentence === undefined) return error;
  if (statement === 'commit' && ENDS_CONNECTION.test(state))
    return new CommitUnknown(sentence, { cause: error });
  return new StorageUnavailable(sentence, { cause: error });
}

/** Whether a connection that gave this error has to be closed. */
export function endsConnection(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || ENDS_CONNECTION.test(error.code ?? '');
}

/** Why the first connection could not be made, and what to do. */
export function whyNotOpened(error: unknown, address: PostgresAddress): unknown {
  const sentence = error instanceof Error ? openingSentence(error, address) : undefined;
  if (sentence === undefined) return asTrouble(error);
  return new StorageUnavailable(sentence, { cause: error });
}

/** Why tables of another program's database could not be read, and what to do. */
export function whyNotRead(error: unknown, address: PostgresAddress): unknown {
  const code = error instanceof pg.DatabaseError ? error.code : undefined;
  if (code === '3D000')
    return new StorageUnavailable(`PostgreSQL has no database ${shownAddress(address)}: correct the URL`);
  if (code === '42501') {
    return new StorageUnavailable(
      `${userOf(address)} may not read a table in ${shownAddress(address)} (${(error as Error).message}): ` +
        'have its owner GRANT SELECT on it',
    );
  }
  const sentence = error instanceof Error ? connectingSentence(error, address, 'the URL') : undefined;
  return sentence === undefined ? asTrouble(error) : new StorageUnavailable(sentence, { cause: error });
}

const userOf = ({ user }: PostgresAddress): string => user ?? 'this process’s user';

function openingSentence(error: Error, address: PostgresAddress): string | undefined {
  const where = shownAddress(address);
  const user = userOf(address);
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === '3D000') {
    return `PostgreSQL has no database ${where}: create it with "createdb -E UTF8 -O ${user} ${address.database}"`;
  }
  if (code === '42501') {
    return `${user} may not make tables in ${where}: make it the owner of the database`;
  }
  return connectingSentence(error, address, '--database');
}

/** @param named where the person wrote the address */
function connectingSentence(error: Error, address: PostgresAddress, named: string): string | undefined {
  const where = shownAddress(address);
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === '28P01' || code === '28000') {
    return `PostgreSQL at ${where} refused the login of ${userOf(address)}: check user and password in ${named}, and pg_hba.conf there`;
  }
  if (/^(ECONNREFUSED|ENOENT)$/.test(code)) {
    return `no PostgreSQL answers at ${where}: start it, or correct host and port in ${named}`;
  }
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(code)) {
    return `the host of ${where} is not known: correct it in ${named}`;
  }
  if (/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/.test(code) || /timeout/i.test(error.message)) {
    return `PostgreSQL at ${where} does not answer in time: is it running, and does a firewall let us through?`;
  }
  if (/does not support SSL/.test(error.message)) {
    return `PostgreSQL at ${where} speaks no TLS: switch it on there, or use sslmode=disable on a network you trust`;
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `the certificate of PostgreSQL at ${where} is for another host: connect by the name that it is for, or use sslmode=verify-ca`;
  }
  if (/CERT|SELF_SIGNED|ISSUER|LEAF_SIGNATURE/.test(code)) {
    return `the certificate of PostgreSQL at ${where} is not accepted (${code}): name its authority with sslrootcert=FILE`;
  }
  return undefined;
}
