/** The consumers as CSV: what the list and each one's page show of them, never a secret or a part of one. */
import { listConsumers, SHEETS } from '../../../administration/index.ts';
import type { SignedInContext } from '../../../web/index.ts';
import { csvAnswer } from '../csv.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { readConsumerList } from './words.ts';

/** Answers with all that the list's address finds. */
export function consumersCsv({ administration }: AdministrationDependencies, c: SignedInContext): Response {
  const list = readConsumerList(c);
  return csvAnswer('consumers', SHEETS.consumers, (place) =>
    listConsumers(administration, { ...list, ...place }),
  );
}
