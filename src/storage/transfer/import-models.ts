/** Merges records that were made by this program, of what another one kept. */
import { createHash } from 'node:crypto';
import type { RandomSource } from '../../base/index.ts';
import type { AccessToken, Consumer, User } from '../../model/index.ts';
import { accessTokenToRow, consumerToRow, userToRow } from '../sql/index.ts';
import { newFileSecrets } from './file-secrets.ts';
import { type MergeOptions, type MergeReport, mergeSource } from './import-file.ts';
import type { Kept } from './kept.ts';
import type { FoundRecord } from './read-file.ts';
import type { Row } from './record-type.ts';
import { RECORD_TYPES } from './record-types.ts';

/** Records to merge; owners are added before what they own. */
export interface ModelRecords {
  readonly users: readonly User[];
  readonly consumers: readonly Consumer[];
  readonly tokens: readonly AccessToken[];
}

/** Merges them. */
export function importModels(
  kept: Kept,
  { users, consumers, tokens }: ModelRecords,
  options: MergeOptions & { readonly random: RandomSource },
): Promise<MergeReport> {
  const { sealer } = kept;
  const records = [
    ...users.map((user) => record('user', userToRow(user))),
    ...consumers.map((consumer) => record('consumer', consumerToRow(consumer, sealer))),
    ...tokens.map((token) => record('access-token', accessTokenToRow(token, sealer))),
  ].map((one, index): FoundRecord => ({ ...one, line: index + 1 }));
  const names = [
    ...users.map(({ name }) => name),
    ...consumers.map(({ key }) => key),
    ...tokens.map(({ hash }) => hash),
  ];
  const source = {
    async *records() {
      yield* records;
    },
    total: records.length,
    name: createHash('sha256').update(JSON.stringify(names)).digest('hex'),
  };
  return mergeSource(kept, source, newFileSecrets('sealed', sealer, options.random, null), options, []);
}

function record(name: string, row: object): Omit<FoundRecord, 'line'> {
  return { type: RECORD_TYPES.find(({ type }) => type === name)!, row: row as Row };
}
