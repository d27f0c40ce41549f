/** Removal of a consumer: the record and every token of it go in one transaction; access stops at once. */
import { nowSeconds } from '../base/index.ts';
import { auditEvent, consumerRecord } from './audit-record.ts';
import { findConsumer } from './change-consumer.ts';
import type { AdministrationContext } from './context.ts';
import { refusal } from './mistake.ts';

/**
 * Removes a consumer with all its request and access tokens.
 * @returns how many users lost access
 * @throws {Refused} `not-found`
 */
export async function removeConsumer(
  context: AdministrationContext,
  key: string,
  actor: string,
): Promise<{ readonly usersLosingAccess: number }> {
  const consumer = await findConsumer(context, key);
  const now = nowSeconds(context.clock);
  const usersLosingAccess = await context.storage.consumers.countActiveUsers(key, now);
  const event = auditEvent(context, actor, 'consumer.remove', key, {
    before: { ...consumerRecord(consumer, now), usersLosingAccess },
    after: null,
  });
  if (!(await context.storage.consumers.remove(key, event))) throw refusal('key', 'not-found', { text: key });
  return { usersLosingAccess };
}
