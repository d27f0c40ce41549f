/**
 * The relation with a linked installation, in words, as it stands on the consumer's page and on the service
 * provider's: what each may do, how the way out is doing, and by which keys they know each other.
 */
import {
  type AdministrationContext,
  credentialFacts,
  findLink,
  type Link,
  lastProviderTest,
} from '../../../administration/index.ts';
import { type Consumer, publicKeyFacts, publishedKey, type ServiceProvider } from '../../../model/index.ts';
import {
  buttonRow,
  type Content,
  facts,
  fill,
  type Html,
  html,
  identifier,
  linkButton,
  moment,
  type PageContext,
} from '../../../web/index.ts';
import { CONSUMERS_PATH } from '../consumers/words.ts';
import { pathWith } from '../route.ts';
import { verdictBadge } from '../service-providers/test-words.ts';
import { providerPath } from '../service-providers/words.ts';
import { LINKS_PATH, linkMessages, unlinkPath } from './words.ts';

/** The section of a service provider's page; nothing where it is not an installation that is signed for with our key. */
export async function relationOfProvider(
  context: AdministrationContext,
  c: PageContext,
  provider: ServiceProvider,
): Promise<Content> {
  if (provider.secret !== null || provider.baseUrl === null) return '';
  const link = await findLink(context, provider.baseUrl);
  return relationSection(c, provider.baseUrl, link, await keyRows(context, c, link));
}

/** The section of a consumer's page; nothing where it was not registered by its base URL. */
export async function relationOfConsumer(
  context: AdministrationContext,
  c: PageContext,
  consumer: Pick<Consumer, 'key' | 'baseUrl'>,
): Promise<Content> {
  if (consumer.baseUrl === null) return '';
  const link = await findLink(context, consumer.baseUrl);
  const rows = [...(await keyRows(context, c, link)), ...(await healthRows(context, c, link))];
  return relationSection(c, consumer.baseUrl, link, rows);
}

function relationSection(c: PageContext, baseUrl: string, link: Link, rows: readonly Row[]): Html {
  const t = c.messages(linkMessages);
  const { consumer, provider } = link;
  const theirs = consumer?.name ?? provider?.name ?? baseUrl;
  const words = { theirs, ours: c.installationName };
  const isWhole = consumer !== null && provider !== null;
  const sentences = [
    consumer === null ? '' : fill(t.incomingWords, words),
    provider === null ? '' : fill(t.outgoingWords, words),
  ].filter((sentence) => sentence !== '');
  return html`<section><h2>${t.relationTitle}</h2>
${sentences.map((sentence) => html`<p><strong>${sentence}</strong></p>`)}
${facts(...rows)}
<p class="meta">${fill(t.otherSide, words)}</p>
${buttonRow(
  isWhole ? '' : linkButton(c, pathWith(`${LINKS_PATH}/add`, { url: baseUrl }), t.openOther),
  linkButton(c, unlinkPath(baseUrl), t.unlink, 'grave'),
)}</section>`;
}

type Row = readonly [term: Content, value: Content];

function consumerRows(c: PageContext, consumer: Consumer | null): readonly Row[] {
  const t = c.messages(linkMessages);
  if (consumer === null) return [[t.asConsumer, t.closed]];
  const credential = credentialFacts(consumer.credential, c.now);
  const path = pathWith(`${CONSUMERS_PATH}/view`, { key: consumer.key });
  return [
    [t.asConsumer, html`<a href="${c.url(path)}">${consumer.name}</a>`],
    ...(credential.kind === 'public-key'
      ? [[t.theirFingerprint, identifier(c, credential.fingerprint, { label: t.theirFingerprint })] as const]
      : []),
  ];
}

/** Who they are to us and we to them, and by which keys. */
async function keyRows(
  { storage }: AdministrationContext,
  c: PageContext,
  { consumer, provider }: Link,
): Promise<readonly Row[]> {
  const t = c.messages(linkMessages);
  const incoming = consumerRows(c, consumer);
  if (provider === null) return [...incoming, [t.asProvider, t.closed]];
  const us = await storage.installation.read();
  const { fingerprint } = publicKeyFacts(publishedKey(us!), null, c.now);
  return [
    ...incoming,
    [t.asProvider, html`<a href="${c.url(providerPath('view', provider.name))}">${provider.name}</a>`],
    [t.ourFingerprint, identifier(c, fingerprint, { label: t.ourFingerprint })],
  ];
}

/** How the way out is doing; the service provider's own page says that by itself. */
async function healthRows(
  context: AdministrationContext,
  c: PageContext,
  { provider }: Link,
): Promise<readonly Row[]> {
  const t = c.messages(linkMessages);
  if (provider === null) return [];
  const [test, use] = await Promise.all([
    lastProviderTest(context, provider.name),
    context.storage.connections.useOfProvider(provider),
  ]);
  return [
    [
      t.lastTest,
      test === null ? t.neverTested : html`${verdictBadge(c, test.verdict)} ${moment(c, test.at)}`,
    ],
    [t.lastUse, moment(c, use.lastUsedAt)],
  ];
}
