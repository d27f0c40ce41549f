/**
 * The history of a consumer or a service provider: what the audit log knows of it since it was added, and how its
 * settings differed after each change. Earlier settings are found by undoing the changes since, field by field, from
 * what is in force; so nothing is kept twice, and what the log never holds (keys, secrets, tokens) cannot be part of it.
 */
import type { AuditAction, RecordedAuditEvent } from '../model/index.ts';
import type { AdministrationContext } from './context.ts';
import { refusal } from './mistake.ts';

/** Settings of a record by the names of its form's fields; texts, ticks and lists. */
export type Settings = Readonly<Record<string, SettingValue>>;

type SettingValue = string | boolean | readonly string[];

/** A setting that was another once. */
export interface SettingDifference {
  readonly field: string;
  readonly now: SettingValue;
  readonly earlier: SettingValue;
}

/** An entry of the log about the record. */
export interface HistoryEntry extends RecordedAuditEvent {
  /** What the settings were right after it, where they differ from what is in force. */
  readonly differences: readonly SettingDifference[];
}

/** A record whose history is read. */
export interface HistorySubject {
  /** What the log calls it. */
  readonly object: string;
  readonly actions: readonly AuditAction[];
  /** What is in force, of all that can be restored. */
  readonly settings: Settings;
  /** The log's name of a field, where it has another one there. */
  readonly loggedAs: Readonly<Record<string, string>>;
}

const BATCH = 200;

/** The longest history that is read; older changes are in the audit log only. */
const LONGEST = 2000;

/** The history, newest first: from now back to when the record was added, also under the names that it had before. */
export async function readHistory(
  context: AdministrationContext,
  subject: HistorySubject,
): Promise<readonly HistoryEntry[]> {
  let settings = subject.settings;
  const history: HistoryEntry[] = [];
  for await (const entry of entriesOf(context, subject)) {
    history.push({ ...entry, differences: differencesOf(subject.settings, settings) });
    settings = undone(settings, entry, subject.loggedAs);
    if (history.length === LONGEST) break;
  }
  return history;
}

/** The entry of that id. @throws {Refused} `not-found` when it is none of them */
export function entryOf(history: readonly HistoryEntry[], id: number): HistoryEntry {
  const entry = history.find((one) => one.id === id);
  if (entry === undefined) throw refusal('entry', 'not-found', { text: String(id) });
  return entry;
}

/** What has to be set to be where the entry was. @throws {Refused} `in-force-already` when that is nothing */
export function settingsToRestore(entry: HistoryEntry): Settings {
  if (entry.differences.length === 0) throw refusal('entry', 'in-force-already', { text: String(entry.id) });
  return Object.fromEntries(entry.differences.map(({ field, earlier }) => [field, earlier]));
}

async function* entriesOf(
  { storage }: AdministrationContext,
  subject: HistorySubject,
): AsyncGenerator<RecordedAuditEvent> {
  let { object } = subject;
  let olderThan: number | undefined;
  while (true) {
    const filter = { object, actions: subject.actions, ...(olderThan !== undefined && { olderThan }) };
    const { rows } = await storage.audit.list(filter, { search: '', offset: 0, limit: BATCH });
    if (rows.length === 0) return;
    for (const row of rows) {
      olderThan = row.id;
      if (!isOf(row, object)) continue;
      yield row;
      if (row.action.endsWith('.add')) return;
      const former = formerName(row);
      if (former === null) continue;
      object = former;
      break;
    }
  }
}

/** Tokens may have been revoked of a user who is called like the consumer. */
function isOf({ action, before }: RecordedAuditEvent, object: string): boolean {
  return action !== 'token.revoke' || before?.consumer === object;
}

/** The name of a service provider before this entry, when the entry is about a change of it. */
function formerName({ action, before }: RecordedAuditEvent): string | null {
  return action === 'service-provider.edit' && typeof before?.name === 'string' ? before.name : null;
}

function undone(
  settings: Settings,
  { before, after }: RecordedAuditEvent,
  loggedAs: HistorySubject['loggedAs'],
) {
  if (before === null || after === null) return settings;
  const earlier = Object.entries(settings).map(([field, value]) => {
    const logged = loggedAs[field] ?? field;
    return [field, Object.hasOwn(before, logged) ? logValue(before[logged], value) : value] as const;
  });
  return Object.fromEntries(earlier);
}

/** A value of the log as the form has it; what is of no such kind was not written here, and is passed over. */
function logValue(logged: unknown, like: SettingValue): SettingValue {
  if (typeof like === 'boolean') return typeof logged === 'boolean' ? logged : like;
  if (typeof like === 'string') return typeof logged === 'string' ? logged : logged === null ? '' : like;
  return Array.isArray(logged) && logged.every((one) => typeof one === 'string') ? logged : like;
}

function differencesOf(present: Settings, earlier: Settings): readonly SettingDifference[] {
  return Object.entries(present)
    .map(([field, now]) => ({ field, now, earlier: earlier[field] ?? now }))
    .filter(({ now, earlier }) => JSON.stringify(now) !== JSON.stringify(earlier));
}
