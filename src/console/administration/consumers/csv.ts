/** The consumers as CSV: what the list and each one's page show of them, never a secret or a part of one. */
import { type ConsumerRow, listConsumers } from '../../../administration/index.ts';
import type { SignedInContext } from '../../../web/index.ts';
import { type CsvColumns, csvAnswer, csvMoment } from '../csv.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { readConsumerList } from './words.ts';

const COLUMNS: CsvColumns<ConsumerRow> = {
  key: ({ consumer }) => consumer.key,
  name: ({ consumer }) => consumer.name,
  description: ({ consumer }) => consumer.description,
  owner: ({ consumer }) => consumer.owner,
  credential: ({ consumer }) => consumer.credential.kind,
  bits: ({ consumer: { credential } }) => (credential.kind === 'public-key' ? credential.bits : null),
  fingerprint: ({ consumer: { credential } }) =>
    credential.kind === 'public-key' ? credential.fingerprint : null,
  weaknesses: ({ consumer }) => consumer.credential.weaknesses,
  retiring_until: ({ consumer }) => csvMoment(consumer.retiring?.validUntil ?? null),
  callback: ({ consumer }) => consumer.callback,
  read_only: ({ consumer }) => consumer.limits.readOnly,
  paths: ({ consumer }) => consumer.limits.paths,
  two_legged: ({ consumer }) => consumer.twoLegged.allowed,
  execute_as: ({ consumer }) => consumer.twoLegged.executeAs,
  may_impersonate: ({ consumer }) => consumer.twoLegged.mayImpersonate,
  legacy_10: ({ consumer }) => consumer.legacy10,
  allow_plaintext: ({ consumer }) => consumer.allowPlaintext,
  base_url: ({ consumer }) => consumer.baseUrl,
  active_users: ({ activeUsers }) => activeUsers,
  last_used: ({ lastUsedAt }) => csvMoment(lastUsedAt),
  created: ({ consumer }) => csvMoment(consumer.createdAt),
  updated: ({ consumer }) => csvMoment(consumer.updatedAt),
};

/** Answers with all that the list's address finds. */
export function consumersCsv({ administration }: AdministrationDependencies, c: SignedInContext): Response {
  const list = readConsumerList(c);
  return csvAnswer('consumers', COLUMNS, (place) => listConsumers(administration, { ...list, ...place }));
}
