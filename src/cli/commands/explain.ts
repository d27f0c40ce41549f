/**
 * `countersign explain`: why a signed request is refused. With an installation's data it knows the consumer and the
 * token; without, it takes a credential. It reads, and changes nothing: no nonce is used up by being explained.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { nowSeconds } from '../../base/index.ts';
import {
  type Explanation,
  explain,
  explainRefusal,
  gatherKnowledge,
  type Knowledge,
  type Language,
  offlineKnowledge,
  withPageAddresses,
} from '../../explain/index.ts';
import { type Refusal, type Storage, unpackRefusal } from '../../model/index.ts';
import { Problem, parseMessage } from '../../oauth/index.ts';
import type { ProviderRequest } from '../../provider/index.ts';
import { hasInstallation, openInstallation, providerSettings } from '../../server/index.ts';
import type { Settings } from '../../settings/index.ts';
import type { Answer } from '../answer.ts';
import { type Flags, withExamples } from '../define-command.ts';
import { answering, readCommandSettings, withSetting } from '../on-data.ts';
import { printable } from '../paint.ts';
import { CommandRefused, UsageRefused } from '../refusals.ts';
import {
  type AskedRequest,
  asksStandardInput,
  kindOfRequest,
  readAskedRequest,
  withAskedRequest,
} from '../signing/asked-request.ts';
import { explanationJson, explanationLines } from '../signing/explanation-lines.ts';
import {
  givesCredential,
  readOfflineCredential,
  readTokenSecret,
  withOfflineCredential,
} from '../signing/offline-credential.ts';
import { readNamedFile } from '../standard-input.ts';

const LANGUAGES: readonly Language[] = ['en', 'ja'];

/** Adds the command to the program. */
export function defineExplainCommand(program: Command): void {
  const command = withOfflineCredential(
    withAskedRequest(program.command('explain').description('say why a signed request is refused')),
  )
    .option('--request-id <ID>', 'a request that this installation refused, by the id in its answer')
    .option('--consumer <KEY>', 'the last request of this consumer that was refused')
    .option('--base-string <FILE>', 'the base string that the client printed')
    .option('--at <TIME>', 'when the request arrived: ISO 8601, or seconds since 1970 (default: now)')
    .option('--lang <LANGUAGE>', `language of the explanation: ${LANGUAGES.join(', ')}`, 'en');
  withSetting(command, 'publicUrl');
  answering(command, (flags, source) => run(command, flags, source));
  withExamples(
    command,
    'countersign explain --request-id 0f5c2a4e-8f0b-4c57-9a0e-3d1f6c1f0a11',
    'countersign explain --consumer wiki --lang ja',
    'countersign explain --curl request.txt',
    'countersign explain --har session.har --base-string printed.txt --json',
    'countersign explain --file request.txt --secret-file secret.txt --public-url https://tracker.example.com',
  );
}

async function run(command: Command, flags: Flags, source: string | undefined): Promise<Answer> {
  const { settings } = readCommandSettings(command);
  const language = LANGUAGES.find((one) => one === flags.lang);
  if (language === undefined) throw new UsageRefused(`--lang: must be one of ${LANGUAGES.join(', ')}`);
  if (flags.requestId !== undefined || flags.consumer !== undefined) {
    const { explanation, publicUrl } = await explainKept(settings, flags, source, language);
    return answerOf(explanation, publicUrl, language);
  }
  return explainGiven(settings, flags, source, language);
}

/** A request that this installation refused and kept. */
async function explainKept(
  settings: Settings,
  flags: Flags,
  source: string | undefined,
  language: Language,
): Promise<{ readonly explanation: Explanation; readonly publicUrl: string }> {
  const others = ['curl', 'har', 'file', 'baseString', 'at'].filter((name) => flags[name] !== undefined);
  if (others.length > 0 || source !== undefined || givesCredential(flags)) {
    throw new UsageRefused('--request-id and --consumer: name the whole request; leave the other flags out');
  }
  if (!hasInstallation(settings))
    throw new CommandRefused(`there is no installation in ${settings.data}: name its directory with --data.`);
  const open = await openInstallation(settings);
  try {
    const refusal = await findKept(open.storage, flags);
    const context = { ...open, settings: providerSettings(settings) };
    const { publicUrl } = unpackRefusal(refusal);
    return { explanation: await explainRefusal(context, refusal, language), publicUrl };
  } finally {
    await open.storage.close();
  }
}

/** A server writes refused requests down a moment after it answered: within this time, unless it has much to do. */
const WRITTEN_AFTER_MS = 500;

