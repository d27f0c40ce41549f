/** The three ways to name a consumer's credential on the command line; exactly one of them has to be chosen. */
import type { Command } from 'commander';
import type { CredentialInput } from '../administration/index.ts';
import { Secret } from '../base/index.ts';
import type { Flags } from './define-command.ts';
import { UsageRefused } from './refusals.ts';
import { readNamedFile, readStandardInput } from './standard-input.ts';

/** Adds the flags. */
export function withCredentialFlags(command: Command): Command {
  return command
    .option('--public-key <FILE>', 'RSA public key or certificate (- for standard input)')
    .option('--generate-secret', 'make a shared secret and print it once')
    .option('--secret-stdin', 'read the shared secret from standard input');
}

/** Name of the flag that chose the credential; null if none did. @throws {UsageRefused} if several did */
export function givenCredential(flags: Flags): 'publicKey' | 'generateSecret' | 'secretStdin' | null {
  const names = ['publicKey', 'generateSecret', 'secretStdin'] as const;
  const given = names.filter((name) => flags[name] !== undefined);
  if (given.length > 1)
    throw new UsageRefused('choose one of --public-key, --generate-secret and --secret-stdin');
  return given[0] ?? null;
}

/** Reads the credential. @throws {UsageRefused} unless exactly one was chosen */
export async function readConsumerCredential(flags: Flags): Promise<CredentialInput> {
  switch (givenCredential(flags)) {
    case 'publicKey':
      return { kind: 'public-key', text: await readNamedFile(String(flags.publicKey)) };
    case 'generateSecret':
      return { kind: 'generated-secret' };
    case 'secretStdin':
      return { kind: 'given-secret', secret: new Secret(await readStandardInput()) };
    case null:
      throw new UsageRefused(
        'a credential is needed: --public-key FILE, --generate-secret or --secret-stdin',
      );
  }
}
