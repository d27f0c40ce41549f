/** Schemas of the history of one object. */
import { z } from 'zod';
import { pageOf, paging } from './basics.ts';
import { AuditEntry } from './records.ts';

const SettingValue = z.union([z.string(), z.boolean(), z.array(z.string())]);

const HistoryEntry = AuditEntry.extend({
  differences: z
    .array(z.strictObject({ field: z.string(), now: SettingValue, earlier: SettingValue }))
    .describe('What the settings were right after it, where they differ from what is in force.'),
}).meta({ id: 'HistoryEntry' });

export const HistoryPage = pageOf(HistoryEntry);

export const HistoryQuery = z.strictObject(paging);

export const Restoration = z.strictObject({
  entry: z.int().describe('Id of the entry after which the settings were as they shall be.'),
  reason: z.string().optional().describe('Why, for the audit log.'),
  endsConnections: z.boolean().optional().describe('Service providers: users may be made to connect again.'),
});
