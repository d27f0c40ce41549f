/** `countersign provider …`: third parties that gave this installation a consumer key. */
import type { Command } from 'commander';
import { CLI_ACTOR } from '../../accounts/index.ts';
import {
  addServiceProvider,
  CARRIERS,
  editServiceProvider,
  findServiceProvider,
  listServiceProviders,
  Refused,
  removeServiceProvider,
  type ServiceProviderInput,
  type ServiceProviderView,
  SHEETS,
  serviceProviderView,
} from '../../administration/index.ts';
import { jsonRecord, Secret } from '../../base/index.ts';
import { fillPreset, PRESETS } from '../../consumer/index.ts';
import { type Answer, facts, shownTime, table } from '../answer.ts';
import {
  commandGroup,
  type Flags,
  givenFlags,
  needsChange,
  repeated,
  withExamples,
} from '../define-command.ts';
import { everyRow } from '../every-row.ts';
import { type CommandContext, onData } from '../on-data.ts';
import { asksForSheet, printSheet, withSheet } from '../print-sheet.ts';
import { CommandRefused, UsageRefused } from '../refusals.ts';
import { readStandardInput } from '../standard-input.ts';
import { defineProviderHistory } from './object-history.ts';
import { defineProviderTest } from './provider-test.ts';

/** Adds the commands to the program. */
export function defineProviderCommands(program: Command): void {
  const provider = commandGroup(program, 'provider', 'third parties that gave us a consumer key');
  withExamples(
    onData(
      withFields(
        provider
          .command('add')
          .description('add a service provider')
          .option('--preset <ID>', `start with what is documented: ${[...PRESETS.keys()].join(', ')}`)
          .option(
            '--fill <NAME=VALUE>',
            'a word that stands in braces in the preset (may be repeated)',
            repeated,
          ),
      ),
      add,
    ),
    'printf %s "$SECRET" | countersign provider add --preset trello --consumer-key "$KEY" --secret-stdin',
    'printf %s "$SECRET" | countersign provider add --name Photos --consumer-key tracker --secret-stdin',
    'countersign provider add --name Wiki --consumer-key tracker --own-key --base-url https://wiki.example.com',
  );
  withExamples(
    onData(
      withSheet(
        provider
          .command('list')
          .description('list all service providers')
          .option('--search <TEXT>', 'only those that contain this'),
      ),
      list,
    ),
    'countersign provider list',
  );
  withExamples(
    onData(
      provider.command('show').description('show one service provider').argument('<NAME>', 'its name'),
      show,
    ),
    'countersign provider show Photos',
  );
  withExamples(
    onData(
      withFields(
        provider
          .command('edit')
          .description('change a service provider; what is not mentioned stays as it is')
          .argument('<NAME>', 'its present name')
          .option(
            '--end-connections',
            'make users connect again, where the change is about what their tokens are for',
          )
          .option('--reason <TEXT>', 'why, for the audit log'),
      ),
      edit,
    ),
    'countersign provider edit Photos --method HMAC-SHA256',
    'printf %s "$SECRET" | countersign provider edit Photos --secret-stdin',
  );
  defineProviderTest(provider);
  defineProviderHistory(provider);
  withExamples(
    onData(
      provider.command('remove').description('remove a service provider').argument('<NAME>', 'its name'),
      remove,
    ),
    'countersign provider remove Photos',
  );
}

