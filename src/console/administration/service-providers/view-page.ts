/** One service provider: what it is, how it is doing, who uses it, and what can be done with it. */
import { findServiceProvider, lastProviderTest, type RecordedTest } from '../../../administration/index.ts';
import type { ProviderUse, ServiceProvider } from '../../../model/index.ts';
import {
  badge,
  buttonRow,
  type Content,
  count,
  facts,
  fill,
  fillHtml,
  type Html,
  html,
  identifier,
  linkButton,
  moment,
  ownWords,
  type PageContext,
  postForm,
  type SignedInContext,
  submitButton,
} from '../../../web/index.ts';
import { connectForm } from '../../connections/connect-form.ts';
import { CONNECTIONS_PATH } from '../../connections/paths.ts';
import { commonMessages } from '../common-messages.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { RECENT_CHANGES, recentChanges } from '../history/recent-changes.ts';
import { relationOfProvider } from '../links/relation-section.ts';
import { verdictBadge } from './test-words.ts';
import {
  carrierWords,
  handEntryWords,
  PROVIDERS_PATH,
  providerMessages,
  providerPath,
  twoLeggedWords,
} from './words.ts';

const CHANGES = ['service-provider.add', 'service-provider.edit'] as const;

/** Answers with the page. */
export async function viewPage(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(providerMessages);
  const common = c.messages(commonMessages);
  const provider = await findServiceProvider(administration, c.query.get('name') ?? '');
  const { name } = provider;
  const [use, test, relation, changes] = await Promise.all([
    administration.storage.connections.useOfProvider(provider),
    lastProviderTest(administration, name),
    relationOfProvider(administration, c, provider),
    administration.storage.audit.list({ object: name, actions: CHANGES }, RECENT_CHANGES),
  ]);
  return c.page({
    title: name,
    section: 'service-providers',
    breadcrumbs: [{ label: t.title, path: PROVIDERS_PATH }],
    ...(provider.description !== '' && { lead: ownWords(provider.description) }),
    action: testForm(c, name),
    formLeadsAway: true,
    body: html`${relation}
<section><h2>${t.healthTitle}</h2>${healthFacts(c, use, test)}${connectPart(c, provider, 'plain')}</section>
<section><h2>${t.detailsTitle}</h2>${detailFacts(c, provider)}</section>
${recentChanges(c, changes.rows, providerPath('history', name))}
${buttonRow(
  linkButton(c, providerPath('edit', name), common.edit),
  linkButton(c, providerPath('clone', name), common.clone),
  linkButton(c, providerPath('remove', name), common.remove, 'grave'),
  linkButton(c, PROVIDERS_PATH, t.returnToList),
)}`,
  });
}

/** The button that runs the test. */
export function testForm(c: PageContext, name: string, kind: 'primary' | 'plain' = 'primary'): Html {
  const t = c.messages(providerMessages);
  return postForm(c, providerPath('test', name), submitButton(t.test, kind), 'form is-button');
}

function healthFacts(c: PageContext, use: ProviderUse, test: RecordedTest | null): Html {
  const t = c.messages(providerMessages);
  return facts(
    [
      t.lastTest,
      test === null ? t.neverTested : html`${verdictBadge(c, test.verdict)} ${moment(c, test.at)}`,
    ],
    [
      t.users,
      html`${use.activeUsers === 0 ? t.nobodyConnected : count(c, t.usersConnected, use.activeUsers)}${
        use.deadConnections === 0
          ? ''
          : html` ${badge('warning', count(c, t.usersToApprove, use.deadConnections))}`
      }`,
    ],
    [t.lastUse, moment(c, use.lastUsedAt)],
  );
}

/** The steps of a connection that need a person: for the administrator's own account there. */
export function connectPart(
  c: PageContext,
  { name, requestTokenUrl }: ServiceProvider,
  kind: 'primary' | 'plain' = 'primary',
): Content {
  if (requestTokenUrl === null) return '';
  const t = c.messages(providerMessages);
  const label = t.goOn;
  const connections = html`<a href="${c.url(CONNECTIONS_PATH)}">${t.ownConnections}</a>`;
  return html`<p>${fillHtml(t.goOnText, { connections })}</p>${buttonRow(
    connectForm(c, { provider: name, label, kind, returnTo: providerPath('view', name) }),
  )}`;
}

function detailFacts(c: PageContext, provider: ServiceProvider): Html {
  const t = c.messages(providerMessages);
  const common = c.messages(commonMessages);
  const address = (url: string | null): Content => (url === null ? common.none : html`<code>${url}</code>`);
  const { allowedMethods: methods, allowedPaths: paths, createdAt, updatedAt } = provider;
  return facts(
    [
      t.consumerKey,
      provider.consumerKey === ''
        ? common.none
        : identifier(c, provider.consumerKey, { label: t.consumerKey }),
    ],
    [t.credential, `${provider.secret === null ? t.kindOwnKey : t.kindSecret} · ${provider.signatureMethod}`],
    [t.requestTokenUrl, address(provider.requestTokenUrl)],
    [t.authorizeUrl, address(provider.authorizeUrl)],
    [t.accessTokenUrl, address(provider.accessTokenUrl)],
    [t.baseUrl, address(provider.baseUrl)],
    [t.carrier, carrierWords(c, provider.carrier)],
    [t.tokenMethod, provider.tokenMethod],
    [t.realm, provider.realm ?? common.none],
    [t.version, provider.confirmsCallback ? 'OAuth 1.0a' : badge('warning', t.versionOld)],
    [t.callbackAtAuthorize, provider.callbackAtAuthorize ? common.yes : common.no],
    [t.sendsBodyHash, provider.sendsBodyHash ? common.yes : common.no],
    [t.twoLegged, twoLeggedWords(c, provider.twoLegged)],
    [t.handEntry, handEntryWords(c, provider.handEntry)],
    [
      t.allowed,
      fill(t.allowedFact, {
        methods: methods.length === 0 ? t.everyMethod : methods.join(', '),
        paths: paths.length === 0 ? t.everyPath : paths.join(', '),
      }),
    ],
    [t.columnAdded, moment(c, createdAt)],
    ...(updatedAt === createdAt ? [] : [[t.changed, moment(c, updatedAt)] as const]),
  );
}
