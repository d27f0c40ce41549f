/**
 * Who the users of a Jira are here. Its tokens name users by key, which `app_user` translates to the name that they log
 * in with; `cwd_user` knows their display names, and who is not active any more.
 */
import { type User, userNameKey } from '../model/index.ts';
import { flagValue } from './column-values.ts';
import type { JiraRow, JiraTables } from './read-dump.ts';

/** What the conversion is given. */
export interface JiraConversionOptions {
  /** Seconds since 1970. */
  readonly now: number;
  /** Name of a user here, as it is written here; null if there is none. */
  findUser(name: string): Promise<string | null>;
  /** Whether users who are not here are to be added, without a password. */
  readonly addUsers: boolean;
}

/** Finds users, and adds those who are not here where that is asked for. */
export class JiraUsers {
  readonly #options: JiraConversionOptions;
  readonly #nameOfKey: ReadonlyMap<string, string>;
  readonly #profiles: ReadonlyMap<string, JiraRow['values']>;
  readonly #found = new Map<string, string | null>();
  readonly #added = new Map<string, User>();

  constructor(tables: JiraTables, options: JiraConversionOptions) {
    this.#options = options;
    this.#nameOfKey = new Map(
      (tables.app_user ?? []).map(({ values }) => [
        values.get('user_key') ?? '',
        values.get('lower_user_name') ?? '',
      ]),
    );
    this.#profiles = new Map(
      (tables.cwd_user ?? []).map(({ values }) => [userNameKey(values.get('user_name') ?? ''), values]),
    );
  }

  /** The name here of a user whom Jira names by key, or by name; null if there is none. */
  async find(keyOrName: string): Promise<string | null> {
    const name = this.#nameOfKey.get(keyOrName) || keyOrName;
    const known = this.#found.get(name);
    if (known !== undefined) return known;
    const found = (await this.#options.findUser(name)) ?? (this.#options.addUsers ? this.#add(name) : null);
    this.#found.set(name, found);
    return found;
  }

  added(): readonly User[] {
    return [...this.#added.values()];
  }

  #add(name: string): string {
    const profile = this.#profiles.get(userNameKey(name));
    const written = profile?.get('user_name') ?? name;
    this.#added.set(userNameKey(name), {
      name: written,
      displayName: profile?.get('display_name') || written,
      email: profile?.get('email_address') || null,
      isAdministrator: false,
      isDisabled: flagValue(profile?.get('active')) === false,
      passwordHash: null,
      identity: null,
      createdAt: this.#options.now,
      lastLoginAt: null,
    });
    return written;
  }
}
