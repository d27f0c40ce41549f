/** Connections and pending ones as rows. A secret's place is its connection's id, or its request token's hash. */
import { type Connection, type PendingConnection, userNameKey } from '../../model/index.ts';
import type { Sealer } from '../sealing/index.ts';
import type { ConnectionRow, PendingConnectionRow } from './schema/schema.ts';

type SealedColumn = 'token' | 'secret' | 'session_handle';

const placeOf = (id: string, column: SealedColumn) => ({ table: 'connections', row: id, column });

const pendingPlace = (hash: string) => ({ table: 'pending_connections', row: hash, column: 'secret' });

export function connectionToRow(
  connection: Connection,
  sealer: Sealer,
): Omit<ConnectionRow, 'renewing_until'> {
  const { id, sessionHandle } = connection;
  return {
    id,
    user_key: userNameKey(connection.userName),
    user_name: connection.userName,
    provider_name: connection.providerName,
    gadget_url: connection.gadgetUrl ?? '',
    audience: connection.audience,
    consumer_key: connection.consumerKey,
    token: sealer.seal(connection.token, placeOf(id, 'token')),
    secret: sealer.seal(connection.secret, placeOf(id, 'secret')),
    session_handle: sessionHandle === null ? null : sealer.seal(sessionHandle, placeOf(id, 'session_handle')),
    account_label: connection.accountLabel,
    expires_at: connection.expiresAt,
    session_expires_at: connection.sessionExpiresAt,
    state: connection.state,
    problem: connection.problem,
    version: connection.version,
    created_at: connection.createdAt,
    renewed_at: connection.renewedAt,
    last_used_at: connection.lastUsedAt,
  };
}

export function connectionFromRow(row: ConnectionRow, sealer: Sealer): Connection {
  const handle = row.session_handle;
  return {
    id: row.id,
    userName: row.user_name,
    providerName: row.provider_name,
    gadgetUrl: row.gadget_url === '' ? null : row.gadget_url,
    audience: row.audience,
    consumerKey: row.consumer_key,
    token: sealer.open(row.token, placeOf(row.id, 'token')),
    secret: sealer.open(row.secret, placeOf(row.id, 'secret')),
    sessionHandle: handle === null ? null : sealer.open(handle, placeOf(row.id, 'session_handle')),
    accountLabel: row.account_label,
    expiresAt: row.expires_at,
    sessionExpiresAt: row.session_expires_at,
    state: row.state,
    problem: row.problem,
    version: row.version,
    createdAt: row.created_at,
    renewedAt: row.renewed_at,
    lastUsedAt: row.last_used_at,
  };
}

export function pendingToRow(pending: PendingConnection, sealer: Sealer): PendingConnectionRow {
  return {
    hash: pending.hash,
    secret: sealer.seal(pending.secret, pendingPlace(pending.hash)),
    provider_name: pending.providerName,
    user_key: userNameKey(pending.userName),
    user_name: pending.userName,
    session_hash: pending.sessionHash,
    audience: pending.audience,
    gadget_url: pending.gadgetUrl,
    return_to: pending.returnTo,
    created_at: pending.createdAt,
    expires_at: pending.expiresAt,
  };
}

export function pendingFromRow(row: PendingConnectionRow, sealer: Sealer): PendingConnection {
  return {
    hash: row.hash,
    secret: sealer.open(row.secret, pendingPlace(row.hash)),
    providerName: row.provider_name,
    userName: row.user_name,
    sessionHash: row.session_hash,
    audience: row.audience,
    gadgetUrl: row.gadget_url,
    returnTo: row.return_to,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
