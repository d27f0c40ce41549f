/** `countersign consumer …`: the applications that may ask users of this installation for access. */
import type { Command } from 'commander';
import { CLI_ACTOR } from '../../accounts/index.ts';
import {
  type ConsumerChanges,
  type CredentialInput,
  consumerFromInformation,
  consumerView,
  editConsumer,
  findConsumer,
  keyPublishedNow,
  listConsumers,
  type NewConsumer,
  publishedBaseUrl,
  type Registered,
  registerConsumer,
  removeConsumer,
  rotateConsumer,
  SHEETS,
} from '../../administration/index.ts';
import { jsonRecord, nowSeconds } from '../../base/index.ts';
import type { Consumer } from '../../model/index.ts';
import { durationSeconds } from '../../settings/index.ts';
import { type Answer, counted, shownTime, table } from '../answer.ts';
import { consumerFacts, weaknessWords } from '../consumer-facts.ts';
import { givenCredential, readConsumerCredential, withCredentialFlags } from '../credential-flags.ts';
import {
  commandGroup,
  type Flags,
  givenFlags,
  needsChange,
  repeated,
  withExamples,
} from '../define-command.ts';
import { everyRow } from '../every-row.ts';
import { type CommandContext, onData, withSetting } from '../on-data.ts';
import { fetchInformation } from '../outbound-for.ts';
import { asksForSheet, printSheet, withSheet } from '../print-sheet.ts';
import { UsageRefused } from '../refusals.ts';
import { readNamedFile } from '../standard-input.ts';
import { defineConsumerUsage } from './consumer-usage.ts';
import { defineConsumerHistory } from './object-history.ts';

/** Adds the commands to the program. */
export function defineConsumerCommands(program: Command): void {
  const consumer = commandGroup(program, 'consumer', 'the applications that may ask users for access');
  defineAdd(consumer);
  withExamples(
    onData(
      withSheet(
        consumer
          .command('list')
          .description('list all consumers')
          .option('--search <TEXT>', 'only those whose key, name or description contains this'),
      ),
      listAll,
    ),
    'countersign consumer list',
  );
  withExamples(
    onData(consumer.command('show').description('show one consumer').argument('<KEY>', 'consumer key'), show),
    'countersign consumer show wiki --json',
  );
  defineEdit(consumer);
  defineRotate(consumer);
  defineConsumerUsage(consumer);
  defineConsumerHistory(consumer);
  withExamples(
    onData(
      consumer
        .command('remove')
        .description('remove a consumer with all its tokens; its access stops at once')
        .argument('<KEY>', 'consumer key'),
      remove,
    ),
    'countersign consumer remove wiki',
  );
}

function defineAdd(consumer: Command): void {
  const add = consumer
    .command('add')
    .description('register a consumer, by its base URL or by hand')
    .argument('[URL]', 'base URL of another installation, which tells its key, name and public key')
    .option('--key <KEY>', 'consumer key; it can never be changed')
    .option('--name <TEXT>', 'name, shown to users when they are asked to approve');
  withExamples(
    onData(withSetting(withTraitFlags(withCredentialFlags(add)), 'allowHost'), addConsumer),
    'countersign consumer add https://wiki.example.com',
    'countersign consumer add --key wiki --name Wiki --public-key wiki.pem --callback https://wiki.example.com/oauth/callback',
    'countersign consumer add --key script --name "Nightly script" --generate-secret --read-only',
  );
}

function defineEdit(consumer: Command): void {
  const edit = consumer
    .command('edit')
    .description('change a consumer; what is not mentioned stays as it is')
    .argument('<KEY>', 'consumer key')
    .option('--name <TEXT>', 'name, shown to users when they are asked to approve')
    .option('--public-key <FILE>', 'another public key, in force at once (- for standard input)');
  withExamples(
    onData(
      withTraitFlags(edit)
        .option('--no-two-legged', 'end 2-legged access')
        .option('--no-impersonate', 'end impersonation')
        .option('--no-legacy-1.0', 'end OAuth 1.0 of 2007')
        .option('--no-allow-plaintext', 'end PLAINTEXT')
        .option('--no-read-only', 'allow writing')
        .option('--any-path', 'allow every path')
        .option('--reason <TEXT>', 'why, for the audit log'),
      change,
    ),
    'countersign consumer edit wiki --name "Team wiki" --read-only',
    'countersign consumer edit wiki --callback ""',
    'countersign consumer edit wiki --owner alice',
  );
}