function withFields(command: Command): Command {
  return command
    .option('--name <TEXT>', 'name, which gadgets refer to')
    .option('--consumer-key <KEY>', 'the consumer key it gave us')
    .option('--secret-stdin', 'read the shared secret it gave us from standard input')
    .option('--own-key', 'sign with our own RSA key instead of a shared secret')
    .option('--method <METHOD>', 'signature method (default: HMAC-SHA1, with --own-key RSA-SHA1)')
    .option('--request-url <URL>', 'where it issues request tokens')
    .option('--authorize-url <URL>', 'where users approve')
    .option('--access-url <URL>', 'where it issues access tokens')
    .option('--base-url <URL>', 'its base URL')
    .option('--description <TEXT>', 'what it is for')
    .option('--carrier <WHERE>', `where OAuth parameters travel: ${CARRIERS.join(', ')} (default: header)`)
    .option('--realm <TEXT>', 'realm of the Authorization header')
    .option('--token-method <METHOD>', 'method of its token addresses: POST or GET (default: POST)')
    .option(
      '--unconfirmed-callback',
      'it speaks OAuth 1.0 without confirming callbacks; open to session fixation',
    )
    .option('--confirmed-callback', 'it speaks OAuth 1.0a, as usual')
    .option('--callback-at-authorize', 'its authorize address has to be told our callback')
    .option('--no-callback-at-authorize', 'it takes our callback with the request token, as usual')
    .option('--no-body-hash', 'send no oauth_body_hash')
    .option('--two-legged <FORM>', 'requests without a user: off, empty-token or no-token (default: off)')
    .option('--hand-entry <KIND>', 'what users may enter by hand: off, token or api-key (default: off)')
    .option('--allow-method <METHOD>', 'may only be asked by these methods (may be repeated)', repeated)
    .option('--allow-path <PATTERN>', 'may only be asked for these paths (may be repeated)', repeated)
    .option('--any-method', 'may be asked by every method')
    .option('--any-path', 'may be asked for every path');
}

async function givenFields(flags: Flags): Promise<ServiceProviderInput> {
  if (flags.ownKey === true && flags.secretStdin === true) {
    throw new UsageRefused('choose one of --secret-stdin and --own-key');
  }
  const renamed: ServiceProviderInput = {
    ...(flags.method !== undefined && { signatureMethod: String(flags.method) }),
    ...(flags.requestUrl !== undefined && { requestTokenUrl: String(flags.requestUrl) }),
    ...(flags.authorizeUrl !== undefined && { authorizeUrl: String(flags.authorizeUrl) }),
    ...(flags.accessUrl !== undefined && { accessTokenUrl: String(flags.accessUrl) }),
  };
  return {
    ...givenFlags<ServiceProviderInput>(flags, [
      'name',
      'consumerKey',
      'ownKey',
      'baseUrl',
      'description',
      'carrier',
      'realm',
      'tokenMethod',
      'handEntry',
      'callbackAtAuthorize',
    ]),
    ...renamed,
    ...givenConduct(flags),
    ...(flags.secretStdin === true && { ownKey: false, secret: new Secret(await readStandardInput()) }),
  };
}

function givenConduct(flags: Flags): ServiceProviderInput {
  return {
    ...(flags.unconfirmedCallback === true && { confirmsCallback: false }),
    ...(flags.confirmedCallback === true && { confirmsCallback: true }),
    ...(flags.bodyHash === false && { sendsBodyHash: false }),
    ...(flags.twoLegged !== undefined && { providerTwoLegged: String(flags.twoLegged) }),
    ...(flags.allowMethod !== undefined && { allowedMethods: flags.allowMethod as string[] }),
    ...(flags.allowPath !== undefined && { allowedPaths: flags.allowPath as string[] }),
    ...(flags.anyMethod === true && { allowedMethods: [] }),
    ...(flags.anyPath === true && { allowedPaths: [] }),
  };
}

