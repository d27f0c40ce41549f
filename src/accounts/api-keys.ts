/**
 * Keys with which a user's own programs make signed requests through this installation. A key is shown once, to the
 * user who made it, and only its digest is kept; it is for one thing, requests to service providers or the REST API of
 * the administration, and opens nothing else here: no page, no other key. It ends with its date, its user, or when it is revoked, at once in each case.
 */
import {
  type Clock,
  nowSeconds,
  type RandomSource,
  randomAlphanumeric,
  Secret,
  sha256Hex,
} from '../base/index.ts';
import type {
  ApiKey,
  ApiScope,
  AuditAction,
  AuditEvent,
  ServiceProvider,
  Storage,
  User,
} from '../model/index.ts';
import { isPrintable } from './account-rules.ts';
import { type AccountMistake, AccountRefused, API_KEY_LABEL_LENGTH, refuseMistakes } from './mistakes.ts';

/** What the use cases about keys need handed in. */
export interface ApiKeysContext {
  readonly storage: Pick<Storage, 'apiKeys' | 'users' | 'serviceProviders'>;
  readonly clock: Clock;
  readonly random: RandomSource;
}

/** A key to make. */
export interface NewApiKey {
  readonly userName: string;
  /** Tells it from the user's other keys. */
  readonly label: string;
  /** Last day on which it works, in UTC (`2026-12-31`); '' for none. */
  readonly lastDay: string;
  /** What it is for; keys for the administration are made by administrators only. @defaultValue `providers` */
  readonly scope?: ApiScope;
  /** Names of the service providers it reaches, as they are called now; null reaches all. */
  readonly providers: readonly string[] | null;
}

/** A key that was just made. The secret is in nobody's hands but the caller's. */
export interface MadeApiKey {
  readonly record: ApiKey;
  readonly key: Secret;
}

/** Who comes with a key. */
export interface ApiKeyHolder {
  readonly user: User;
  readonly record: ApiKey;
}

/** Marks a key as one of ours, for people and for programs that look for secrets in source code. */
const PREFIX = 'countersign_';

const SECRET_LENGTH = 40;
const ID_LENGTH = 16;
const DAY_SECONDS = 86_400;

/** Most keys of one user. */
const MOST_KEYS = 50;

/** What keys for the administration reach of the service providers. */
const NONE: readonly ServiceProvider[] = [];

/** Uses are noted no more often than this. */
const USE_STEP_SECONDS = 60;

/** Makes a key. @throws {AccountRefused} */
export async function createApiKey(context: ApiKeysContext, input: NewApiKey): Promise<MadeApiKey> {
  const now = nowSeconds(context.clock);
  const label = input.label.trim();
  const expiresAt = endOfDay(input.lastDay);
  const { scope = 'providers' } = input;
  const chosen = scope === 'providers' ? await findProviders(context, input.providers) : NONE;
  refuseMistakes([
    checkLabel(label),
    checkEnd(expiresAt, now),
    scope === 'providers' ? checkProviders(chosen) : await checkScope(context, input.userName),
    checkOthers(await context.storage.apiKeys.listOfUser(input.userName), label),
  ]);
  const key = PREFIX + randomAlphanumeric(context.random, SECRET_LENGTH);
  const record: ApiKey = {
    id: randomAlphanumeric(context.random, ID_LENGTH),
    hash: sha256Hex(key),
    label,
    userName: input.userName,
    scope,
    providers: chosen?.flatMap((provider) => provider?.id ?? []) ?? null,
    createdAt: now,
    expiresAt,
    lastUsedAt: null,
  };
  if (!(await context.storage.apiKeys.add(record, apiKeyEvent(record, 'api-key.add', now)))) {
    throw new AccountRefused([{ field: 'username', code: 'username-unknown' }]);
  }
  return { record, key: new Secret(key) };
}

