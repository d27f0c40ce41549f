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
import { type Consumer, publicKeyFacts, type ServiceProvider } from '../../../model/index.ts';
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
  return relationSection(context, c, provider.baseUrl, await findLink(context, provider.baseUrl));
}

/** The section of a consumer's page; nothing where it was not registered by its base URL. */
export async function relationOfConsumer(
  context: AdministrationContext,
  c: PageContext,
  consumer: Pick<Consumer, 'key' | 'baseUrl'>,
): Promise<Content> {
  if (consumer.baseUrl === null) return '';
  return relationSection(context, c, consumer.baseUrl, await findLink(context, consumer.baseUrl));
}

async function relationSection(
  context: AdministrationContext,
  c: PageContext,
  baseUrl: string,
  link: Link,
): Promise<Html> {
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
${facts(...consumerRows(c, consumer), ...(await providerRows(context, c, provider)))}
<p class="meta">${fill(t.otherSide, words)}</p>
${buttonRow(
  isWhole ? '' : linkButton(c, pathWith(`${LINKS_PATH}/add`, { url: baseUrl }), t.openOther),
  linkButton(c, unlinkPath(baseUrl), t.unlink),
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

async function providerRows(
  context: AdministrationContext,
  c: PageContext,
  provider: ServiceProvider | null,
): Promise<readonly Row[]> {
  const t = c.messages(linkMessages);
  if (provider === null) return [[t.asProvider, t.closed]];
  const { storage } = context;
  const [us, test, use] = await Promise.all([
    storage.installation.read(),
    lastProviderTest(context, provider.name),
    storage.connections.useOfProvider(provider.name),
  ]);
  const { fingerprint } = publicKeyFacts(us!.publicKeySpki, null, c.now);
  return [
    [t.asProvider, html`<a href="${c.url(providerPath('view', provider.name))}">${provider.name}</a>`],
    [t.ourFingerprint, identifier(c, fingerprint, { label: t.ourFingerprint })],
    [
      t.lastTest,
      test === null ? t.neverTested : html`${verdictBadge(c, test.verdict)} ${moment(c, test.at)}`,
    ],
    [t.lastUse, moment(c, use.lastUsedAt)],
  ];
}
