/** Service providers: adding, editing, removing, and how they are shown (never with their secret). */
import { nowSeconds, randomAlphanumeric, type Secret } from '../base/index.ts';
import { audienceOf, type ListQuery, type Page, type ServiceProvider } from '../model/index.ts';
import { type AuditFields, auditEvent, joinedNote } from './audit-record.ts';
import type { AdministrationContext } from './context.ts';
import { Findings, refusal } from './mistake.ts';
import {
  PLAIN_PROVIDER_FIELDS,
  readServiceProvider,
  type ServiceProviderFields,
  serviceProviderFields,
} from './service-provider-fields.ts';
import { readReason } from './text-field.ts';

/** Fields to set, and the secret if one was entered. Fields left out stay, or have their plain value. */
export interface ServiceProviderInput extends Partial<ServiceProviderFields> {
  /** Null or blank: keep the stored secret. */
  readonly secret?: Secret | null;
  /** Whether users may be made to connect again, because their tokens are for other addresses or another key. */
  readonly endsConnections?: boolean;
  /** Why it is changed, for the audit log. */
  readonly reason?: string | undefined;
}

/** A service provider without its secret. Fit for JSON. */
export interface ServiceProviderView extends Omit<ServiceProvider, 'secret'> {
  /** Whether it is signed for with this installation's own RSA key. */
  readonly ownKey: boolean;
}

const ID_LENGTH = 16;

/** What may be shown of a service provider. */
export function serviceProviderView(provider: ServiceProvider): ServiceProviderView {
  const { secret, ...open } = provider;
  return { ...open, ownKey: secret === null };
}

/** A page of the list of service providers. */
export async function listServiceProviders(
  context: AdministrationContext,
  query: ListQuery<'name' | 'created'>,
): Promise<Page<ServiceProviderView>> {
  const { rows, ...around } = await context.storage.serviceProviders.list(query);
  return { ...around, rows: rows.map(serviceProviderView) };
}

/** The service provider of that name. @throws {Refused} `not-found` */
export async function findServiceProvider(
  context: AdministrationContext,
  name: string,
): Promise<ServiceProvider> {
  const provider = await context.storage.serviceProviders.find(name);
  if (provider === null) throw refusal('name', 'not-found', { text: name });
  return provider;
}

/** Adds a service provider. @throws {Refused} with every mistake; `taken` if the name is in use */
export async function addServiceProvider(
  context: AdministrationContext,
  input: ServiceProviderInput,
  actor: string,
): Promise<ServiceProvider> {
  const findings = new Findings();
  const fields = merged(PLAIN_PROVIDER_FIELDS, input);
  const traits = readServiceProvider(fields, input.secret ?? null, null, findings);
  const isTaken = (await context.storage.serviceProviders.find(traits.name)) !== null;
  if (isTaken) findings.add('name', 'taken', { text: traits.name });
  findings.refuse();

  const createdAt = nowSeconds(context.clock);
  const id = randomAlphanumeric(context.random, ID_LENGTH);
  const provider: ServiceProvider = { id, ...traits, createdAt, updatedAt: createdAt };
  const event = auditEvent(context, actor, 'service-provider.add', provider.name, {
    before: null,
    after: providerRecord(provider),
  });
  const isAdded = await context.storage.serviceProviders.add(provider, event);
  if (!isAdded) throw refusal('name', 'taken', { text: provider.name });
  return provider;
}

/**
 * Edits the service provider of that name; the name may change too, and the audit entry then stands under the new one.
 * @param expectedUpdatedAt `updatedAt` of the record that the change was made on; null: whatever it is now
 * @param mark what the audit entry is marked with
 * @throws {Refused} with every mistake; `changed-meanwhile` if the record is another by now; `ends-connections` with
 *   how many users would have to connect again, unless that is meant
 */
export async function editServiceProvider(
  context: AdministrationContext,
  name: string,
  input: ServiceProviderInput,
  expectedUpdatedAt: number | null,
  actor: string,
  mark: string | null = null,
): Promise<ServiceProvider> {
  const present = await findServiceProvider(context, name);
  const findings = new Findings();
  const fields = withFittingMethod(merged(serviceProviderFields(present), input), input, present);
  const traits = readServiceProvider(fields, input.secret ?? null, present.secret, findings);
  const ends = await usersToConnectAgain(context, present, traits);
  if (ends > 0 && input.endsConnections !== true)
    findings.add('endsConnections', 'ends-connections', { count: ends });
  const reason = readReason(input.reason, findings);
  findings.refuse();

  const updatedAt = Math.max(nowSeconds(context.clock), present.updatedAt + 1);
  const next: ServiceProvider = { id: present.id, ...traits, createdAt: present.createdAt, updatedAt };
  const hasNewSecret = next.secret !== null && next.secret !== present.secret;
  const event = auditEvent(context, actor, 'service-provider.edit', next.name, {
    before: providerRecord(present),
    after: { ...providerRecord(next), ...(hasNewSecret && { credential: 'HMAC, another secret' }) },
    note: joinedNote(mark, ends > 0 ? `users to connect again: ${ends}` : null, reason),
  });
  const expected = expectedUpdatedAt ?? present.updatedAt;
  const outcome = await context.storage.serviceProviders.update(name, next, expected, event);
  if (outcome === 'taken') throw refusal('name', 'taken', { text: next.name });
  if (outcome === 'lost') throw refusal('record', 'changed-meanwhile');
  return next;
}

/** How many users have a token that would not be for the provider any more. */
async function usersToConnectAgain(
  { storage }: AdministrationContext,
  present: ServiceProvider,
  next: Parameters<typeof audienceOf>[0],
): Promise<number> {
  if (audienceOf(next) === audienceOf(present)) return 0;
  return (await storage.connections.useOfProvider(present)).activeUsers;
}

/** Removes a service provider. @throws {Refused} `not-found` */
export async function removeServiceProvider(
  context: AdministrationContext,
  name: string,
  actor: string,
): Promise<void> {
  const provider = await findServiceProvider(context, name);
  const event = auditEvent(context, actor, 'service-provider.remove', name, {
    before: providerRecord(provider),
    after: null,
  });
  const isRemoved = await context.storage.serviceProviders.remove(name, event);
  if (!isRemoved) throw refusal('name', 'not-found', { text: name });
}

function providerRecord(provider: ServiceProvider): AuditFields {
  const { secret, id: _id, createdAt: _created, updatedAt: _updated, ...fields } = provider;
  return { ...fields, credential: secret === null ? 'RSA' : 'HMAC' };
}

function merged(present: ServiceProviderFields, input: ServiceProviderInput): ServiceProviderFields {
  const { secret: _secret, endsConnections: _ends, reason: _reason, ...fields } = input;
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return { ...present, ...Object.fromEntries(given) };
}

/** Another kind of credential brings its usual method, unless one is named. */
function withFittingMethod(
  fields: ServiceProviderFields,
  input: ServiceProviderInput,
  present: ServiceProvider,
): ServiceProviderFields {
  const isSameKind = fields.ownKey === (present.secret === null);
  return isSameKind || input.signatureMethod !== undefined ? fields : { ...fields, signatureMethod: '' };
}
