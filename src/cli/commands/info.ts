/** `countersign info`: who this installation is to others. */
import type { Command } from 'commander';
import { CLI_ACTOR } from '../../accounts/index.ts';
import {
  editInstallation,
  ensureInstallation,
  type InstallationChanges,
  installationKeyFacts,
  rotateInstallationKey,
} from '../../administration/index.ts';
import { jsonRecord, nowSeconds } from '../../base/index.ts';
import type { Installation } from '../../model/index.ts';
import { durationSeconds } from '../../settings/index.ts';
import { type Answer, facts, shownTime } from '../answer.ts';
import { commandGroup, type Flags, givenFlags, needsChange, withExamples } from '../define-command.ts';
import { type CommandContext, onData } from '../on-data.ts';
import { UsageRefused } from '../refusals.ts';

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
  defineRotate(info);
}

function defineRotate(info: Command): void {
  withExamples(
    onData(
      info
        .command('rotate')
        .description('make a new key pair and publish it; the present one signs until the overlap ends')
        .option('--overlap <DURATION>', 'how long the present key goes on signing; 0 ends it at once', '7d')
        .option('--now', 'let the new key take over at once; also ends a rotation that is under way'),
      rotate,
    ),
    'countersign info rotate',
    'countersign info rotate --overlap 2w',
    'countersign info rotate --now',
  );
}

async function show(context: CommandContext): Promise<Answer> {
  return infoAnswer(context, await ensureInstallation(context, context.settings));
}

async function edit(context: CommandContext, flags: Flags): Promise<Answer> {
  const changes = givenFlags<InstallationChanges>(flags, ['name', 'description', 'callback']);
  needsChange(changes);
  await ensureInstallation(context, context.settings);
  return infoAnswer(context, await editInstallation(context, changes, CLI_ACTOR));
}

async function rotate(context: CommandContext, flags: Flags): Promise<Answer> {
  const overlapSeconds = flags.now === true ? 0 : durationSeconds(String(flags.overlap));
  if (overlapSeconds === null) throw new UsageRefused('--overlap: must be a duration such as 12h or 7d');
  await ensureInstallation(context, context.settings);
  const installation = await rotateInstallationKey(context, { overlapSeconds }, CLI_ACTOR);
  const { json, lines } = infoAnswer(context, installation);
  const { consumerKey, next } = installation;
  const takesOver =
    next === null
      ? 'The new key has taken over. Others refuse our requests until they have fetched it'
      : `The next key is published; it takes over on ${shownTime(next.activatesAt)}. Until then, others fetch it`;
  const overlap = next === null ? '' : ` --overlap ${String(flags.overlap).replaceAll(/\s/gu, '')}`;
  return {
    json,
    lines: [
      `${takesOver}:`,
      `  countersign consumer rotate ${consumerKey} --from-base-url${overlap}`,
      '',
      ...lines,
    ],
  };
}

/** The private keys never leave, not even here. */
function infoAnswer({ clock }: CommandContext, installation: Installation): Answer {
  const { consumerKey, name, description, callback, createdAt } = installation;
  const { present, next } = installationKeyFacts(installation, nowSeconds(clock));
  const published = (next ?? present).pem;
  return {
    json: jsonRecord({
      consumerKey,
      name,
      description,
      callback,
      createdAt,
      fingerprint: present.fingerprint,
      next: next && { fingerprint: next.fingerprint, activatesAt: next.activatesAt },
      publicKey: published,
    }),
    lines: [
      ...facts([
        ['Consumer Key', consumerKey],
        ['Name', name],
        ['Description', description.replaceAll('\n', ' ') || '—'],
        ['Callback', callback ?? '—'],
        ['Since', shownTime(createdAt)],
        ['Key that signs', `RSA ${present.bits} bit, SHA-256 ${present.fingerprint}`],
        ...(next === null
          ? []
          : ([
              ['Next key', `RSA ${next.bits} bit, SHA-256 ${next.fingerprint}`],
              ['Takes over', shownTime(next.activatesAt)],
            ] as const)),
      ]),
      published.trimEnd(),
    ],
  };
}
