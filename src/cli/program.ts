/** The program: every command there is, with its help. A command stands here from the day it works. */
import { Command } from 'commander';
import { programVersion } from '../server/index.ts';
import { defineAllowListCommands } from './commands/allow-list.ts';
import { defineBackupCommands } from './commands/backup.ts';
import { defineCompletionCommand } from './commands/completion.ts';
import { defineConfigCommands } from './commands/config.ts';
import { defineConsumerCommands } from './commands/consumer.ts';
import { defineDatabaseCommands } from './commands/database.ts';
import { defineDemoCommand } from './commands/demo.ts';
import { defineDoctorCommand } from './commands/doctor.ts';
import { defineExplainCommand } from './commands/explain.ts';
import { defineExportCommands } from './commands/export.ts';
import { defineGadgetCommands } from './commands/gadget.ts';
import { defineImportJiraCommand } from './commands/import-jira.ts';
import { defineInfoCommands } from './commands/info.ts';
import { defineLinkCommands } from './commands/link.ts';
import { defineMockCommand } from './commands/mock.ts';
import { defineProviderCommands } from './commands/provider.ts';
import { defineRequestCommand } from './commands/request.ts';
import { defineServeCommand } from './commands/serve.ts';
import { defineSignCommand } from './commands/sign.ts';
import { defineTokenCommands } from './commands/token.ts';
import { defineUserCommands } from './commands/user.ts';
import { defineVerifyCommand } from './commands/verify.ts';
import { withExamples } from './define-command.ts';

/** Makes the program; a wrong usage throws a CommanderError after it was printed. */
export function createProgram(): Command {
  const program = new Command('countersign')
    .description(
      'A self-hosted OAuth 1.0a installation: service provider, consumer, administration and gateway in one program.',
    )
    .version(programVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'explain a command')
    .helpCommand(false)
    .showHelpAfterError('(add --help for an explanation)');
  program.exitOverride();
  program.configureHelp({ showGlobalOptions: false });
  defineServeCommand(program);
  defineDemoCommand(program);
  defineUserCommands(program);
  defineConsumerCommands(program);
  defineTokenCommands(program);
  defineProviderCommands(program);
  defineLinkCommands(program);
  defineRequestCommand(program);
  defineGadgetCommands(program);
  defineAllowListCommands(program);
  defineInfoCommands(program);
  defineDatabaseCommands(program);
  defineBackupCommands(program);
  defineExportCommands(program);
  defineImportJiraCommand(program);
  defineDoctorCommand(program);
  defineExplainCommand(program);
  defineSignCommand(program);
  defineVerifyCommand(program);
  defineMockCommand(program);
  defineConfigCommands(program);
  defineCompletionCommand(program);
  return withExamples(program, 'countersign demo', 'countersign serve --upstream http://127.0.0.1:3000');
}
