/** `countersign mock`: a provider for other projects' tests, which says on stdout what there is to know about it. */
import type { Command } from 'commander';
import type { MockProvider } from '../../mock/index.ts';
import { systemErrorCode } from '../../server/index.ts';
import { repeated, withExamples } from '../define-command.ts';
import { CommandRefused, UsageRefused } from '../refusals.ts';
import { untilSignal } from '../until-signal.ts';

/** What the flags give; commander has checked that they are texts. */
interface MockFlags {
  readonly listen: string;
  readonly publicUrl?: string;
  readonly fault?: readonly string[];
  readonly clockSkew: string;
}

/** Adds the command to the program. */
export function defineMockCommand(program: Command): void {
  const command = program
    .command('mock')
    .description('run a provider for tests: known credentials, instant approval, faults on order')
    .option('--public-url <URL>', 'where clients reach it, if that is another address')
    .option('--listen <HOST:PORT>', 'address; port 0 takes any free one', '127.0.0.1:0')
    .option(
      '--fault <FAULT>',
      'what goes wrong, such as nonce_used@resource or slow:2000 (may be repeated)',
      repeated,
    )
    .option('--clock-skew <SECONDS>', 'how far its clock is ahead; negative: behind', '0')
    .option('--json', 'print one JSON document on stdout, as it does anyway')
    .action((flags: MockFlags) => run(flags));
  withExamples(
    command,
    'countersign mock',
    'countersign mock --listen 127.0.0.1:9000 --fault token_expired@resource',
  );
}

async function run(flags: MockFlags): Promise<void> {
  const asked = untilSignal();
  const mock = await start(flags);
  process.stdout.write(`${JSON.stringify(facts(mock), null, 2)}\n`);
  await asked;
  await mock.close();
}

async function start({ listen, publicUrl, fault = [], clockSkew }: MockFlags): Promise<MockProvider> {
  const [, host, port] =
    /^\[?([^[\]]+?)\]?:(\d{1,5})$/.exec(listen.replace(/^:?(\d+)$/, '127.0.0.1:$1')) ?? [];
  if (host === undefined || Number(port) > 65_535) throw new UsageRefused('--listen: must be HOST:PORT');
  if (!/^-?\d{1,9}$/.test(clockSkew)) throw new UsageRefused('--clock-skew: must be seconds');
  if (publicUrl !== undefined && !/^https?:$/.test(URL.parse(publicUrl)?.protocol ?? '')) {
    throw new UsageRefused('--public-url: must be an http or https address');
  }
  const options = {
    host,
    ...(publicUrl !== undefined && { publicUrl }),
    port: Number(port),
    faults: fault,
    clockSkewSeconds: Number(clockSkew),
  };
  const { createMockProvider, FaultRefused } = await import('../../mock/index.ts');
  return createMockProvider(options).catch((error) => {
    if (error instanceof FaultRefused) throw new UsageRefused(`--fault ${error.message}`);
    const code = systemErrorCode(error);
    throw code === undefined ? error : new CommandRefused(`cannot listen on ${listen} (${code}).`);
  });
}

/** One document, once it accepts requests. */
function facts(mock: MockProvider) {
  const { url, requestTokenUrl, authorizeUrl, accessTokenUrl, whoamiUrl } = mock;
  const { consumerKey, consumerSecret, rsaConsumerKey, rsaPrivateKey } = mock;
  const { accessToken, accessTokenSecret, users } = mock;
  return {
    url,
    requestTokenUrl,
    authorizeUrl,
    accessTokenUrl,
    whoamiUrl,
    consumerKey,
    consumerSecret,
    rsaConsumerKey,
    rsaPrivateKey,
    accessToken,
    accessTokenSecret,
    users,
  };
}
