/** `countersign provider test NAME`: the steps of a connection that need no person, run now, each with its exchange. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { CLI_ACTOR } from '../../accounts/index.ts';
import {
  ensureInstallation,
  findServiceProvider,
  recordProviderTest,
  type TestVerdict,
  worstOf,
} from '../../administration/index.ts';
import {
  createConsumerContext,
  type ShownExchange,
  type TestStep,
  testProvider,
} from '../../consumer/index.ts';
import { writtenAddress } from '../../settings/index.ts';
import type { Answer } from '../answer.ts';
import { type Flags, withExamples } from '../define-command.ts';
import { type CommandContext, onData, withSetting } from '../on-data.ts';
import { outboundFor } from '../outbound-for.ts';

const MARKS: Readonly<Record<TestVerdict, string>> = { success: '✔', warning: '!', failure: '✘' };

const STEP_WORDS: Readonly<Record<TestStep['step'], string>> = {
  addresses: 'addresses',
  credential: 'credential',
  'request-token': 'request token',
  callback: 'callback',
  'authorize-page': 'authorize page',
};

/** Adds the command. */
export function defineProviderTest(provider: Command): void {
  const test = provider
    .command('test')
    .description(
      'ask a service provider for a request token now, and say what happens (exit status 1: it failed)',
    )
    .argument('<NAME>', 'its name');
  withExamples(
    onData(withSetting(withSetting(test, 'allowHost'), 'publicUrl'), run),
    'countersign provider test Photos',
    'countersign provider test Tracker --allow-host 127.0.0.1:8080',
  );
}

async function run(context: CommandContext, _flags: Flags, name?: string): Promise<Answer> {
  await ensureInstallation(context, context.settings);
  const provider = await findServiceProvider(context, name!);
  const outbound = await outboundFor(context);
  const consumer = createConsumerContext({ ...context, fetch: outbound.fetch, pause });
  const steps = await testProvider(consumer, provider, callbackOf(context));
  const verdict = worstOf(steps.map(({ outcome }) => outcome));
  const finding = steps.findLast(({ outcome }) => outcome === verdict)?.finding ?? '';
  await recordProviderTest(context, provider.name, { verdict, finding }, CLI_ACTOR);
  return {
    json: { provider: provider.name, verdict, steps },
    lines: steps.flatMap(stepLines),
    ...(verdict === 'failure' && { failure: `the test of ${provider.name} failed` }),
  };
}

/** Where a server with these settings would be called back. */
function callbackOf({ settings }: CommandContext): string {
  const base = settings.publicUrl?.href ?? `http://${writtenAddress(settings.listen)}`;
  return `${base.replace(/\/+$/, '')}/oauth/callback`;
}

function stepLines({ step, outcome, advice, exchange }: TestStep): string[] {
  return [
    `${MARKS[outcome]} ${STEP_WORDS[step]}: ${advice}`,
    ...(exchange === null ? [] : exchangeLines(exchange).map((line) => `    ${harmless(line)}`)),
  ];
}

function exchangeLines(exchange: ShownExchange): string[] {
  const headers = (sign: string, all: Readonly<Record<string, string>>) =>
    Object.entries(all).map(([name, value]) => `${sign} ${name}: ${value}`);
  const body = (sign: string, text: string) =>
    text === '' ? [] : text.split(/\r?\n/).map((line) => `${sign} ${line}`);
  return [
    `> ${exchange.method} ${exchange.url}`,
    ...headers('>', exchange.requestHeaders),
    ...body('>', exchange.requestBody),
    exchange.status === null ? '< no answer' : `< ${exchange.status}`,
    ...headers('<', exchange.answerHeaders),
    ...body('<', exchange.answerBody),
  ];
}

/** What a stranger sent must not steer the terminal: control characters are shown as what they are not. */
function harmless(line: string): string {
  return line.replace(/[\u0000-\u001f\u007f-\u009f]/gu, '\ufffd');
}
