/**
 * Puts the settings together: flag before environment before file before default, all checked by the one
 * schema. Whatever is wrong anywhere is told at once, each mistake with the place it was made at.
 */
import { SETTINGS, type Setting, type SettingName, type Settings, settingsSchema } from './definition.ts';
import {
  CONFIG_VARIABLE,
  fromEnvironment,
  fromFile,
  fromFlags,
  type Given,
  type ReadFile,
} from './sources.ts';

/** What the settings are read from. */
export interface SettingSources {
  /** Values by setting name, from the command line; `config` names the configuration file. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly environment: NodeJS.ProcessEnv;
  readonly readFile: ReadFile;
}

/** Where the value of a setting comes from, and how it was written there. */
export interface SettingOrigin {
  readonly setting: Setting;
  /** As written; undefined: there is none, or it is worked out at start. */
  readonly written: string | readonly string[] | undefined;
  /** `--listen`, `COUNTERSIGN_LISTEN`, `countersign.yaml: listen`, `default`. */
  readonly origin: string;
}

/** The settings and where each comes from. */
export interface ReadSettings {
  readonly settings: Settings;
  readonly origins: readonly SettingOrigin[];
}

/** Settings that cannot be used. */
export class SettingsRefused extends Error {
  /** One sentence for each mistake, beginning with the place it was made at. */
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.name = 'SettingsRefused';
    this.mistakes = mistakes;
  }
}

/**
 * Reads and checks all settings.
 * @throws {SettingsRefused} naming every mistake of every source
 */
export function readSettings(sources: SettingSources): ReadSettings {
  const file = sources.flags.config ?? sources.environment[CONFIG_VARIABLE];
  const gathered = [
    ...(typeof file === 'string' ? [fromFile(file, sources.readFile)] : []),
    fromEnvironment(sources.environment, sources.readFile),
    fromFlags(sources.flags),
  ];
  const effective = new Map<SettingName, Given>();
  for (const given of gathered.flatMap((source) => source.given)) effective.set(given.name, given);

  const checked = settingsSchema.safeParse(
    Object.fromEntries([...effective].map(([name, { value }]) => [name, value])),
  );
  const mistakes = gathered.flatMap((source) => source.mistakes);
  for (const issue of checked.error?.issues ?? []) {
    const name = issue.path[0] as SettingName;
    mistakes.push(`${effective.get(name)?.origin ?? flagOf(name)}: ${issue.message}`);
  }
  if (mistakes.length > 0) throw new SettingsRefused(mistakes);
  return { settings: checked.data!, origins: SETTINGS.map((setting) => originOf(setting, effective)) };
}

function originOf(setting: Setting, effective: ReadonlyMap<SettingName, Given>): SettingOrigin {
  const given = effective.get(setting.name);
  return { setting, written: given?.value ?? setting.default, origin: given?.origin ?? 'default' };
}

function flagOf(name: SettingName): string {
  return SETTINGS.find((setting) => setting.name === name)!.flag;
}
