/** `countersign allow-list …`: the hosts that gadgets may reach, and why an address may or may not be reached. */
import type { Command } from 'commander';
import { CLI_ACTOR } from '../../accounts/index.ts';
import { jsonRecord } from '../../base/index.ts';
import {
  type AddressVerdict,
  addOutboundRule,
  judgeAddress,
  outboundPlaces,
  removeOutboundRule,
} from '../../gadgets/index.ts';
import { type Answer, shownTime, table } from '../answer.ts';
import { commandGroup, type Flags, withExamples } from '../define-command.ts';
import { gadgetsContext } from '../gadgets-context.ts';
import { type CommandContext, onData } from '../on-data.ts';

/** Adds the commands to the program. */
export function defineAllowListCommands(program: Command): void {
  const group = commandGroup(program, 'allow-list', 'the hosts that gadgets may reach');
  withExamples(
    onData(group.command('list').description('list the rules'), list),
    'countersign allow-list list',
  );
  withExamples(
    onData(
      group
        .command('add')
        .description('allow a host, or all subdomains of a domain')
        .argument(
          '<PATTERN>',
          'scheme and host, with a port where it is not the usual one; * stands for all subdomains',
        )
        .option('--note <TEXT>', 'what it is for'),
      add,
    ),
    'countersign allow-list add https://feeds.example.com --note "news"',
    "countersign allow-list add 'https://*.example.com'",
  );
  withExamples(
    onData(
      group.command('remove').description('take a rule back').argument('<PATTERN>', 'as the list shows it'),
      remove,
    ),
    'countersign allow-list remove https://feeds.example.com',
  );
  withExamples(
    onData(
      group
        .command('test')
        .description('say whether gadgets may reach an address, and why; exit status 1 if not')
        .argument('<URL>', 'the address'),
      test,
    ),
    'countersign allow-list test https://feeds.example.com/today',
  );
}

async function list({ storage }: CommandContext): Promise<Answer> {
  const rules = await storage.allowList.list();
  return {
    json: rules.map(jsonRecord),
    lines: table(
      ['PATTERN', 'ADDED BY', 'ADDED', 'NOTE'],
      rules.map(({ pattern, addedBy, createdAt, note }) => [pattern, addedBy, shownTime(createdAt), note]),
      'There are no rules: gadgets reach this installation and its service providers only.',
    ),
  };
}

async function add(context: CommandContext, flags: Flags, pattern?: string): Promise<Answer> {
  const fields = { pattern: pattern!, note: String(flags.note ?? '') };
  const rule = await addOutboundRule(gadgetsContext(context), fields, CLI_ACTOR);
  return { json: jsonRecord(rule), lines: [`Gadgets may reach ${rule.pattern}.`] };
}

async function remove(context: CommandContext, _flags: Flags, pattern?: string): Promise<Answer> {
  await removeOutboundRule(gadgetsContext(context), pattern!, CLI_ACTOR);
  return { json: { pattern, isRemoved: true }, lines: [`Gadgets may no longer reach ${pattern}.`] };
}

async function test(context: CommandContext, _flags: Flags, url?: string): Promise<Answer> {
  const verdict = judgeAddress(await outboundPlaces(gadgetsContext(context)), url!);
  const sentence = verdictWords(verdict);
  if (verdict.isAllowed) return { json: verdict, lines: [sentence] };
  return { json: verdict, lines: [], failure: sentence };
}

/** Why, in a sentence. */
function verdictWords(verdict: AddressVerdict): string {
  if (!verdict.isAllowed) {
    switch (verdict.why) {
      case 'no-address':
        return 'this is no address; begin with https://';
      case 'scheme':
        return 'only http and https addresses can be reached';
      case 'credentials':
        return 'an address with a user name in it is never reached: what stands before the @ is not its host';
      case 'no-rule':
        return `no rule allows ${verdict.origin}; countersign allow-list add ${verdict.origin}`;
    }
  }
  switch (verdict.by) {
    case 'own':
      return `Allowed: ${verdict.origin} is this installation.`;
    case 'provider':
      return `Allowed: ${verdict.origin} belongs to the service provider ${verdict.provider}.`;
    case 'rule':
      return `Allowed by the rule ${verdict.pattern}.`;
  }
}