/** The refusal of that id, or the last one of that consumer. @throws {CommandRefused} when none is kept */
async function findKept({ refusals, consumers }: Storage, { requestId, consumer }: Flags): Promise<Refusal> {
  const find = async () => {
    const named = requestId ?? (await lastRefused(refusals, String(consumer)));
    return named === undefined ? null : refusals.find(String(named));
  };
  let refusal = await find();
  if (refusal === null && requestId !== undefined) {
    await pause(WRITTEN_AFTER_MS);
    refusal = await find();
  }
  const isOthers = consumer !== undefined && refusal?.consumerKey !== consumer;
  if (refusal !== null && !isOthers) return refusal;
  const sought =
    requestId === undefined ? `of ${printable(String(consumer))}` : `under ${printable(String(requestId))}`;
  if (consumer !== undefined && (await consumers.find(String(consumer))) === null) {
    throw new CommandRefused(
      `no refused request is kept ${sought}, and no such consumer is registered: look the key up with countersign consumer list.`,
    );
  }
  throw new CommandRefused(
    `no refused request is kept ${sought}: only the last ones are, and only refused ones. ` +
      'Give the request itself with --curl, --har or --file.',
  );
}

async function lastRefused(refusals: Storage['refusals'], consumerKey: string): Promise<string | undefined> {
  const { rows } = await refusals.list({ consumerKey }, { search: '', offset: 0, limit: 1 });
  return rows[0]?.requestId;
}

/** A request that somebody has at hand. */
async function explainGiven(
  settings: Settings,
  flags: Flags,
  source: string | undefined,
  language: Language,
): Promise<Answer> {
  const at = readTime(flags.at);
  const isOffline = givesCredential(flags);
  if (!isOffline && !hasInstallation(settings)) {
    throw new UsageRefused(
      `there is no installation in ${settings.data}: name its directory with --data, or say what the request is ` +
        'signed with by --secret-stdin, --secret-file or --public-key',
    );
  }
  const publicUrl = settings.publicUrl?.href ?? null;
  const asked = await readAskedRequest(flags, source, publicUrl);
  const clientBaseString = await printedBaseString(flags, asked);
  const beside = {
    now: at,
    publicUrl,
    arrival: asked.arrival,
    clientBaseString,
    kind: kindOfRequest(asked.request),
  };
  const knowledge = isOffline
    ? await knowByCredential(flags, asked.request, beside)
    : await knowByData(settings, asked.request, beside);
  const explanation = await explain(asked.request, knowledge, language);
  return answerOf(explanation, publicUrl, language, asked.pasted.ignored);
}

function answerOf(
  found: Explanation,
  publicUrl: string | null,
  language: Language,
  ignored: readonly string[] = [],
): Answer {
  const explanation = publicUrl === null ? found : withPageAddresses(found, publicUrl);
  return {
    json: explanationJson(explanation, ignored),
    lines: explanationLines(explanation, language, ignored),
  };
}

/** What the text and the flags say about the request. */
type Beside = Pick<Knowledge, 'now' | 'publicUrl' | 'arrival' | 'clientBaseString' | 'kind'>;

async function knowByData(settings: Settings, request: ProviderRequest, beside: Beside): Promise<Knowledge> {
  const open = await openInstallation(settings);
  try {
    return await gatherKnowledge({ ...open, settings: providerSettings(settings) }, request, beside);
  } finally {
    await open.storage.close();
  }
}

async function knowByCredential(flags: Flags, request: ProviderRequest, beside: Beside): Promise<Knowledge> {
  const { consumerKey = '', token } = protocolOf(request);
  return offlineKnowledge({
    ...beside,
    consumerKey,
    credential: await readOfflineCredential(flags, asksStandardInput(flags)),
    token:
      token === undefined || token === '' ? null : { value: token, secret: await readTokenSecret(flags) },
  });
}

/** The protocol parameters; none of a request that cannot be taken apart, which the explanation will say. */
function protocolOf(request: ProviderRequest) {
  try {
    return parseMessage(request).protocol;
  } catch (refusal) {
    if (refusal instanceof Problem) return {};
    throw refusal;
  }
}

async function printedBaseString(flags: Flags, { pasted }: AskedRequest): Promise<string | null> {
  if (flags.baseString === undefined) return pasted.baseString;
  return (await readNamedFile(String(flags.baseString))).trim();
}

function readTime(given: unknown): number {
  if (given === undefined) return nowSeconds({ milliseconds: () => Date.now() });
  const text = String(given);
  const seconds = /^\d{1,11}$/.test(text) ? Number(text) : Math.floor(Date.parse(text) / 1000);
  if (Number.isNaN(seconds)) throw new UsageRefused('--at: must be a time such as 2026-01-31T12:00:00Z');
  return seconds;
}
