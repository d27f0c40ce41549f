/**
 * How the commands are made that know an installation: the flags of its settings, and for those that work on its data
 * the opened installation, closed again whatever happens.
 */
import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { createPasswordHasher, type PasswordHasher } from '../accounts/index.ts';
import { hasInstallation, type OpenInstallation, openInstallation } from '../server/index.ts';
import {
  type ReadSettings,
  readSettings,
  SETTINGS,
  type Setting,
  type SettingName,
  type Settings,
} from '../settings/index.ts';
import { type Answer, harmless } from './answer.ts';
import { type Flags, printing, repeated } from './define-command.ts';

/** What a command on the data is given. */
export interface CommandContext extends OpenInstallation {
  readonly passwords: PasswordHasher;
  readonly settings: Settings;
  /** As `administration` has it: plain http is fine for others where it is fine for us. */
  readonly allowPlainHttpCallbacks: boolean;
}

/** A command on the data: its arguments, then its flags. */
export type DataCommand = (context: CommandContext, flags: Flags, ...args: string[]) => Promise<Answer>;

/** Makes a command work on the installation's data and print its answer. */
export function onData(command: Command, run: DataCommand): Command {
  return answering(command, async (flags, ...args) => {
    const { settings } = readCommandSettings(command);
    const wasThere = hasInstallation(settings);
    const open = await openInstallation(settings);
    if (!wasThere && flags.json !== true) sayNew(settings);
    const context: CommandContext = {
      ...open,
      passwords: createPasswordHasher(open.random),
      settings,
      allowPlainHttpCallbacks: settings.publicUrl?.protocol !== 'https:',
    };
    try {
      return await run(context, flags, ...args);
    } finally {
      await open.storage.close();
    }
  });
}

/** Whoever mistyped a directory, or stands in another one, would look for their consumers in vain. */
function sayNew({ data }: Settings): void {
  process.stderr.write(
    `countersign: there was no installation in ${harmless(data)}, so a new one was made; if you meant another, name its directory with --data.\n`,
  );
}

/** Makes a command print its answer, as text or with `--json` as a document. */
export function answering(
  command: Command,
  run: (flags: Flags, ...args: string[]) => Promise<Answer>,
): Command {
  return printing(withSettings(command, 'common'), run);
}

/** Gives a command the flags of the settings: those that are common, or all of them. */
export function withSettings(command: Command, which: 'common' | 'all'): Command {
  command.addOption(remembered(new Option('--config <FILE>', 'configuration file, YAML or JSON')));
  for (const setting of SETTINGS.filter(({ isCommon }) => which === 'all' || isCommon)) {
    command.addOption(settingOption(setting));
  }
  return command;
}

/** Gives a command the flag of one more setting. */
export function withSetting(command: Command, name: SettingName): Command {
  return command.addOption(settingOption(SETTINGS.find((setting) => setting.name === name)!));
}

/**
 * Reads the settings for a command. Of its flags only those count that stand for settings: `--name` of a consumer
 * is not the name of this installation.
 * @throws {SettingsRefused}
 */
export function readCommandSettings(command: Command): ReadSettings {
  const given = command.opts<Flags>();
  const names = command.options
    .filter((option) => SETTING_OPTIONS.has(option))
    .map((option) => option.attributeName());
  const flags = Object.fromEntries(names.map((name) => [name, given[name]]));
  return readSettings({ flags, environment: process.env, readFile: (path) => readFileSync(path, 'utf8') });
}

const SETTING_OPTIONS = new WeakSet<Option>();

function remembered(option: Option): Option {
  SETTING_OPTIONS.add(option);
  return option;
}

function settingOption(setting: Setting): Option {
  const { flag, placeholder, description, repeats, derivedDefault } = setting;
  const initial = setting.default ?? derivedDefault;
  const [sentence] = description.replaceAll('`', '').replace(/\.$/, '').split('. ');
  const remarks = [
    ...(repeats ? ['may be repeated'] : []),
    ...(initial === undefined ? [] : [`default: ${initial.replaceAll('`', '')}`]),
  ];
  const words = `${asBeginning(sentence!)} (${remarks.join('; ')})`;
  const option = remembered(new Option(`${flag} <${placeholder}>`, words));
  return repeats ? option.argParser(repeated) : option;
}

/** Every other flag's words begin small; abbreviations stay as they are. */
function asBeginning(sentence: string): string {
  return sentence.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}
