/** `countersign db …`: the schema, which any command brings up to date and these talk about; and the sealing key. */
import type { Command } from 'commander';
import {
  dropOldSealingKeys,
  hasInstallation,
  type OpenSchema,
  openSchema,
  rotateSealingKey,
} from '../../server/index.ts';
import type { Settings } from '../../settings/index.ts';
import { type Answer, counted } from '../answer.ts';
import { commandGroup, type Flags, withExamples } from '../define-command.ts';
import { answering, type CommandContext, onData, readCommandSettings } from '../on-data.ts';
import { withProgress } from '../progress.ts';
import { CommandRefused } from '../refusals.ts';

/** Adds the commands to the program. */
export function defineDatabaseCommands(program: Command): void {
  const database = commandGroup(program, 'db', 'the database and its schema');
  withExamples(
    onSchema(database.command('migrate').description('bring the schema up to date'), migrate),
    'countersign db migrate --data /var/lib/countersign',
  );
  withExamples(
    onSchema(
      database.command('status').description('say how far the schema is; changes nothing'),
      status,
      refuseNone,
    ),
    'countersign db status --json',
  );
  const rotateKey = database
    .command('rotate-key')
    .description('seal the secrets in the database with a new key, while the server runs')
    .option('--drop-old', 'instead of adding a key, drop all but the newest from the key file');
  withExamples(
    onData(rotateKey, rotate),
    'countersign db rotate-key',
    'countersign db rotate-key --drop-old',
  );
}

/**
 * Works on the schema as it is: unlike every other command, it must not bring it up to date first.
 * @param refuse says no before anything is opened, or made
 */
function onSchema(
  command: Command,
  run: (schema: OpenSchema) => Promise<Answer>,
  refuse: (settings: Settings) => void = () => undefined,
): Command {
  return answering(command, async () => {
    const { settings } = readCommandSettings(command);
    refuse(settings);
    const schema = await openSchema(settings);
    try {
      return await run(schema);
    } finally {
      await schema.close();
    }
  });
}

function refuseNone(settings: Settings): void {
  if (hasInstallation(settings)) return;
  throw new CommandRefused(
    `there is no database in ${settings.data}: name its directory with --data, or make one with countersign db migrate.`,
  );
}

async function migrate(schema: OpenSchema): Promise<Answer> {
  const before = await schema.status();
  const after = await schema.migrate();
  const applied = before.pending.length;
  return {
    json: { ...after, applied: before.pending },
    lines: [
      applied === 0
        ? `The schema is up to date (version ${after.version}).`
        : `Applied ${counted(applied, 'migration')}; the schema is now at version ${after.version}.`,
    ],
  };
}

async function status(schema: OpenSchema): Promise<Answer> {
  const state = await schema.status();
  const pending = state.pending.map(({ number, name }) => `  ${number}  ${name}`);
  return {
    json: state,
    lines: [
      `The schema is at version ${state.version} of ${state.latest}.`,
      ...(pending.length === 0 ? [] : ['To be applied (countersign db migrate):', ...pending]),
    ],
  };
}

async function rotate(context: CommandContext, flags: Flags): Promise<Answer> {
  if (flags.dropOld === true) {
    const dropped = await dropOldSealingKeys(context, context.settings);
    const line =
      dropped === 0
        ? 'The key file holds one key; there is none to drop.'
        : `Dropped ${counted(dropped, 'older key')}. Backups made before the rotation open with the old key file only: keep it with them.`;
    return { json: { dropped }, lines: [line] };
  }
  const { secrets, broken } = await withProgress('secrets', (onProgress) =>
    rotateSealingKey(context, context.settings, onProgress),
  );
  const answer: Answer = {
    json: { resealed: secrets, broken },
    lines: [
      `Added a key and sealed ${counted(secrets, 'secret')} with it. Copy the key file to where its copies are kept.`,
      'Older keys stay in it, for backups made before; countersign db rotate-key --drop-old drops them.',
    ],
  };
  if (broken.length === 0) return answer;
  return {
    ...answer,
    failure: `${counted(broken.length, 'secret')} do not open with any key and stay as they are: ${broken.join(', ')}.`,
  };
}
