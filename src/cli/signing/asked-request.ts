/**
 * The request that a command is asked about: a curl command, a HAR file, raw HTTP or whatever else people copy, from
 * a file or from standard input. How it is written is told by the text, unless a flag says so.
 */
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { Command } from 'commander';
import {
  type ArrivalFacts,
  arrivedFromPasted,
  type PastedKind,
  type PastedMistake,
  type PastedRequest,
  readPastedRequest,
} from '../../explain/index.ts';
import { isLoopbackHost } from '../../model/index.ts';
import type { ProviderRequest, SignedRequestKind } from '../../provider/index.ts';
import type { Flags } from '../define-command.ts';
import { CommandRefused, UsageRefused } from '../refusals.ts';
import { fileRefused } from '../standard-input.ts';

/** A request, ready to be judged. */
export interface AskedRequest {
  readonly pasted: PastedRequest;
  readonly request: ProviderRequest;
  readonly arrival: ArrivalFacts;
}

/** What is accepted, for those who gave something else. */
const ACCEPTED =
  'Accepted are a raw HTTP request, a curl command, a HAR file or one entry of it, ' +
  'method and URL with an Authorization header, or a base string.';

/** Why a text could not be read, in a sentence. */
const MISTAKES: Readonly<Record<PastedMistake, string>> = {
  empty: `there is nothing to read. ${ACCEPTED}`,
  'too-long': 'the text is longer than a million characters; leave only the one request in it.',
  'not-recognised': `the text is no request that can be read. ${ACCEPTED}`,
  'no-address': `the request names no address: it needs a URL, or a path together with a Host header. ${ACCEPTED}`,
  'curl-quote-open': 'a quotation mark of the curl command is never closed; copy the whole command.',
  'har-not-json': 'the text begins like a HAR file but is not valid JSON.',
  'har-without-request': 'there is no request in this JSON; a HAR file has them under log.entries.',
  'http-malformed': 'the request is not well-formed HTTP: a request line, headers, an empty line, the body.',
  'base-string-malformed': 'the base string must be METHOD&address&parameters, each percent-encoded.',
};

const FLAGS: Readonly<Record<string, PastedKind | undefined>> = { curl: 'curl', har: 'har', file: undefined };

/** Adds the flags that name the request. */
export function withAskedRequest(command: Command): Command {
  return command
    .argument('[-]', 'read the request from standard input, as is done when no flag names it')
    .option('--curl <FILE>', 'the request as a curl command (- for standard input)')
    .option('--har <FILE>', 'the request as a HAR file, or one entry of it')
    .option('--file <FILE>', 'the request as raw HTTP, or in any of the other forms');
}

/** Whether the request comes from standard input, so that nothing else can. */
export function asksStandardInput(flags: Flags): boolean {
  const named = Object.keys(FLAGS).filter((name) => flags[name] !== undefined);
  return named.length === 0 || named.some((name) => flags[name] === '-');
}

/**
 * Reads the request.
 * @param publicUrl the installation it is meant for; null takes the text's own address
 * @throws {UsageRefused} when several are named @throws {CommandRefused} when it cannot be read, saying why
 */
export async function readAskedRequest(
  flags: Flags,
  source: string | undefined,
  publicUrl: string | null,
): Promise<AskedRequest> {
  if (source !== undefined && source !== '-') {
    throw new UsageRefused(`${source}: name a file with --file, --curl or --har`);
  }
  const named = Object.keys(FLAGS).filter((name) => flags[name] !== undefined);
  if (named.length > 1)
    throw new UsageRefused(`choose one of ${named.map((name) => `--${name}`).join(', ')}`);
  const [name] = named;
  const text = await readText(name === undefined ? '-' : String(flags[name]));
  const reading = readPastedRequest(text, name === undefined ? undefined : FLAGS[name]);
  if (!reading.ok) throw new CommandRefused(MISTAKES[reading.mistake]);
  const arrived = arrivedFromPasted(reading.request, publicUrl ?? likelyUrl(reading.request));
  if (arrived === null) throw new CommandRefused(MISTAKES['no-address']);
  return { pasted: reading.request, ...arrived };
}

/** A raw request does not name its scheme; on this machine it is hardly ever https. Null: as the text has it. */
function likelyUrl({ url, hasScheme }: PastedRequest): string | null {
  const parsed = hasScheme ? null : URL.parse(url);
  return parsed !== null && isLoopbackHost(parsed.hostname) ? `http://${parsed.host}` : null;
}

/** The whole text, its last line end included: it may belong to a body. */
async function readText(path: string): Promise<string> {
  if (path !== '-') {
    return readFile(path, 'utf8').catch((error) => {
      throw fileRefused(path, error);
    });
  }
  if (process.stdin.isTTY) process.stderr.write('Paste the request, then press Ctrl-D.\n');
  return (await buffer(process.stdin)).toString('utf8');
}

/** Which rules a request is judged by: its path says whether it asks for a token. */
export function kindOfRequest({ path }: Pick<ProviderRequest, 'path'>): SignedRequestKind {
  if (path.endsWith('/request-token')) return 'requestToken';
  return path.endsWith('/access-token') ? 'accessToken' : 'resource';
}
