/**
 * Runs one command line. The exit codes: 0 done, 1 refused or failed, 2 wrong usage. Every refusal is told in
 * whole sentences on stderr, one line for each mistake; only what nobody foresaw shows where it came from.
 */
import { CommanderError } from 'commander';
import { arrangeArguments } from './arrange-arguments.ts';
import { createProgram } from './program.ts';
import { UsageRefused } from './refusals.ts';

/** Runs the arguments after the program's name. @returns the exit code */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  try {
    const program = await createProgram(argv);
    await program.parseAsync(arrangeArguments(program, argv), { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has printed the help, the version, or what was wrong about the usage.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const { refusalSentences } = await import('./refusal-sentences.ts');
    const { harmless } = await import('./answer.ts');
    for (const sentence of refusalSentences(error))
      process.stderr.write(`countersign: ${harmless(sentence)}\n`);
    return error instanceof UsageRefused ? 2 : 1;
  }
}
