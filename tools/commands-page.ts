/** The reference of the commands, made of the program itself: what `--help` says, on one page. */
import type { Argument, Command, Option } from 'commander';
import { parameterWords } from '../src/cli/parameter-words.ts';
import { createProgram } from '../src/cli/program.ts';

const INTRODUCTION = `# Commands

<!-- Written by \`node tools/write-references.ts\` from the program. Do not edit by hand. -->

What \`--help\` says after each command. Commands work on the data of a server that runs, and what they change is in force
there at once. Exit status: 0 done, 1 refused or failed (one line on stderr says why), 2 wrong usage.

## Flags of many commands

| flag | |
|---|---|`;

/** Flags that are told once, at the head of the page. */
const COMMON = ['--config', '--data', '--database', '--json', '--help'];

/** The page. */
export async function commandsPage(): Promise<string> {
  const program = await createProgram();
  const commands = leaves(program);
  const common = COMMON.map((name) => commands.flatMap(optionsOf).find(({ long }) => long === name)).filter(
    (option) => option !== undefined,
  );
  const flags = common.map(optionRow).join('\n');
  return `${[`${INTRODUCTION}\n${flags}`, ...commands.map(section)].join('\n\n')}\n`;
}

/** Every command that can be run, in the order of the program's help. */
function leaves(command: Command): Command[] {
  return command.commands.flatMap((one) => (one.commands.length === 0 ? [one] : leaves(one)));
}

function section(command: Command): string {
  const own = optionsOf(command).filter(({ long }) => !COMMON.includes(long ?? ''));
  const rows = [...command.registeredArguments.map(argumentRow), ...own.map(optionRow)];
  const name = nameOf(command);
  return [
    `## ${name}`,
    sentence(command.description()),
    block(`${name} ${command.usage()}`),
    ...(rows.length === 0 ? [] : [`| | |\n|---|---|\n${rows.join('\n')}`]),
    ...examples(command),
  ].join('\n\n');
}

function optionsOf(command: Command): readonly Option[] {
  return command.createHelp().visibleOptions(command);
}

function argumentRow(argument: Argument): string {
  return row(argument.name(), parameterWords(argument));
}

function optionRow(option: Option): string {
  return row(option.flags, parameterWords(option));
}

function row(name: string, words: string): string {
  return `| \`${name.replaceAll('|', '\\|')}\` | ${text(words)} |`;
}

/** The examples under a command's help, which commander knows as text only. */
function examples(command: Command): string[] {
  let help = '';
  command.configureOutput({ writeOut: (written) => (help += written) });
  command.outputHelp();
  const lines = /\nExamples:\n([\s\S]*)$/.exec(help)?.[1];
  return lines === undefined ? [] : [block(lines.replaceAll(/^ {2}/gm, '').trimEnd())];
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

function sentence(description: string): string {
  return `${description.charAt(0).toUpperCase()}${text(description.slice(1))}.`;
}

function block(lines: string): string {
  return `\`\`\`text\n${lines}\n\`\`\``;
}

/** Text that Markdown would take for markup is shown as it is. */
function text(plain: string): string {
  return plain.replaceAll(/[*_<>|]/g, '\\$&');
}
