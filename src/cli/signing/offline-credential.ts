/**
 * A credential from outside any installation: the consumer's secret or public key and the token's secret, from files
 * or standard input, never from arguments, where the list of processes and the shell's history would show them.
 */
import type { Command } from 'commander';
import { Secret } from '../../base/index.ts';
import { type ConsumerCredential, parsePublicKey } from '../../model/index.ts';
import type { Flags } from '../define-command.ts';
import { CommandRefused, UsageRefused } from '../refusals.ts';
import { readNamedFile, readStandardInput } from '../standard-input.ts';

/** Flags that hold a consumer's credential. */
const CREDENTIAL_FLAGS = ['secretStdin', 'secretFile', 'publicKey'] as const;

/** Adds the flags of a shared secret. */
export function withSecrets(command: Command): Command {
  return command
    .option('--secret-stdin', 'read the consumer’s shared secret from standard input')
    .option('--secret-file <FILE>', 'file that holds the consumer’s shared secret')
    .option('--token-secret-file <FILE>', 'file that holds the token’s secret');
}

/** Adds the flags of what a signature is checked with. */
export function withOfflineCredential(command: Command): Command {
  return withSecrets(command).option('--public-key <FILE>', 'the consumer’s RSA public key or certificate');
}

/** Whether a credential was given at all. */
export function givesCredential(flags: Flags): boolean {
  return CREDENTIAL_FLAGS.some((name) => flags[name] !== undefined);
}

/**
 * Reads the consumer's credential.
 * @param isInputTaken whether standard input is read for something else
 * @throws {UsageRefused} unless exactly one is given
 */
export async function readOfflineCredential(
  flags: Flags,
  isInputTaken: boolean,
): Promise<ConsumerCredential> {
  const given = CREDENTIAL_FLAGS.filter((name) => flags[name] !== undefined);
  if (given.length !== 1) {
    throw new UsageRefused('one credential is needed: --secret-stdin, --secret-file or --public-key');
  }
  if (flags.publicKey === undefined) {
    return { kind: 'shared-secret', secret: await readSecret(flags, isInputTaken) };
  }
  const { spki, certificate } = parsePublicKey(
    await readNamedFile(String(flags.publicKey)),
    Math.floor(Date.now() / 1000),
  );
  return { kind: 'public-key', spki, certificate };
}

/** Reads the consumer's shared secret. @throws {UsageRefused} */
export async function readSecret(flags: Flags, isInputTaken: boolean): Promise<Secret> {
  if (flags.secretFile !== undefined) return readSecretFile(String(flags.secretFile));
  if (isInputTaken) {
    throw new UsageRefused(
      'standard input holds the request already: use --secret-file, or a file for the request',
    );
  }
  return refuseEmpty(await readStandardInput());
}

/** Reads the token's secret; empty where none is given. */
export async function readTokenSecret(flags: Flags): Promise<Secret> {
  const { tokenSecretFile } = flags;
  return tokenSecretFile === undefined
    ? new Secret('')
    : new Secret(await readNamedLine(String(tokenSecretFile)));
}

async function readSecretFile(path: string): Promise<Secret> {
  return refuseEmpty(await readNamedLine(path));
}

/** A file's text less one line end, which editors and `echo` add. */
async function readNamedLine(path: string): Promise<string> {
  return (await readNamedFile(path)).replace(/\r?\n$/, '');
}

function refuseEmpty(text: string): Secret {
  if (text === '') throw new CommandRefused('The secret is empty.');
  return new Secret(text);
}
