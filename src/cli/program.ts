/**
 * The program: every command there is, with its help. A command stands here from the day it works. Scripts run commands
 * in loops, and most of a short one's time went into loading the others: where the command line begins with the name of
 * one, that one alone is loaded; for the version, none is.
 */
import { Command } from 'commander';
import { programVersion } from '../server/index.ts';
import { withExamples } from './define-command.ts';
import { parameterWords } from './parameter-words.ts';

/** What adds commands to the program, and the words that these begin with. */
interface Definition {
  readonly words: readonly string[];
  readonly load: () => Promise<(program: Command) => void>;
}

/** In the order of the help. */
const DEFINITIONS: readonly Definition[] = [
  { words: ['serve'], load: async () => (await import('./commands/serve.ts')).defineServeCommand },
  { words: ['demo'], load: async () => (await import('./commands/demo.ts')).defineDemoCommand },
  { words: ['user'], load: async () => (await import('./commands/user.ts')).defineUserCommands },
  { words: ['consumer'], load: async () => (await import('./commands/consumer.ts')).defineConsumerCommands },
  { words: ['token'], load: async () => (await import('./commands/token.ts')).defineTokenCommands },
  { words: ['provider'], load: async () => (await import('./commands/provider.ts')).defineProviderCommands },
  { words: ['link', 'unlink'], load: async () => (await import('./commands/link.ts')).defineLinkCommands },
  { words: ['request'], load: async () => (await import('./commands/request.ts')).defineRequestCommand },
  { words: ['gadget'], load: async () => (await import('./commands/gadget.ts')).defineGadgetCommands },
  {
    words: ['allow-list'],
    load: async () => (await import('./commands/allow-list.ts')).defineAllowListCommands,
  },
  { words: ['audit'], load: async () => (await import('./commands/audit.ts')).defineAuditCommands },
  { words: ['info'], load: async () => (await import('./commands/info.ts')).defineInfoCommands },
  { words: ['db'], load: async () => (await import('./commands/database.ts')).defineDatabaseCommands },
  {
    words: ['backup', 'restore'],
    load: async () => (await import('./commands/backup.ts')).defineBackupCommands,
  },
  {
    words: ['export', 'import'],
    load: async () => (await import('./commands/export.ts')).defineExportCommands,
  },
  {
    words: ['import-jira'],
    load: async () => (await import('./commands/import-jira.ts')).defineImportJiraCommand,
  },
  { words: ['doctor'], load: async () => (await import('./commands/doctor.ts')).defineDoctorCommand },
  { words: ['explain'], load: async () => (await import('./commands/explain.ts')).defineExplainCommand },
  { words: ['sign'], load: async () => (await import('./commands/sign.ts')).defineSignCommand },
  { words: ['verify'], load: async () => (await import('./commands/verify.ts')).defineVerifyCommand },
  { words: ['mock'], load: async () => (await import('./commands/mock.ts')).defineMockCommand },
  { words: ['config'], load: async () => (await import('./commands/config.ts')).defineConfigCommands },
];

/**
 * Makes the program; a wrong usage throws a CommanderError after it was printed.
 * @param argv what will be run: only the command that it begins with is there, none for `--version`, all of them where it begins otherwise
 */
export async function createProgram(argv: readonly string[] = []): Promise<Command> {
  const program = new Command('countersign')
    .description(
      'A self-hosted OAuth 1.0a installation: service provider, consumer, administration and gateway in one program.',
    )
    .version(programVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'explain a command')
    .helpCommand(false)
    .showHelpAfterError('(add --help for an explanation)');
  program.exitOverride();
  program.configureHelp({
    showGlobalOptions: false,
    optionDescription: parameterWords,
    argumentDescription: parameterWords,
  });
  if (argv[0] === '--version') return program;
  const asked = DEFINITIONS.find(({ words }) => words.includes(argv[0] ?? ''));
  if (asked === undefined) await defineAll(program);
  else (await asked.load())(program);
  return withExamples(program, 'countersign demo', 'countersign serve --upstream http://127.0.0.1:3000');
}

async function defineAll(program: Command): Promise<void> {
  const definitions = await Promise.all(DEFINITIONS.map(({ load }) => load()));
  for (const define of definitions) define(program);
  // Last: the script that it prints knows all the others.
  const { defineCompletionCommand } = await import('./completion/define-completion.ts');
  defineCompletionCommand(program);
}