/** Takes one of the user's own keys back. @returns false if the user has no such key */
export async function revokeApiKey(context: ApiKeysContext, userName: string, id: string): Promise<boolean> {
  const keys = await context.storage.apiKeys.listOfUser(userName);
  const record = keys.find((key) => key.id === id);
  if (record === undefined) return false;
  const event = apiKeyEvent(record, 'api-key.remove', nowSeconds(context.clock));
  return context.storage.apiKeys.remove(id, userName, event);
}

/** Whose key it is, and notes its use. Null for unknown and ended keys, and those of disabled users. */
export async function findApiKeyHolder(context: ApiKeysContext, key: string): Promise<ApiKeyHolder | null> {
  if (!key.startsWith(PREFIX) || key.length !== PREFIX.length + SECRET_LENGTH) return null;
  const record = await context.storage.apiKeys.find(sha256Hex(key));
  const now = nowSeconds(context.clock);
  if (record === null || isEnded(record, now)) return null;
  const user = await context.storage.users.find(record.userName);
  if (user === null || user.isDisabled) return null;
  if (now - (record.lastUsedAt ?? 0) >= USE_STEP_SECONDS)
    await context.storage.apiKeys.noteUse(record.id, now);
  return { user, record };
}

/** Whether a key's last day is over. */
export function isEnded(key: Pick<ApiKey, 'expiresAt'>, now: number): boolean {
  return key.expiresAt !== null && now >= key.expiresAt;
}

/** Midnight after the day; null for no day, NaN for something that is none. */
function endOfDay(day: string): number | null {
  const text = day.trim();
  if (text === '') return null;
  const start = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // 31 February is read as 3 March.
  const isDay = !Number.isNaN(start) && new Date(start).toISOString().startsWith(text);
  return isDay ? start / 1000 + DAY_SECONDS : Number.NaN;
}

function checkLabel(label: string): AccountMistake | null {
  if (label === '') return { field: 'label', code: 'label-missing' };
  const isFine = label.length <= API_KEY_LABEL_LENGTH && isPrintable(label);
  return isFine ? null : { field: 'label', code: 'label-malformed' };
}

function checkEnd(expiresAt: number | null, now: number): AccountMistake | null {
  if (expiresAt === null) return null;
  if (Number.isNaN(expiresAt)) return { field: 'lastDay', code: 'day-malformed' };
  return expiresAt <= now ? { field: 'lastDay', code: 'day-past' } : null;
}

/** A key is bound to the providers themselves: a later one of the same name is another. */
async function findProviders(
  { storage }: ApiKeysContext,
  names: readonly string[] | null,
): Promise<readonly (ServiceProvider | null)[] | null> {
  return names === null ? null : Promise.all(names.map((name) => storage.serviceProviders.find(name)));
}

async function checkScope({ storage }: ApiKeysContext, userName: string): Promise<AccountMistake | null> {
  const user = await storage.users.find(userName);
  return user?.isAdministrator === true ? null : { field: 'scope', code: 'scope-not-allowed' };
}

function checkProviders(chosen: readonly (ServiceProvider | null)[] | null): AccountMistake | null {
  if (chosen?.length === 0) return { field: 'providers', code: 'providers-missing' };
  return chosen?.includes(null) ? { field: 'providers', code: 'provider-unknown' } : null;
}

/** A form that is sent twice makes one key. */
function checkOthers(keys: readonly ApiKey[], label: string): AccountMistake | null {
  if (keys.length >= MOST_KEYS) return { field: '', code: 'too-many-keys' };
  return keys.some((key) => key.label === label) ? { field: 'label', code: 'label-taken' } : null;
}

function apiKeyEvent(key: ApiKey, action: AuditAction, at: number): AuditEvent {
  const { id, label, scope, providers, expiresAt, userName } = key;
  const fields = { label, scope, providers, expiresAt };
  const isOver = action === 'api-key.remove';
  return {
    at,
    actor: userName,
    action,
    object: id,
    before: isOver ? fields : null,
    after: isOver ? null : fields,
    note: null,
  };
}
