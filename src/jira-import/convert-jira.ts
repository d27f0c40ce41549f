/**
 * Makes records of ours from the rows of a Jira. What cannot be taken over is left out, and the report says why; what is
 * taken over differently is noted. Nothing is made less strict: keys pass the same policy as at registration, and a
 * consumer that ran as a user whom we do not know does not run as anybody.
 */
import { Secret, sha256Hex } from '../base/index.ts';
import {
  type AccessToken,
  type Consumer,
  KeyRefused,
  parseCallbackUri,
  parsePublicKey,
  tokenHash,
  type User,
} from '../model/index.ts';
import { flagValue, momentValue, secondsValue } from './column-values.ts';
import { type JiraConversionOptions, JiraUsers } from './jira-users.ts';
import type { JiraRow, JiraTables } from './read-dump.ts';

/** Something that was left out, or taken over differently. */
export interface JiraRemark {
  /** Line of the dump; null for what a running database said. */
  readonly line: number | null;
  /** `consumer x`, `token of alice for x`. */
  readonly about: string;
  readonly sentence: string;
}

/** What the tables became. */
export interface JiraConversion {
  readonly users: readonly User[];
  readonly consumers: readonly Consumer[];
  readonly tokens: readonly AccessToken[];
  readonly skipped: readonly JiraRemark[];
  readonly notes: readonly JiraRemark[];
}

/** Converts what was read. */
export async function convertJira(
  tables: JiraTables,
  options: JiraConversionOptions,
): Promise<JiraConversion> {
  const work = new Conversion(new JiraUsers(tables, options), options);
  for (const row of tables.oauthspconsumer ?? []) await work.consumer(row);
  for (const row of tables.oauthsptoken ?? []) await work.token(row);
  return work.result();
}

class Conversion {
  readonly #users: JiraUsers;
  readonly #now: number;
  readonly #consumers = new Map<string, Consumer>();
  readonly #withoutThreeLegged = new Set<string>();
  readonly #tokens = new Map<string, AccessToken>();
  readonly #skipped: JiraRemark[] = [];
  readonly #notes: JiraRemark[] = [];

  constructor(users: JiraUsers, { now }: JiraConversionOptions) {
    this.#users = users;
    this.#now = now;
  }

