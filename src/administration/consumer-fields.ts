/**
 * The fields of a consumer that can be edited: everything but its key and its credential. They are flat texts and
 * ticks, as a form, the command line and the API give them; reading them gives the traits of the record.
 */
import type { Consumer, User } from '../model/index.ts';
import type { AdministrationContext } from './context.ts';
import type { Findings } from './mistake.ts';
import { readPathPatterns } from './path-patterns.ts';
import { readAddress, readDescription, readName, trimPasted } from './text-field.ts';

/** What an administrator may enter about a consumer. */
export interface ConsumerFields {
  readonly name: string;
  readonly description: string;
  /** Name of an existing user; blank: nobody. */
  readonly owner: string;
  /** Blank: none. */
  readonly callback: string;
  readonly legacy10: boolean;
  readonly allowPlaintext: boolean;
  readonly twoLegged: boolean;
  /** Name of an existing user; blank: anonymous. */
  readonly executeAs: string;
  readonly mayImpersonate: boolean;
  readonly readOnly: boolean;
  /** Empty: every path. */
  readonly paths: readonly string[];
}

/** Fields to change; those left out stay as they are, or have their plain value in a new consumer. */
export type ConsumerChanges = { readonly [F in keyof ConsumerFields]?: ConsumerFields[F] | undefined };

/** What the fields make of a record. */
export type ConsumerTraits = Pick<
  Consumer,
  'name' | 'description' | 'owner' | 'callback' | 'legacy10' | 'allowPlaintext' | 'twoLegged' | 'limits'
>;

/** The fields of a consumer about which nothing was said. */
export const PLAIN_FIELDS: ConsumerFields = {
  name: '',
  description: '',
  owner: '',
  callback: '',
  legacy10: false,
  allowPlaintext: false,
  twoLegged: false,
  executeAs: '',
  mayImpersonate: false,
  readOnly: false,
  paths: [],
};

/** The fields of a registered consumer, as a form shows them. */
export function consumerFields(consumer: Consumer): ConsumerFields {
  return {
    name: consumer.name,
    description: consumer.description,
    owner: consumer.owner ?? '',
    callback: consumer.callback ?? '',
    legacy10: consumer.legacy10,
    allowPlaintext: consumer.allowPlaintext,
    twoLegged: consumer.twoLegged.allowed,
    executeAs: consumer.twoLegged.executeAs ?? '',
    mayImpersonate: consumer.twoLegged.mayImpersonate,
    readOnly: consumer.limits.readOnly,
    paths: consumer.limits.paths,
  };
}

/**
 * Reads changes on top of what there was.
 * @param kind the credential's kind, on which some fields depend; null if it could not be read
 */
export async function readConsumerTraits(
  context: AdministrationContext,
  changes: ConsumerChanges,
  present: ConsumerFields,
  kind: Consumer['credential']['kind'] | null,
  findings: Findings,
): Promise<ConsumerTraits> {
  const fields = { ...present, ...withoutUndefined(changes) };
  const allowPlainHttp = context.allowPlainHttpCallbacks ?? false;
  if (fields.allowPlaintext && kind === 'public-key') findings.add('allowPlaintext', 'needs-shared-secret');
  return {
    name: readName('name', fields.name, findings),
    description: readDescription(fields.description, findings),
    owner: (await readUser(context, 'owner', fields.owner, findings))?.name ?? null,
    callback: readAddress('callback', fields.callback, { allowPlainHttp }, findings),
    legacy10: fields.legacy10,
    allowPlaintext: fields.allowPlaintext,
    twoLegged: await readTwoLegged(context, fields, changes, present, findings),
    limits: { readOnly: fields.readOnly, paths: readPathPatterns(fields.paths, findings) },
  };
}

/**
 * Without 2-legged access nothing of it is kept, so that allowing it later never revives a forgotten user or
 * right to impersonate; naming them without allowing it is told as a mistake.
 */
async function readTwoLegged(
  context: AdministrationContext,
  fields: ConsumerFields,
  changes: ConsumerChanges,
  present: ConsumerFields,
  findings: Findings,
): Promise<Consumer['twoLegged']> {
  if (!fields.twoLegged) {
    if (trimPasted(changes.executeAs ?? '') !== '') findings.add('executeAs', 'needs-two-legged');
    if (changes.mayImpersonate) findings.add('mayImpersonate', 'needs-two-legged');
    return { allowed: false, executeAs: null, mayImpersonate: false };
  }
  return {
    allowed: true,
    executeAs: await readExecuteAs(context, fields.executeAs, present.executeAs, findings),
    mayImpersonate: fields.mayImpersonate,
  };
}

/** Disabled users count too: an owner who is away for a while does not stop other changes. */
async function readUser(
  context: AdministrationContext,
  field: 'owner' | 'executeAs',
  text: string,
  findings: Findings,
): Promise<User | null> {
  const name = trimPasted(text);
  const user = name === '' ? null : await context.storage.users.find(name);
  if (name !== '' && user === null) findings.add(field, 'unknown-user', { text: name });
  return user;
}

/** A user who stays is not judged again: one who was disabled since, and runs nothing, stops no other change. */
async function readExecuteAs(
  context: AdministrationContext,
  name: string,
  present: string,
  findings: Findings,
): Promise<string | null> {
  if (present !== '' && trimPasted(name) === present) return present;
  const user = await readUser(context, 'executeAs', name, findings);
  if (user?.isDisabled) findings.add('executeAs', 'disabled-user', { text: user.name });
  return user?.name ?? null;
}

function withoutUndefined(changes: ConsumerChanges): Partial<ConsumerFields> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
