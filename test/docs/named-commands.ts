/**
 * Commands of the program as documents name them, in shell examples and within sentences, held against the program: the
 * words that lead to a command, its flags and the values these take.
 */
import type { Command, Option } from 'commander';
import type { Document } from './documents.ts';
import { shellLines } from './documents.ts';

/** One command line, and where it stands. */
export interface NamedCommand {
  readonly path: string;
  /** What follows the program's name, as it is written. */
  readonly line: string;
}

/** Every one of a document: of blocks marked `sh`, and of code within sentences that begins with the program. */
export function namedCommands(document: Document): NamedCommand[] {
  const inSentences = [...document.text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`]+)`/g)].map(
    ([, code = '']) => code.replaceAll(/\s+/g, ' '),
  );
  const inShells = shellLines(document).map(({ line }) => line);
  return [...inSentences.filter((code) => /^(?:bin\/)?countersign /.test(code)), ...inShells]
    .flatMap((line) => [
      ...line.matchAll(
        /(?:^|[|;&(]\s*|\b(?:npx|exec|compose|run) )(?:bin\/)?countersign(?= |$)((?:[^|;&>]|(?<=[a-z])\|(?=[a-z]))*)/g,
      ),
    ])
    .flatMap(([, line = '']) => variants(line.trim()))
    .map((line) => ({ path: document.path, line }));
}

/** `consumer|provider history` stands for both. */
function variants(line: string): string[] {
  const alternative = /(?<=^| )([a-z-]+)\|([a-z-]+)(?= |$)/.exec(line);
  if (alternative === null) return [line];
  return alternative.slice(1).flatMap((word) => variants(line.replace(alternative[0], word)));
}

/** What is wrong with a line; null if the program would take it. */
export function mistakeIn(program: Command, line: string): string | null {
  const words = line.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  let command = program;
  while (command.commands.length > 0) {
    const word = words[0];
    const next = command.commands.find((one) => one.name() === word);
    // A sentence may name a group, or the program, and end there.
    if (next === undefined)
      return word === undefined || isKnownFlag(command, word) ? null : `no command ${word}`;
    command = next;
    words.shift();
  }
  return mistakeOf(command, words);
}

function mistakeOf(command: Command, words: readonly string[]): string | null {
  let isValue = false;
  for (const word of words) {
    if (isValue || !word.startsWith('-') || word === '-') {
      isValue = false;
      continue;
    }
    const [flag = '', given] = word.split(/=(.*)/s);
    const option = optionOf(command, flag);
    if (option === undefined)
      return isKnownFlag(command, flag) ? null : `${command.name()} has no flag ${flag}`;
    if (given !== undefined && !option.required) return `${flag} takes no value`;
    isValue = option.required && given === undefined;
  }
  return null;
}

function optionOf(command: Command, flag: string): Option | undefined {
  return command.options.find(({ long, short }) => long === flag || short === flag);
}

function isKnownFlag(command: Command, flag: string): boolean {
  return flag === '--help' || flag === '-h' || optionOf(command, flag) !== undefined;
}

/** Every flag of every command. */
export function flagsOf(command: Command): Set<string> {
  const own = command.options.map(({ long }) => long ?? '');
  return new Set([...own, '--help', ...command.commands.flatMap((one) => [...flagsOf(one)])]);
}
