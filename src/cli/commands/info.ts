/** `countersign info`: who this installation is to others. */
import type { Command } from 'commander';
import { CLI_ACTOR } from '../../accounts/index.ts';
import {
  editInstallation,
  ensureInstallation,
  type InstallationChanges,
  publicKeyPem,
} from '../../administration/index.ts';
import type { Installation } from '../../model/index.ts';
import { type Answer, facts, jsonRecord, shownTime } from '../answer.ts';
import {
  type CommandContext,
  commandGroup,
  type Flags,
  givenFlags,
  onData,
  withExamples,
} from '../define-command.ts';

/** Adds the commands to the program. */
export function defineInfoCommands(program: Command): void {
  const info = commandGroup(program, 'info', 'who this installation is to others: its consumer information');
  withExamples(
    onData(info.command('show', { isDefault: true }).description('show our consumer information'), show),
    'countersign info',
    'countersign info show --json',
  );
  withExamples(
    onData(
      info
        .command('edit')
        .description('change our name, description or callback')
        .option('--name <TEXT>', 'name')
        .option('--description <TEXT>', 'what this installation is')
        .option('--callback <URL>', 'where users return to when we are the consumer'),
      edit,
    ),
    'countersign info edit --name Tracker --description "Issues of the whole company"',
  );
}

async function show(context: CommandContext): Promise<Answer> {
  return infoAnswer(await ensureInstallation(context, context.settings));
}

async function edit(context: CommandContext, flags: Flags): Promise<Answer> {
  await ensureInstallation(context, context.settings);
  const changes = givenFlags<InstallationChanges>(flags, ['name', 'description', 'callback']);
  return infoAnswer(await editInstallation(context, changes, CLI_ACTOR));
}

/** The private keys never leave, not even here. */
function infoAnswer({
  privateKey: _private,
  assertionKey: _assertion,
  publicKeySpki,
  ...open
}: Installation): Answer {
  const publicKey = publicKeyPem(publicKeySpki);
  return {
    json: jsonRecord({ ...open, publicKey }),
    lines: [
      ...facts([
        ['Consumer key', open.consumerKey],
        ['Name', open.name],
        ['Description', open.description.replaceAll('\n', ' ') || '—'],
        ['Callback', open.callback ?? '—'],
        ['Since', shownTime(open.createdAt)],
      ]),
      publicKey.trimEnd(),
    ],
  };
}
