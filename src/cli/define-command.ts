/**
 * How every command is made: its answer printed as text or as a document, examples under the help. What works on an
 * installation is made by `on-data.ts`.
 */
import type { Command } from 'commander';
import { type Answer, printAnswer } from './answer.ts';
import { CommandRefused, UsageRefused } from './refusals.ts';

/** Values of a command's flags, by attribute name. */
export type Flags = Readonly<Record<string, unknown>>;

/** Makes a command print its answer, as text or with `--json` as a document; it needs no setting at all. */
export function printing(
  command: Command,
  run: (flags: Flags, ...args: string[]) => Promise<Answer>,
): Command {
  command.option('--json', 'print one JSON document on stdout');
  return command.action(async (...given: unknown[]) => {
    const flags = (given.at(-1) as Command).opts<Flags>();
    const args = given.slice(0, -2) as string[];
    const answer = await run(flags, ...args);
    printAnswer(answer, flags.json === true);
    if (answer.failure !== undefined) throw new CommandRefused(answer.failure);
  });
}

/** A group of commands that share their first word. */
export function commandGroup(program: Command, name: string, description: string): Command {
  return program.command(name).description(description).helpCommand(false);
}

/** The fields of an input that flags of the same names gave; commander has checked that they are what they are declared as. */
export function givenFlags<Input extends object>(
  flags: Flags,
  names: readonly (keyof Input & string)[],
): Partial<Input> {
  const given = names.filter((name) => flags[name] !== undefined).map((name) => [name, flags[name]]);
  return Object.fromEntries(given) as Partial<Input>;
}

/** Keeps a command from reporting a change that nobody named. @throws {UsageRefused} */
export function needsChange(changes: object): void {
  if (Object.values(changes).every((value) => value === undefined)) {
    throw new UsageRefused('say what to change: --help lists the flags');
  }
}

/** Reads an option that may be repeated into a list. */
export function repeated(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** Adds examples under a command's help. */
export function withExamples(command: Command, ...examples: string[]): Command {
  return command.addHelpText('after', `\nExamples:\n${examples.map((line) => `  ${line}`).join('\n')}`);
}