function defineRotate(consumer: Command): void {
  const rotate = consumer
    .command('rotate')
    .description('replace the key or secret; the old one stays valid for the overlap')
    .argument('<KEY>', 'consumer key')
    .option('--from-base-url', 'fetch the new key from the base URL that the consumer is registered with')
    .option('--overlap <DURATION>', 'how long the old one stays valid; 0 ends it at once', '7d');
  withExamples(
    onData(withSetting(withCredentialFlags(rotate), 'allowHost'), rotateCredential),
    'countersign consumer rotate wiki:1234567890 --from-base-url',
    'countersign consumer rotate wiki --public-key new.pem',
    'countersign consumer rotate script --generate-secret --overlap 2d',
  );
}

function withTraitFlags(command: Command): Command {
  return command
    .option('--description <TEXT>', 'what it is for, in its own words')
    .option('--owner <USER>', 'the user who may see why its requests are refused; "" for nobody')
    .option('--callback <URL>', 'where users return to when it names no callback')
    .option('--two-legged', 'may make requests without any user’s approval')
    .option(
      '--execute-as <USER>',
      'the user that 2-legged requests run as; "" for nobody, so that they are anonymous',
    )
    .option('--impersonate', 'may name any user for a 2-legged request')
    .option('--legacy-1.0', 'may use OAuth 1.0 of 2007, which is open to session fixation')
    .option('--allow-plaintext', 'may use PLAINTEXT, over TLS or loopback only')
    .option('--read-only', 'may only read: GET, HEAD and OPTIONS')
    .option(
      '--allow-path <PATTERN>',
      'may only reach these paths (may be repeated): /rest/**, /issues/*',
      repeated,
    );
}

function givenTraits(flags: Flags): ConsumerChanges {
  return {
    ...givenFlags<ConsumerChanges>(flags, [
      'name',
      'description',
      'owner',
      'callback',
      'twoLegged',
      'executeAs',
      'allowPlaintext',
      'readOnly',
    ]),
    mayImpersonate: flags.impersonate as boolean | undefined,
    legacy10: flags['legacy1.0'] as boolean | undefined,
    paths: flags.anyPath === true ? [] : (flags.allowPath as string[] | undefined),
  };
}

async function addConsumer(context: CommandContext, flags: Flags, url?: string): Promise<Answer> {
  const input = url === undefined ? await typedConsumer(flags) : await publishedConsumer(context, flags, url);
  return registeredAnswer(context, 'Added', await registerConsumer(context, input, CLI_ACTOR));
}

async function typedConsumer(flags: Flags): Promise<NewConsumer> {
  const { key, name } = flags;
  if (givenCredential(flags) !== null && (key === undefined || name === undefined)) {
    throw new UsageRefused('--key and --name are needed: the one it signs with, the other for users to read');
  }
  const credential = await readConsumerCredential(flags);
  return { ...givenTraits(flags), key: String(key), name: String(name), credential };
}

/** What another installation publishes about itself, under what was typed beside its URL. */
async function publishedConsumer(context: CommandContext, flags: Flags, url: string): Promise<NewConsumer> {
  if (flags.key !== undefined || givenCredential(flags) !== null) {
    throw new UsageRefused(
      'the key and the public key come from the URL; leave out --key and the credential',
    );
  }
  const published = consumerFromInformation(await fetchInformation(context, url), url);
  const typed = Object.entries(givenTraits(flags)).filter(([, value]) => value !== undefined);
  return { ...published, ...Object.fromEntries(typed) };
}

