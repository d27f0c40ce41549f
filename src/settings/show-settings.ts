/** Shows the settings as they are in force, each with where it comes from; secrets as `***`. */
import type { SettingOrigin } from './read-settings.ts';

/** One row of `config show`. */
export interface ShownSetting {
  readonly name: string;
  /** As written; null: there is none. */
  readonly value: string | readonly string[] | null;
  readonly origin: string;
}

/** Rows in the order of the reference page. */
export function showSettings(origins: readonly SettingOrigin[]): ShownSetting[] {
  return origins.map(({ setting, written, origin }) => ({
    name: setting.name,
    value: setting.isSecret && typeof written === 'string' ? masked(written) : (written ?? null),
    origin,
  }));
}

/** The words that may stand in place of an address hide nothing; an address may hold a password anywhere. */
function masked(written: string): string {
  return /^(?:embedded|memory|database)$/.test(written) ? written : '***';
}
