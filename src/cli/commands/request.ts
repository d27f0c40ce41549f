/**
 * `countersign request`: one signed request with a user's stored token, used like curl. The body goes to stdout byte
 * for byte, the status line to stderr; the exit code is 0 for 2xx and 3xx. It reaches what the provider's record and
 * the guarded client allow, no more than the signing proxy does.
 */
import { isUtf8 } from 'node:buffer';
import { STATUS_CODES } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import {
  type ActsAs,
  connectionFor,
  createConsumerContext,
  RequestNotAllowed,
  type RequestToSign,
  sendSigned,
} from '../../consumer/index.ts';
import { openInstallation } from '../../server/index.ts';
import { writtenAddress } from '../../settings/index.ts';
import {
  createOutbound,
  createOutboundStreams,
  readComplaint,
  type StreamedAnswer,
} from '../../web/index.ts';
import { documentText } from '../answer.ts';
import { type Flags, repeated, withExamples } from '../define-command.ts';
import { findUser } from '../find-user.ts';
import { readCommandSettings, withSetting, withSettings } from '../on-data.ts';
import { CommandRefused, UsageRefused } from '../refusals.ts';
import { readNamedFile } from '../standard-input.ts';

/** Adds the command to the program. */
export function defineRequestCommand(program: Command): void {
  const command = program
    .command('request')
    .description('make one signed request to a service provider, with the token of a user')
    .argument('<URL>', 'address, or a path below the provider’s base URL')
    .requiredOption('--provider <NAME>', 'service provider')
    .option('--user <NAME>', 'user whose token is presented')
    .option('--two-legged', 'without any user')
    .option('-X, --request <METHOD>', 'HTTP method (default: GET, with -d POST)')
    .option(
      '-d, --body <BODY>',
      'body; @FILE reads a file, @- standard input; repeated ones are joined by &',
      repeated,
    )
    .option(
      '-H, --header <HEADER>',
      'header field such as "Accept: application/json" (may be repeated)',
      repeated,
    )
    .option('-i, --include', 'print status and header fields before the body')
    .option('--json', 'print status, header fields and body as one JSON document on stdout');
  withSetting(withSettings(command, 'common'), 'allowHost').action((url: string, flags: Flags) =>
    run(command, flags, url),
  );
  withExamples(
    command,
    'countersign request --provider Tracker --user alice /rest/api/2/search',
    `countersign request --provider Photos --user alice -X PUT -H 'Content-Type: application/json' -d @album.json https://photos.example.com/albums/1`,
  );
}

async function run(command: Command, flags: Flags, url: string): Promise<void> {
  const { settings } = readCommandSettings(command);
  if ((flags.user === undefined) === (flags.twoLegged !== true)) {
    throw new UsageRefused('say as whom: --user NAME or --two-legged');
  }
  const allowHosts = settings.allowHost.map(writtenAddress);
  const open = await openInstallation(settings);
  const streams = createOutboundStreams({ allowHosts });
  try {
    const context = createConsumerContext({ ...open, fetch: createOutbound({ allowHosts }).fetch, pause });
    if (flags.user !== undefined) await findUser(open, String(flags.user));
    const providerName = String(flags.provider);
    const provider = await open.storage.serviceProviders.find(providerName);
    if (provider === null) throw new RequestNotAllowed(providerName, 'unknown-provider');
    const actsAs: ActsAs =
      flags.twoLegged === true
        ? { kind: 'two-legged', providerName }
        : { kind: 'user', connection: await connectionFor(context, String(flags.user), providerName) };
    const request = await givenRequest(flags, absolute(url, provider.baseUrl));
    const { signal } = new AbortController();
    const answer = await sendSigned(context, actsAs, request, async (outgoing) =>
      readComplaint(await streams.send(outgoing.url, { ...outgoing, signal })),
    );
    await print(answer, flags);
    const status = statusLine(answer);
    if (answer.status >= 400) throw new CommandRefused(`${providerName} answered ${status}.`);
    process.stderr.write(`${status}\n`);
  } finally {
    await streams.close();
    await open.storage.close();
  }
}

function absolute(url: string, baseUrl: string | null): string {
  if (!url.startsWith('/')) return url;
  if (baseUrl === null) throw new UsageRefused('this provider has no base URL; give the whole address');
  return baseUrl.replace(/\/+$/, '') + url;
}

async function givenRequest(flags: Flags, url: string): Promise<RequestToSign> {
  const headers = givenHeaders((flags.header as readonly string[] | undefined) ?? []);
  const data = flags.body as readonly string[] | undefined;
  const method = String(flags.request ?? (data === undefined ? 'GET' : 'POST'));
  if (data === undefined) return { method, url, headers };
  const parts = await Promise.all(
    data.map((part) => (part.startsWith('@') ? readNamedFile(part.slice(1)) : part)),
  );
  return {
    method,
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: Buffer.from(parts.join('&')),
  };
}

function givenHeaders(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries([
    ['user-agent', 'Countersign'],
    ...lines.map((line) => {
      const colon = line.indexOf(':');
      if (colon < 1) throw new UsageRefused(`-H ${line}: a header field is written NAME: VALUE`);
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  ]);
}

async function print(answer: StreamedAnswer, flags: Flags): Promise<void> {
  if (flags.json === true) {
    process.stdout.write(`${documentText(await answerDocument(answer))}\n`);
    return;
  }
  if (flags.include === true)
    process.stdout.write(`HTTP/1.1 ${statusLine(answer)}\r\n${fieldLines(answer)}\r\n`);
  await pipeline(answer.body, process.stdout, { end: false });
}

/** A body that is no text is written in base64, and `bodyEncoding` says so. */
async function answerDocument({ status, headers, body }: StreamedAnswer): Promise<unknown> {
  const bytes = await buffer(body);
  const bodyEncoding = isUtf8(bytes) ? 'utf8' : 'base64';
  const fields: Record<string, string[]> = {};
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i]!.toLowerCase();
    fields[name] = [...(fields[name] ?? []), headers[i + 1]!];
  }
  return { status, headers: fields, bodyEncoding, body: bytes.toString(bodyEncoding) };
}

function statusLine({ status }: StreamedAnswer): string {
  return `${status} ${STATUS_CODES[status] ?? ''}`.trim();
}

function fieldLines({ headers }: StreamedAnswer): string {
  let text = '';
  for (let i = 0; i < headers.length; i += 2) text += `${headers[i]}: ${headers[i + 1]}\r\n`;
  return text;
}
