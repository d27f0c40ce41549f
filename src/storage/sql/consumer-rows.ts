/** Consumers as rows. A secret's place is its consumer's key, so it opens in no other consumer's row. */
import type { SchemaModule } from 'kysely';
import {
  type Consumer,
  type ConsumerCredential,
  type RetiringCredential,
  userNameKey,
} from '../../model/index.ts';
import type { Sealer } from '../sealing/index.ts';
import { searchText } from './lists/search.ts';
import { baseKey } from './provider-bonds.ts';
import { type ConsumerRow, flag } from './schema/schema.ts';

/** The step of the schema that gave consumers an owner; whoever owns one may go, the consumer stays. */
export async function addOwner({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .alterTable('consumers')
    .addColumn('owner_key', 'text', (c) => c.references('users.name_key').onDelete('set null'))
    .execute();
  await schema.alterTable('consumers').addColumn('owner_name', 'text').execute();
  await schema.createIndex('consumers_by_owner').on('consumers').column('owner_key').execute();
}

export function consumerToRow(consumer: Consumer, sealer: Sealer): ConsumerRow {
  const current = credentialColumns(consumer.credential, consumer.key, 'secret', sealer);
  const retiring =
    consumer.retiring === null
      ? { kind: null, publicKey: null, certificate: null, secret: null }
      : credentialColumns(consumer.retiring.credential, consumer.key, 'retiring_secret', sealer);
  return {
    consumer_key: consumer.key,
    name: consumer.name,
    sort_name: consumer.name.toLowerCase(),
    search_text: searchText(consumer.key, consumer.name, consumer.description),
    description: consumer.description,
    credential_kind: current.kind,
    public_key: current.publicKey,
    certificate: current.certificate,
    secret: current.secret,
    retiring_kind: retiring.kind,
    retiring_public_key: retiring.publicKey,
    retiring_certificate: retiring.certificate,
    retiring_secret: retiring.secret,
    retiring_until: consumer.retiring?.validUntil ?? null,
    callback: consumer.callback,
    legacy10: flag(consumer.legacy10),
    allow_plaintext: flag(consumer.allowPlaintext),
    two_legged: flag(consumer.twoLegged.allowed),
    execute_as: consumer.twoLegged.executeAs,
    may_impersonate: flag(consumer.twoLegged.mayImpersonate),
    read_only: flag(consumer.limits.readOnly),
    paths: JSON.stringify(consumer.limits.paths),
    base_url: consumer.baseUrl,
    owner_key: consumer.owner === null ? null : userNameKey(consumer.owner),
    owner_name: consumer.owner,
    base_key: baseKey(consumer.baseUrl),
    created_at: consumer.createdAt,
    updated_at: consumer.updatedAt,
  };
}

export function consumerFromRow(row: ConsumerRow, sealer: Sealer): Consumer {
  return {
    key: row.consumer_key,
    name: row.name,
    description: row.description,
    credential: credentialFrom(
      {
        kind: row.credential_kind,
        publicKey: row.public_key,
        certificate: row.certificate,
        secret: row.secret,
      },
      row.consumer_key,
      'secret',
      sealer,
    ),
    retiring: retiringFrom(row, sealer),
    callback: row.callback,
    legacy10: row.legacy10 === 1,
    allowPlaintext: row.allow_plaintext === 1,
    twoLegged: {
      allowed: row.two_legged === 1,
      executeAs: row.execute_as,
      mayImpersonate: row.may_impersonate === 1,
    },
    limits: { readOnly: row.read_only === 1, paths: JSON.parse(row.paths) as string[] },
    owner: row.owner_key === null ? null : row.owner_name,
    baseUrl: row.base_url,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

interface CredentialColumns {
  readonly kind: 'public-key' | 'shared-secret';
  readonly publicKey: string | null;
  readonly certificate: string | null;
  readonly secret: string | null;
}

function credentialColumns(
  credential: ConsumerCredential,
  consumerKey: string,
  column: string,
  sealer: Sealer,
): CredentialColumns {
  if (credential.kind === 'public-key') {
    return {
      kind: credential.kind,
      publicKey: credential.spki,
      certificate: credential.certificate,
      secret: null,
    };
  }
  const secret = sealer.seal(credential.secret, { table: 'consumers', row: consumerKey, column });
  return { kind: credential.kind, publicKey: null, certificate: null, secret };
}

function credentialFrom(
  columns: CredentialColumns,
  consumerKey: string,
  column: string,
  sealer: Sealer,
): ConsumerCredential {
  if (columns.kind === 'public-key') {
    return { kind: 'public-key', spki: columns.publicKey ?? '', certificate: columns.certificate };
  }
  const secret = sealer.open(columns.secret ?? '', { table: 'consumers', row: consumerKey, column });
  return { kind: 'shared-secret', secret };
}

function retiringFrom(row: ConsumerRow, sealer: Sealer): RetiringCredential | null {
  if (row.retiring_kind === null || row.retiring_until === null) return null;
  const columns: CredentialColumns = {
    kind: row.retiring_kind,
    publicKey: row.retiring_public_key,
    certificate: row.retiring_certificate,
    secret: row.retiring_secret,
  };
  return {
    credential: credentialFrom(columns, row.consumer_key, 'retiring_secret', sealer),
    validUntil: row.retiring_until,
  };
}
