/** Request tokens and access tokens as rows. A secret's place is its token's hash. */
import { type AccessToken, type RequestToken, userNameKey } from '../../model/index.ts';
import type { Sealer } from '../sealing/index.ts';
import type { AccessTokenRow, RequestTokenRow } from './schema/schema.ts';

export function requestTokenToRow(token: RequestToken, sealer: Sealer): RequestTokenRow {
  return {
    hash: token.hash,
    secret: sealer.seal(token.secret, { table: 'request_tokens', row: token.hash, column: 'secret' }),
    consumer_key: token.consumerKey,
    state: token.state,
    version: token.version,
    callback: token.callback,
    user_key: token.userName === null ? null : userNameKey(token.userName),
    user_name: token.userName,
    verifier_hash: token.verifierHash,
    failed_verifiers: token.failedVerifiers,
    gadget_url: token.gadgetUrl,
    created_at: token.createdAt,
    expires_at: token.expiresAt,
  };
}

export function requestTokenFromRow(row: RequestTokenRow, sealer: Sealer): RequestToken {
  return {
    hash: row.hash,
    secret: sealer.open(row.secret, { table: 'request_tokens', row: row.hash, column: 'secret' }),
    consumerKey: row.consumer_key,
    state: row.state,
    version: row.version,
    callback: row.callback,
    userName: row.user_name,
    verifierHash: row.verifier_hash,
    failedVerifiers: row.failed_verifiers,
    gadgetUrl: row.gadget_url,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

export function accessTokenToRow(token: AccessToken, sealer: Sealer): AccessTokenRow {
  return {
    hash: token.hash,
    id: token.id,
    secret: sealer.seal(token.secret, { table: 'access_tokens', row: token.hash, column: 'secret' }),
    consumer_key: token.consumerKey,
    user_key: userNameKey(token.userName),
    user_name: token.userName,
    gadget_url: token.gadgetUrl,
    session_handle_hash: token.sessionHandleHash,
    created_at: token.createdAt,
    expires_at: token.expiresAt,
    session_expires_at: token.sessionExpiresAt,
    revoked_at: token.revokedAt,
    last_used_at: token.lastUsedAt,
  };
}

export function accessTokenFromRow(row: AccessTokenRow, sealer: Sealer): AccessToken {
  return {
    id: row.id,
    hash: row.hash,
    secret: sealer.open(row.secret, { table: 'access_tokens', row: row.hash, column: 'secret' }),
    consumerKey: row.consumer_key,
    userName: row.user_name,
    gadgetUrl: row.gadget_url,
    sessionHandleHash: row.session_handle_hash,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    sessionExpiresAt: row.session_expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
  };
}