async function listAll(context: CommandContext, flags: Flags): Promise<Answer> {
  const asked = { search: String(flags.search ?? ''), sort: 'name', descending: false } as const;
  if (asksForSheet(flags))
    return printSheet(SHEETS.consumers, (place) => listConsumers(context, { ...asked, ...place }));
  const rows = await everyRow((offset, limit) => listConsumers(context, { ...asked, offset, limit }));
  return {
    json: rows.map(({ consumer, ...rest }) => jsonRecord({ ...consumer, ...rest })),
    lines: table(
      ['KEY', 'NAME', 'CREDENTIAL', 'USERS', 'LAST USED', 'DESCRIPTION'],
      rows.map(({ consumer, activeUsers, lastUsedAt }) => [
        consumer.key,
        consumer.name,
        `${consumer.credential.kind === 'public-key' ? `RSA ${consumer.credential.bits}` : 'secret'}${weaknessWords(consumer.credential, ' (weak)')}`,
        String(activeUsers),
        shownTime(lastUsedAt),
        consumer.description.split('\n')[0]!,
      ]),
      'There are no consumers. Add one with: countersign consumer add URL',
    ),
  };
}

async function show(context: CommandContext, _flags: Flags, key?: string): Promise<Answer> {
  const view = consumerView(await findConsumer(context, key!), nowSeconds(context.clock));
  return { json: jsonRecord(view), lines: consumerFacts(view) };
}

async function change(context: CommandContext, flags: Flags, key?: string): Promise<Answer> {
  const publicKey = typeof flags.publicKey === 'string' ? await readNamedFile(flags.publicKey) : undefined;
  const reason = flags.reason as string | undefined;
  const changes = { ...givenTraits(flags), ...(publicKey !== undefined && { publicKey }) };
  needsChange(changes);
  const edit = { ...changes, reason };
  const consumer = await editConsumer(context, key!, edit, null, CLI_ACTOR);
  const view = consumerView(consumer, nowSeconds(context.clock));
  return { json: jsonRecord(view), lines: [`Changed ${view.key}.`, '', ...consumerFacts(view)] };
}

async function rotateCredential(context: CommandContext, flags: Flags, key?: string): Promise<Answer> {
  const overlapSeconds = durationSeconds(String(flags.overlap));
  if (overlapSeconds === null) throw new UsageRefused('--overlap: must be a duration such as 12h or 7d');
  const present = await findConsumer(context, key!);
  const credential = await replacement(context, flags, present);
  if (credential === null) return unchangedAnswer(context, present);
  return registeredAnswer(
    context,
    'Rotated',
    await rotateConsumer(context, key!, { credential, overlapSeconds }, CLI_ACTOR),
  );
}

/** The credential that is to take over; null if the one that was fetched is the present one. */
async function replacement(
  context: CommandContext,
  flags: Flags,
  consumer: Consumer,
): Promise<CredentialInput | null> {
  const given = givenCredential(flags);
  if (flags.fromBaseUrl === true) {
    if (given !== null) throw new UsageRefused('--from-base-url fetches the key; leave out the credential');
    const information = await fetchInformation(context, publishedBaseUrl(consumer));
    const key = keyPublishedNow(context, consumer, information);
    return key && { kind: 'public-key', text: key.pem };
  }
  const isSecret = consumer.credential.kind === 'shared-secret';
  return isSecret && given === null ? { kind: 'generated-secret' } : readConsumerCredential(flags);
}

function unchangedAnswer(context: CommandContext, consumer: Consumer): Answer {
  const view = consumerView(consumer, nowSeconds(context.clock));
  const lines = [
    `Nothing changed: ${view.key} still publishes the key that is registered.`,
    '',
    ...consumerFacts(view),
  ];
  return { json: jsonRecord(view), lines };
}

async function remove(context: CommandContext, _flags: Flags, key?: string): Promise<Answer> {
  const { usersLosingAccess } = await removeConsumer(context, key!, CLI_ACTOR);
  return {
    json: { removed: key, usersLosingAccess },
    lines: [`Removed ${key}; ${counted(usersLosingAccess, 'user')} lost access through it.`],
  };
}

/** The record, and a generated secret this one time: it cannot be read back later. */
function registeredAnswer(context: CommandContext, done: string, { consumer, secret }: Registered): Answer {
  const view = consumerView(consumer, nowSeconds(context.clock));
  const record = jsonRecord(view) as object;
  return {
    json: secret === null ? record : { ...record, secret: secret.reveal() },
    lines: [
      `${done} ${view.key}.`,
      '',
      ...consumerFacts(view),
      ...(secret === null ? [] : ['', `Shared secret, shown this once: ${secret.reveal()}`]),
    ],
  };
}
