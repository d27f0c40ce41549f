/** What the lists are asked for, by pages and as sheets alike. */
import { z } from 'zod';
import { AUDIT_ACTIONS, type AuditFilter, type TokenFilter, USAGE_DAYS_KEPT } from '../../model/index.ts';
import { listQuery, paging } from './basics.ts';
import { TokenChoice } from './records.ts';

export const ConsumerQuery = listQuery(['name', 'key', 'created', 'used'], 'name');

export const ServiceProviderQuery = listQuery(['name', 'created'], 'name');

export const UserQuery = listQuery(['name', 'created', 'login'], 'name');

export const TokenQuery = listQuery(['created', 'expires', 'used', 'user', 'consumer'], 'created').extend(
  TokenChoice.shape,
);

/** Which tokens are meant. */
export function tokenFilterOf({ user, consumer }: z.infer<typeof TokenChoice>): TokenFilter {
  return {
    ...(user === undefined ? {} : { userName: user }),
    ...(consumer === undefined ? {} : { consumerKey: consumer }),
  };
}

export const AuditQuery = z.strictObject({
  search: z.string().max(200).default(''),
  actor: z.string().optional(),
  action: z.enum(AUDIT_ACTIONS).optional(),
  object: z.string().optional(),
  ...paging,
});

/** Which entries are meant. */
export function auditFilterOf({
  actor,
  action,
  object,
}: Pick<z.infer<typeof AuditQuery>, 'actor' | 'action' | 'object'>): AuditFilter {
  return Object.fromEntries(
    Object.entries({ actor, action, object }).filter(([, value]) => value !== undefined),
  );
}

export const UsageQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(USAGE_DAYS_KEPT).default(30).describe('So many, today included.'),
  consumer: z.string().optional(),
  limit: paging.limit.describe(
    'Consumers to name at most, of all and of each old way: those with the most requests in all counts that are kept. All are in /usage.csv.',
  ),
});
