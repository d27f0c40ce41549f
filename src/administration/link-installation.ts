/**
 * Linking with another installation, by what it publishes about itself. This opens our side only: nobody can enter
 * themselves here, so the other side's administrators do the same with our base URL. Linking again completes what is
 * missing and changes nothing else; a consumer key that comes with another public key is refused unless somebody
 * has said that the change is known, because an attacker who answers in their place would look the same.
 */
import { nowSeconds } from '../base/index.ts';
import {
  type Consumer,
  KeyRefused,
  parsePublicKey,
  plainBase,
  type ServiceProvider,
} from '../model/index.ts';
import { auditEvent, consumerRecord } from './audit-record.ts';
import { rotateConsumer } from './change-consumer.ts';
import type { AdministrationContext } from './context.ts';
import { findLink, type Link } from './link-records.ts';
import { refusal } from './mistake.ts';
import { type ConsumerInformation, consumerFromInformation, registerConsumer } from './register-consumer.ts';
import { removeConsumer } from './remove-consumer.ts';
import { addServiceProvider, removeServiceProvider } from './service-providers.ts';

/** Which directions to open: they may ask our users (`incoming`), we may ask theirs (`outgoing`). */
export const LINK_DIRECTIONS = ['both', 'incoming', 'outgoing'] as const;

export type LinkDirection = (typeof LINK_DIRECTIONS)[number];

/** What is to be linked. */
export interface LinkInput {
  readonly baseUrl: string;
  /** What the other side publishes there, as it was seen and confirmed. */
  readonly information: ConsumerInformation;
  readonly direction: LinkDirection;
  /** What its service provider is to be called here; its own name unless given. */
  readonly providerName?: string | undefined;
  /** Whether a public key other than the registered one is accepted, with the usual overlap. */
  readonly acceptsNewKey?: boolean | undefined;
}

const SERVLET = '/plugins/servlet/oauth';

/**
 * Opens our side of a link.
 * @throws {Refused} with what is wrong; nothing was stored then
 */
export async function linkInstallation(
  context: AdministrationContext,
  input: LinkInput,
  actor: string,
): Promise<Link> {
  const { information, direction } = input;
  const us = await context.storage.installation.read();
  if (us === null) throw refusal('record', 'not-found', { text: 'installation' });
  if (information.key === us.consumerKey) throw refusal('baseUrl', 'own-installation');
  const baseUrl = plainBase(input.baseUrl);
  const present = await findLink(context, baseUrl);
  const name = input.providerName?.trim() || information.name;
  const needsProvider = direction !== 'incoming' && present.provider === null;
  if (needsProvider && (await context.storage.serviceProviders.find(name)) !== null) {
    throw refusal('name', 'taken', { text: name });
  }
  const consumer =
    direction === 'outgoing' ? present.consumer : await linkConsumer(context, { ...input, baseUrl }, actor);
  const provider = needsProvider
    ? await addServiceProvider(
        context,
        { ...providerFields(information, baseUrl), name, consumerKey: us.consumerKey },
        actor,
      )
    : present.provider;
  return { consumer, provider };
}

/** Fields of the provider that stands at a base URL: the addresses that all installations of this family share. */
function providerFields({ description }: ConsumerInformation, baseUrl: string) {
  return {
    ownKey: true,
    description,
    requestTokenUrl: `${baseUrl}${SERVLET}/request-token`,
    authorizeUrl: `${baseUrl}${SERVLET}/authorize`,
    accessTokenUrl: `${baseUrl}${SERVLET}/access-token`,
    baseUrl,
  };
}

async function linkConsumer(
  context: AdministrationContext,
  { information, baseUrl, acceptsNewKey }: LinkInput,
  actor: string,
): Promise<Consumer> {
  const present = await context.storage.consumers.find(information.key);
  if (present === null) {
    return (await registerConsumer(context, consumerFromInformation(information, baseUrl), actor)).consumer;
  }
  const known = await withBaseUrl(context, present, baseUrl, actor);
  if (holdsKey(known, information.publicKey, nowSeconds(context.clock))) return known;
  if (acceptsNewKey !== true) throw refusal('publicKey', 'key-changed', { text: information.key });
  const credential = { kind: 'public-key', text: information.publicKey } as const;
  return (await rotateConsumer(context, known.key, { credential }, actor)).consumer;
}

/** Whether a consumer is registered with that public key; one that cannot be used is not it. */
export function holdsKey({ credential }: Consumer, publicKey: string, now: number): boolean {
  try {
    return credential.kind === 'public-key' && credential.spki === parsePublicKey(publicKey, now).spki;
  } catch (error) {
    if (error instanceof KeyRefused) return false;
    throw error;
  }
}

/** A consumer that was entered by hand belongs to the link from now on. */
async function withBaseUrl(
  context: AdministrationContext,
  consumer: Consumer,
  baseUrl: string,
  actor: string,
): Promise<Consumer> {
  if (consumer.baseUrl !== null && plainBase(consumer.baseUrl) === baseUrl) return consumer;
  const next: Consumer = { ...consumer, baseUrl, updatedAt: consumer.updatedAt + 1 };
  const event = auditEvent(context, actor, 'consumer.edit', consumer.key, {
    before: consumerRecord(consumer, consumer.updatedAt),
    after: consumerRecord(next, consumer.updatedAt),
  });
  const isDone = await context.storage.consumers.update(next, consumer.updatedAt, event);
  if (!isDone) throw refusal('record', 'changed-meanwhile');
  return next;
}

/** What ends with a link. */
export interface LinkEnd {
  /** Users here whose data the other side could fetch. */
  readonly usersLosingAccess: number;
  /** Users here who fetch their data from the other side. */
  readonly usersDisconnected: number;
}

/** What would end with a link. */
export async function endOfLink(
  { storage }: AdministrationContext,
  { consumer, provider }: Link,
  now: number,
): Promise<LinkEnd> {
  return {
    usersLosingAccess: consumer === null ? 0 : await storage.consumers.countActiveUsers(consumer.key, now),
    usersDisconnected:
      provider === null ? 0 : (await storage.connections.useOfProvider(provider)).activeUsers,
  };
}

/**
 * Ends our side of a link: the consumer with all its tokens, the service provider with all connections to it.
 * @throws {Refused} `not-found` when there is nothing of it
 */
export async function unlinkInstallation(
  context: AdministrationContext,
  baseUrl: string,
  actor: string,
): Promise<Link> {
  const link = await findLink(context, baseUrl);
  if (isOpen(link)) {
    if (link.consumer !== null) await removeConsumer(context, link.consumer.key, actor);
    if (link.provider !== null) await removeServiceProvider(context, link.provider.name, actor);
    return link;
  }
  throw refusal('baseUrl', 'not-found', { text: baseUrl });
}

/** Whether there is anything of it. */
export function isOpen({
  consumer,
  provider,
}: {
  consumer: Consumer | null;
  provider: ServiceProvider | null;
}): boolean {
  return consumer !== null || provider !== null;
}
