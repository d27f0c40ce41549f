/** `countersign provider …`: third parties that gave this installation a consumer key. */
import type { Command } from 'commander';
import { CLI_ACTOR } from '../../accounts/index.ts';
import {
  addServiceProvider,
  editServiceProvider,
  findServiceProvider,
  listServiceProviders,
  removeServiceProvider,
  type ServiceProviderInput,
  type ServiceProviderView,
  serviceProviderView,
} from '../../administration/index.ts';
import { Secret } from '../../base/index.ts';
import { type Answer, facts, jsonRecord, shownTime, table } from '../answer.ts';
import {
  type CommandContext,
  commandGroup,
  type Flags,
  givenFlags,
  onData,
  withExamples,
} from '../define-command.ts';
import { everyRow } from '../every-row.ts';
import { UsageRefused } from '../refusals.ts';
import { readStandardInput } from '../standard-input.ts';

/** Adds the commands to the program. */
export function defineProviderCommands(program: Command): void {
  const provider = commandGroup(program, 'provider', 'third parties that gave us a consumer key');
  withExamples(
    onData(withFields(provider.command('add').description('add a service provider')), add),
    'printf %s "$SECRET" | countersign provider add --name Photos --consumer-key tracker --secret-stdin',
    'countersign provider add --name Wiki --consumer-key tracker --own-key --base-url https://wiki.example.com',
  );
  withExamples(
    onData(
      provider
        .command('list')
        .description('list all service providers')
        .option('--search <TEXT>', 'only those that contain this'),
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
          .argument('<NAME>', 'its present name'),
      ),
      edit,
    ),
    'countersign provider edit Photos --method HMAC-SHA256',
    'printf %s "$SECRET" | countersign provider edit Photos --secret-stdin',
  );
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
    .option('--description <TEXT>', 'what it is for');
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
    ...givenFlags<ServiceProviderInput>(flags, ['name', 'consumerKey', 'ownKey', 'baseUrl', 'description']),
    ...renamed,
    ...(flags.secretStdin === true && { ownKey: false, secret: new Secret(await readStandardInput()) }),
  };
}

async function add(context: CommandContext, flags: Flags): Promise<Answer> {
  if (flags.ownKey !== true && flags.secretStdin !== true) {
    throw new UsageRefused('a credential is needed: --secret-stdin or --own-key');
  }
  return changed(
    'Added',
    serviceProviderView(await addServiceProvider(context, await givenFields(flags), CLI_ACTOR)),
  );
}

async function edit(context: CommandContext, flags: Flags, name?: string): Promise<Answer> {
  const provider = await editServiceProvider(context, name!, await givenFields(flags), null, CLI_ACTOR);
  return changed('Changed', serviceProviderView(provider));
}

async function list(context: CommandContext, flags: Flags): Promise<Answer> {
  const rows = await everyRow((offset, limit) =>
    listServiceProviders(context, {
      search: String(flags.search ?? ''),
      sort: 'name',
      descending: false,
      offset,
      limit,
    }),
  );
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
    ['Consumer key', view.consumerKey],
    ['Credential', credentialWords(view)],
    ['Method', view.signatureMethod],
    ['Request-token URL', view.requestTokenUrl ?? '—'],
    ['Authorize URL', view.authorizeUrl ?? '—'],
    ['Access-token URL', view.accessTokenUrl ?? '—'],
    ['Base URL', view.baseUrl ?? '—'],
    ['Added', shownTime(view.createdAt)],
    ['Changed', shownTime(view.updatedAt)],
  ]);
}

function credentialWords({ ownKey }: ServiceProviderView): string {
  return ownKey ? 'our own RSA key' : 'shared secret';
}
