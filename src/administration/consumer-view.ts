/** Consumers as they are shown: the record without any secret, with what can be told about its credential. */
import { nowSeconds } from '../base/index.ts';
import type { Consumer, ConsumerSummary, ListQuery, Page } from '../model/index.ts';
import type { AdministrationContext } from './context.ts';
import { type CredentialFacts, credentialFacts } from './credential-facts.ts';

/** A consumer without its credential, which is described instead. Fit for JSON. */
export interface ConsumerView extends Omit<Consumer, 'credential' | 'retiring'> {
  readonly credential: CredentialFacts;
  readonly retiring: { readonly credential: CredentialFacts; readonly validUntil: number } | null;
}

/** A row of the list of consumers. */
export interface ConsumerRow extends Omit<ConsumerSummary, 'consumer'> {
  readonly consumer: ConsumerView;
}

/** What may be shown of a consumer. @param now seconds since 1970 */
export function consumerView(consumer: Consumer, now: number): ConsumerView {
  const { credential, retiring, ...open } = consumer;
  return {
    ...open,
    credential: credentialFacts(credential, now),
    retiring: retiring && {
      credential: credentialFacts(retiring.credential, now),
      validUntil: retiring.validUntil,
    },
  };
}

/** A page of the list of consumers. */
export async function listConsumers(
  context: AdministrationContext,
  query: ListQuery<'name' | 'key' | 'created' | 'used'>,
): Promise<Page<ConsumerRow>> {
  const now = nowSeconds(context.clock);
  const { rows, ...around } = await context.storage.consumers.list(query);
  return { ...around, rows: rows.map((row) => ({ ...row, consumer: consumerView(row.consumer, now) })) };
}
