/**
 * What may stand where on the command line, read off the program: the words that lead to each command, and the
 * subcommands, arguments and flags that it knows. The scripts of all shells are made of this.
 */
import type { Command, Option } from 'commander';

/** One word that may be typed, and what it is for. */
export interface Choice {
  readonly word: string;
  readonly description: string;
}

/** A flag of a command. */
export interface Flag extends Choice {
  readonly takesValue: boolean;
  /** What its value may be, where that is a closed list; empty otherwise. */
  readonly values: readonly string[];
}

/** A place on the command line: the words that lead there, and what may follow. */
export interface Place {
  readonly path: readonly string[];
  /** Subcommands, and what an argument may be where that is a closed list. */
  readonly words: readonly Choice[];
  readonly flags: readonly Flag[];
}

/** Every place of a program, the deepest first. */
export function places(program: Command): Place[] {
  return placesUnder(program, []);
}

function placesUnder(command: Command, path: readonly string[]): Place[] {
  const deeper = command.commands.flatMap((next) => placesUnder(next, [...path, next.name()]));
  const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
  const words = [
    ...command.commands.map((next) => ({ word: next.name(), description: next.description() })),
    ...choices.map((word) => ({ word, description: '' })),
  ];
  return [...deeper, { path, words, flags: command.createHelp().visibleOptions(command).map(flagOf) }];
}

function flagOf(option: Option): Flag {
  const { long, description, required, argChoices, flags } = option;
  // Settings have their values checked elsewhere; those that are a closed list say so where the value stands: <on|off>.
  const listed = /<([a-z]+(?:\|[a-z]+)+)>/.exec(flags)?.[1]?.split('|');
  return { word: long!, description, takesValue: required, values: argChoices ?? listed ?? [] };
}

/** The flags that a value follows, by the values that each may have; those of which nothing is known under `''`. */
export function flagsByValues(all: readonly Place[]): ReadonlyMap<string, readonly string[]> {
  const valued = all.flatMap(({ flags }) => flags).filter(({ takesValue }) => takesValue);
  const values = Map.groupBy(valued, ({ word }) => word);
  const grouped = Map.groupBy(values, ([, same]) =>
    [...new Set(same.flatMap((flag) => flag.values))].join(' '),
  );
  return new Map([...grouped].map(([known, entries]) => [known, entries.map(([word]) => word)]));
}
