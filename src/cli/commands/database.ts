/** `countersign db …`: the state of the database's schema. Any command brings it up to date; these say so. */
import type { Command } from 'commander';
import { type OpenSchema, openSchema } from '../../server/index.ts';
import { type Answer, counted } from '../answer.ts';
import { answering, commandGroup, readCommandSettings, withExamples } from '../define-command.ts';

/** Adds the commands to the program. */
export function defineDatabaseCommands(program: Command): void {
  const database = commandGroup(program, 'db', 'the database and its schema');
  withExamples(
    onSchema(database.command('migrate').description('bring the schema up to date'), migrate),
    'countersign db migrate --data /var/lib/countersign',
  );
  withExamples(
    onSchema(database.command('status').description('say how far the schema is; changes nothing'), status),
    'countersign db status --json',
  );
}

/** Works on the schema as it is: unlike every other command, it must not bring it up to date first. */
function onSchema(command: Command, run: (schema: OpenSchema) => Promise<Answer>): Command {
  return answering(command, async () => {
    const schema = await openSchema(readCommandSettings(command).settings);
    try {
      return await run(schema);
    } finally {
      await schema.close();
    }
  });
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
