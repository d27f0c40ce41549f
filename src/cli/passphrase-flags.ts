/** The passphrase of a file with secrets: by standard input or from a file, never as an argument. */
import type { Command } from 'commander';
import { Secret } from '../base/index.ts';
import type { Flags } from './define-command.ts';
import { CommandRefused, UsageRefused } from './refusals.ts';
import { readNamedFile, readStandardInput } from './standard-input.ts';

/** Shorter ones are guessed whatever scrypt costs. */
const LEAST_CHARACTERS = 12;

/** Gives a command the flags. */
export function withPassphrase(command: Command, purpose: string): Command {
  return command
    .option('--passphrase-stdin', `${purpose} (read from standard input)`)
    .option('--passphrase-file <FILE>', `${purpose} (read from a file)`);
}

/** Gives a command the flag for the key file that was kept apart from a backup. */
export function withKeyFile(command: Command): Command {
  return command.option(
    '--key-file <FILE>',
    'the secret.key that was kept apart from the file; its keys are added to ours',
  );
}

/** Reads it; null if there is none. @param isNew whether it is chosen now, and has to be long enough */
export async function readPassphrase(flags: Flags, isNew: boolean): Promise<Secret | null> {
  const { passphraseStdin, passphraseFile } = flags;
  if (passphraseStdin === undefined && passphraseFile === undefined) return null;
  if (passphraseStdin !== undefined && passphraseFile !== undefined)
    throw new UsageRefused('choose --passphrase-stdin or --passphrase-file, not both.');
  const text =
    passphraseFile === undefined
      ? await readStandardInput()
      : (await readNamedFile(String(passphraseFile))).replace(/\r?\n$/, '');
  if (text === '') throw new CommandRefused('the passphrase is empty.');
  if (isNew && text.length < LEAST_CHARACTERS)
    throw new CommandRefused(`the passphrase must have ${LEAST_CHARACTERS} characters or more.`);
  return new Secret(text);
}
