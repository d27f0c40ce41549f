/**
 * Where settings come from: flags, environment variables, the configuration file. Each value is kept together
 * with the place it was found at, so that a mistake can be answered with that place, and unknown names are
 * collected, not skipped: a setting that was misspelt must not silently fall back to its default.
 */
import { createRequire } from 'node:module';
import { SETTINGS, type Setting, type SettingName } from './definition.ts';

const require = createRequire(import.meta.url);

/** One value as it was written, and where. */
export interface Given {
  readonly name: SettingName;
  readonly value: string | readonly string[];
  /** `--listen`, `COUNTERSIGN_LISTEN`, `countersign.yaml: listen`. */
  readonly origin: string;
}

/** What one source gave, and what was wrong with it. */
export interface Gathered {
  readonly given: readonly Given[];
  readonly mistakes: readonly string[];
}

/** Reads a whole text file; throws when it cannot. */
export type ReadFile = (path: string) => string;

/** The one variable that names no setting: where the configuration file is. */
export const CONFIG_VARIABLE = 'COUNTERSIGN_CONFIG';

const PREFIX = 'COUNTERSIGN_';

/** Flags, as the command line gives them; names that are no settings are its own and left alone. */
export function fromFlags(flags: Readonly<Record<string, unknown>>): Gathered {
  const given = SETTINGS.flatMap((setting): Given[] => {
    const value = flags[setting.name];
    return isWritten(value) ? [{ name: setting.name, value, origin: setting.flag }] : [];
  });
  return { given, mistakes: [] };
}

/** Environment variables that begin with `COUNTERSIGN_`. A list is separated by commas or blanks. */
export function fromEnvironment(environment: NodeJS.ProcessEnv, readFile: ReadFile): Gathered {
  const given: Given[] = [];
  const mistakes: string[] = [];
  for (const [variable, value] of Object.entries(environment)) {
    if (!variable.startsWith(PREFIX) || variable === CONFIG_VARIABLE || value === undefined) continue;
    const plain = SETTINGS.find((setting) => setting.variable === variable);
    const fromFile = SETTINGS.find((setting) => setting.isSecret && `${setting.variable}_FILE` === variable);
    if (plain) {
      given.push({ name: plain.name, value: asWritten(plain, value), origin: variable });
    } else if (fromFile) {
      const text = attempt(() => readFile(value).replace(/\r?\n$/, ''));
      if (typeof text !== 'string') mistakes.push(`${variable}: ${text.message}`);
      else if (environment[fromFile.variable] !== undefined) {
        mistakes.push(`${variable}: ${fromFile.variable} is set too; keep one of them`);
      } else given.push({ name: fromFile.name, value: text, origin: variable });
    } else {
      mistakes.push(`${variable}: there is no such setting${suggestion(variable, ({ variable: v }) => v)}`);
    }
  }
  return { given, mistakes };
}

/** The configuration file, YAML or JSON (which is YAML too): one key for each setting. */
export function fromFile(path: string, readFile: ReadFile): Gathered {
  const content = attempt(() => parseYaml(readFile(path)));
  if (content instanceof Error) return { given: [], mistakes: [`${path}: ${content.message}`] };
  if (content === null || content === undefined) return { given: [], mistakes: [] };
  if (typeof content !== 'object' || Array.isArray(content)) {
    return {
      given: [],
      mistakes: [`${path}: must hold one line for each setting, such as "listen: 0.0.0.0:8080"`],
    };
  }
  const given: Given[] = [];
  const mistakes: string[] = [];
  for (const [name, value] of Object.entries(content)) {
    const origin = `${path}: ${name}`;
    const setting = SETTINGS.find((candidate) => candidate.name === name);
    if (!setting) {
      mistakes.push(`${origin}: there is no such setting${suggestion(name, (candidate) => candidate.name)}`);
      continue;
    }
    const written = scalarText(value) ?? listOfTexts(value, setting);
    if (written === null) {
      mistakes.push(`${origin}: must be ${setting.repeats ? 'a text or a list of texts' : 'a single text'}`);
    } else {
      given.push({ name: setting.name, value: setting.repeats ? [written].flat() : written, origin });
    }
  }
  return { given, mistakes };
}

function isWritten(value: unknown): value is string | string[] {
  return typeof value === 'string' || (Array.isArray(value) && value.length > 0);
}

function asWritten(setting: Setting, value: string): string | string[] {
  return setting.repeats ? value.split(/[\s,]+/).filter((part) => part !== '') : value;
}

function scalarText(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function listOfTexts(value: unknown, setting: Setting): string[] | null {
  if (!setting.repeats || !Array.isArray(value)) return null;
  const texts = value.map(scalarText);
  return texts.includes(null) ? null : (texts as string[]);
}

/** The parser is loaded where there is a file: most commands are run without one, and its seventy modules are not free. */
function parseYaml(text: string): unknown {
  const { parse } = require('yaml') as typeof import('yaml');
  return parse(text);
}

/** Runs it; gives what was thrown, in words for a person, instead of throwing. */
function attempt<T>(read: () => T): T | Error {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && error.name === 'YAMLParseError')
      return new Error(error.message.split('\n')[0]!.replace(/:$/, ''));
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return new Error('there is no such file');
    return new Error(code === undefined ? 'cannot be read' : `cannot be read (${code})`);
  }
}

/** `; did you mean …?` when a known name differs only in its case and separators, or by a letter or two. */
function suggestion(wrong: string, nameOf: (setting: Setting) => string): string {
  const distances = SETTINGS.map(nameOf).map((name) => ({
    name,
    distance: distance(plain(wrong), plain(name)),
  }));
  const nearest = distances.sort((a, b) => a.distance - b.distance)[0]!;
  return nearest.distance <= 2 ? `; did you mean ${nearest.name}?` : '';
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}

/** Levenshtein's distance: letters to add, drop or change. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}