  result(): JiraConversion {
    return {
      users: this.#users.added(),
      consumers: [...this.#consumers.values()],
      tokens: [...this.#tokens.values()],
      skipped: this.#skipped,
      notes: this.#notes,
    };
  }

  async consumer({ line, values }: JiraRow): Promise<void> {
    const key = values.get('consumer_key')?.trim() ?? '';
    const about = `consumer ${key}`;
    const skip = (sentence: string) => void this.#skipped.push({ line, about, sentence });
    const note = (sentence: string) => void this.#notes.push({ line, about, sentence });
    if (key === '') return skip('it has no key');
    if (this.#consumers.has(key)) return skip('it is there twice; the first one counts');
    let facts: ReturnType<typeof parsePublicKey>;
    try {
      facts = parsePublicKey(values.get('public_key') ?? '', this.#now);
    } catch (error) {
      if (!(error instanceof KeyRefused)) throw error;
      return skip(error.message);
    }
    const weak = facts.weaknesses.filter((weakness) => weakness !== 'not-yet-valid-certificate');
    if (weak.length > 0) note(`its key is weak: ${weak.join(', ')}`);
    const isThreeLegged = flagValue(values.get('three_l_o_allowed')) ?? true;
    if (!isThreeLegged) {
      this.#withoutThreeLegged.add(key);
      note(
        'it was not allowed to ask users there; here every consumer may, so remove it if that must not be',
      );
    }
    const createdAt = momentValue(values.get('created')) ?? this.#now;
    this.#consumers.set(key, {
      key,
      name: values.get('consumername')?.trim() || key,
      description: values.get('description') ?? '',
      credential: { kind: 'public-key', spki: facts.spki, certificate: facts.certificate },
      retiring: null,
      callback: readCallback(values.get('callback'), note),
      legacy10: false,
      allowPlaintext: false,
      twoLegged: await this.#twoLegged(values, note),
      limits: { readOnly: false, paths: [] },
      baseUrl: null,
      owner: null,
      createdAt,
      updatedAt: createdAt,
    });
  }

  async #twoLegged(
    values: JiraRow['values'],
    note: (sentence: string) => void,
  ): Promise<Consumer['twoLegged']> {
    const off = { allowed: false, executeAs: null, mayImpersonate: false };
    const mayImpersonate = flagValue(values.get('two_l_o_impersonation_allowed')) ?? false;
    if (!(flagValue(values.get('two_l_o_allowed')) ?? false) && !mayImpersonate) return off;
    const wanted = values.get('executing_two_l_o_user') ?? '';
    if (wanted === '') return { allowed: true, executeAs: null, mayImpersonate };
    const executeAs = await this.#users.find(wanted);
    if (executeAs !== null) return { allowed: true, executeAs, mayImpersonate };
    note(`two-legged access is left off: it ran as ${wanted}, who is not a user here`);
    return off;
  }

  async token({ line, values }: JiraRow): Promise<void> {
    const consumerKey = values.get('consumer_key')?.trim() ?? '';
    const person = values.get('username') ?? '';
    const about = `token of ${person === '' ? 'nobody' : person} for ${consumerKey}`;
    const skip = (sentence: string) => void this.#skipped.push({ line, about, sentence });
    const token = values.get('token') ?? '';
    if (!/access/i.test(values.get('token_type') ?? ''))
      return skip('it is a request token, which lives for minutes');
    if (token === '') return skip('it is empty');
    if (!this.#consumers.has(consumerKey)) return skip('its consumer is not taken over');
    if (this.#withoutThreeLegged.has(consumerKey))
      return skip('its consumer was not allowed to act for users any more');
    const life = readLife(values);
    if (life === null) return skip('it does not say when it was made and how long it lives');
    if (Math.max(life.expiresAt, life.sessionExpiresAt) <= this.#now) return skip('it has expired');
    const userName = person === '' ? null : await this.#users.find(person);
    if (userName === null) return skip('its user is not a user here: add the user first, or say --add-users');
    const hash = tokenHash(token);
    const handle = values.get('session_handle') ?? '';
    this.#tokens.set(hash, {
      id: sha256Hex(`from a dump: ${hash}`).slice(0, 16),
      hash,
      secret: new Secret(values.get('token_secret') ?? ''),
      consumerKey,
      userName,
      gadgetUrl: null,
      sessionHandleHash: handle === '' ? NO_HANDLE : tokenHash(handle),
      ...life,
      revokedAt: null,
      lastUsedAt: null,
    });
  }
}

/** The digest of no handle that anybody could find. */
const NO_HANDLE = '0'.repeat(64);

/** Lifetimes there are in milliseconds. A session begins anew with each renewal. */
function readLife(
  values: JiraRow['values'],
): Pick<AccessToken, 'createdAt' | 'expiresAt' | 'sessionExpiresAt'> | null {
  const createdAt = momentValue(values.get('created'));
  const life = secondsValue(values.get('ttl'));
  if (createdAt === null || life === null) return null;
  const expiresAt = createdAt + life;
  const renewedAt = momentValue(values.get('session_last_renewal_time')) ?? createdAt;
  const session = secondsValue(values.get('session_time_to_live'));
  return {
    createdAt,
    expiresAt,
    sessionExpiresAt: Math.max(expiresAt, session === null ? 0 : renewedAt + session),
  };
}

function readCallback(text: string | null | undefined, note: (sentence: string) => void): string | null {
  if (text === null || text === undefined || text.trim() === '') return null;
  const reading = parseCallbackUri(text.trim());
  if (reading.ok) return reading.uri;
  note('its callback is left out: it is no address that a browser may be sent to');
  return null;
}
