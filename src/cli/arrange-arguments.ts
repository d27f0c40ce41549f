/**
 * People write the flags that commands share where it suits them, `countersign --data DIR user list` as well as
 * `countersign user list --data DIR`, and ask `help user` as well as `user --help`. Both are brought into the one
 * order that the program reads. Left to others: whether the command takes the flag at all (commander).
 */
import type { Command } from 'commander';

const WITH_VALUE = ['--config', '--data', '--database'];

/**
 * The arguments with the shared flags behind the words that name the command; everything else stays in its order. A
 * word that names no command stands alone, so that it is refused even where help was asked.
 */
export function arrangeArguments(program: Command, argv: readonly string[]): string[] {
  const path: string[] = [];
  const early: string[] = [];
  const help: string[] = [];
  let command = program;
  let at = 0;
  for (; at < argv.length && command.commands.length > 0; at += 1) {
    const word = argv[at]!;
    const next = command.commands.find((candidate) => candidate.name() === word);
    if (next !== undefined) {
      path.push(word);
      command = next;
    } else if (word === 'help') help.push('--help');
    else if (WITH_VALUE.includes(word)) early.push(word, ...argv.slice(at + 1, ++at + 1));
    else if (word === '--json' || WITH_VALUE.includes(word.split('=', 1)[0]!)) early.push(word);
    else if (word.startsWith('-')) break;
    else return [...path, word];
  }
  return [...path, ...help, ...early, ...argv.slice(at)];
}