/** The fields of a preset by its id, with what was said on the command line put over them. */
function presetFields(flags: Flags): ServiceProviderInput {
  if (flags.preset === undefined) return {};
  const preset = PRESETS.get(String(flags.preset));
  if (preset === undefined) {
    throw new UsageRefused(`--preset: must be one of ${[...PRESETS.keys()].join(', ')}`);
  }
  const values = Object.fromEntries(
    ((flags.fill as string[] | undefined) ?? []).map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
  const { realm, twoLegged, ...filled } = fillPreset(preset, {
    consumerKey: flags.consumerKey as string | undefined,
    ...values,
  });
  const open = preset.placeholders.filter((name) =>
    JSON.stringify({ ...filled, realm }).includes(`{${name}}`),
  );
  if (open.length > 0) {
    throw new UsageRefused(`--preset ${preset.id}: say ${open.map((name) => `--fill ${name}=…`).join(' ')}`);
  }
  return { ...filled, realm: realm ?? '', providerTwoLegged: twoLegged };
}

async function add(context: CommandContext, flags: Flags): Promise<Answer> {
  const input = { ...presetFields(flags), ownKey: flags.ownKey === true, ...(await givenFields(flags)) };
  const isPersonal = input.handEntry === 'api-key';
  if (flags.ownKey !== true && flags.secretStdin !== true && !isPersonal) {
    throw new UsageRefused('a credential is needed: --secret-stdin or --own-key');
  }
  if (input.name === undefined || (input.consumerKey === undefined && !isPersonal)) {
    throw new UsageRefused(
      '--name and --consumer-key are needed: what it is called here, and what it calls us',
    );
  }
  return changed('Added', serviceProviderView(await addServiceProvider(context, input, CLI_ACTOR)));
}

async function edit(context: CommandContext, flags: Flags, name?: string): Promise<Answer> {
  const reason = flags.reason as string | undefined;
  const changes = await givenFields(flags);
  needsChange(changes);
  const input = { ...changes, reason, endsConnections: flags.endConnections === true };
  const provider = await editServiceProvider(context, name!, input, null, CLI_ACTOR).catch(sayHow);
  return changed('Changed', serviceProviderView(provider));
}

/** The same words as on the page, and what stands here for its tick. */
function sayHow(error: unknown): never {
  const isToBeMeant =
    error instanceof Refused && error.mistakes.some(({ code }) => code === 'ends-connections');
  throw isToBeMeant ? new CommandRefused(`${error.message} (--end-connections)`) : error;
}

async function list(context: CommandContext, flags: Flags): Promise<Answer> {
  const asked = { search: String(flags.search ?? ''), sort: 'name', descending: false } as const;
  if (asksForSheet(flags))
    return printSheet(SHEETS.serviceProviders, (place) =>
      listServiceProviders(context, { ...asked, ...place }),
    );
  const rows = await everyRow((offset, limit) => listServiceProviders(context, { ...asked, offset, limit }));
  return {
    json: jsonRecord(rows),
    lines: table(
      ['NAME', 'CONSUMER KEY', 'METHOD', 'CREDENTIAL', 'DESCRIPTION'],
      rows.map((row) => [
        row.name,
        row.consumerKey,
        row.signatureMethod,
        credentialWords(row),
        row.description.split('\n')[0]!,
      ]),
      'There are no service providers.',
    ),
  };
}

async function show(context: CommandContext, _flags: Flags, name?: string): Promise<Answer> {
  const view = serviceProviderView(await findServiceProvider(context, name!));
  return { json: jsonRecord(view), lines: providerFacts(view) };
}

async function remove(context: CommandContext, _flags: Flags, name?: string): Promise<Answer> {
  await removeServiceProvider(context, name!, CLI_ACTOR);
  return { json: { removed: name }, lines: [`Removed ${name}.`] };
}

function changed(done: string, view: ServiceProviderView): Answer {
  return { json: jsonRecord(view), lines: [`${done} ${view.name}.`, '', ...providerFacts(view)] };
}

function providerFacts(view: ServiceProviderView): string[] {
  return facts([
    ['Name', view.name],
    ['Description', view.description.replaceAll('\n', ' ') || '—'],
    ['Consumer Key', view.consumerKey || '—'],
    ['Credential', credentialWords(view)],
    ['Method', view.signatureMethod],
    ['Request-token URL', view.requestTokenUrl ?? '—'],
    ['Authorize URL', view.authorizeUrl ?? '—'],
    ['Access-token URL', view.accessTokenUrl ?? '—'],
    ['Base URL', view.baseUrl ?? '—'],
    ['Requests', conductWords(view)],
    [
      'Allowed',
      `${view.allowedMethods.join(', ') || 'every method'}; ${view.allowedPaths.join(', ') || 'every path'}`,
    ],
    ['Added', shownTime(view.createdAt)],
    ['Changed', shownTime(view.updatedAt)],
  ]);
}

function conductWords(view: ServiceProviderView): string {
  return [
    `parameters in the ${view.carrier}`,
    view.realm === null ? '' : `realm "${view.realm}"`,
    `tokens by ${view.tokenMethod}`,
    view.confirmsCallback ? 'OAuth 1.0a' : 'callback not confirmed',
    view.callbackAtAuthorize ? 'callback at the authorize address' : '',
    view.sendsBodyHash ? 'body hash' : 'no body hash',
    view.twoLegged === 'off' ? '' : `without a user: ${view.twoLegged}`,
    view.handEntry === 'off' ? '' : `entered by users: ${view.handEntry}`,
  ]
    .filter((words) => words !== '')
    .join('; ');
}

function credentialWords({ ownKey }: ServiceProviderView): string {
  return ownKey ? 'our own RSA key' : 'shared secret';
}
