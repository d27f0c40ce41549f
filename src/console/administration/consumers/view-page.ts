/** One consumer: what it is, how it proves itself and how strong that is, who uses it, what was changed. */
import { type ConsumerView, consumerView, findConsumer, listTokens } from '../../../administration/index.ts';
import type { Page, TokenSummary } from '../../../model/index.ts';
import {
  absoluteMoment,
  buttonRow,
  type Content,
  copyBlock,
  count,
  facts,
  fill,
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
  table,
} from '../../../web/index.ts';
import { commonMessages } from '../common-messages.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { RECENT_CHANGES, recentChanges } from '../history/recent-changes.ts';
import { relationOfConsumer } from '../links/relation-section.ts';
import { pathWith } from '../route.ts';
import { revokeLink } from '../tokens/words.ts';
import { USAGE_PATH, usagePath } from '../usage/words.ts';
import { userPath } from '../users/words.ts';
import {
  CONSUMERS_PATH,
  certificateWords,
  consumerBadges,
  consumerMessages,
  consumerPath,
  credentialWords,
  weaknessNotice,
} from './words.ts';

const SHOWN_TOKENS = 10;

/** Answers with the page of one consumer. */
export async function viewPage(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(consumerMessages);
  const key = c.query.get('key') ?? '';
  const consumer = consumerView(await findConsumer(administration, key), c.now);
  const query = { search: '', sort: 'created', descending: true, offset: 0, limit: SHOWN_TOKENS } as const;
  const [tokens, changes, relation] = await Promise.all([
    listTokens(administration, { consumerKey: key }, query),
    administration.storage.audit.list({ object: key }, RECENT_CHANGES),
    relationOfConsumer(administration, c, consumer),
  ]);
  return c.page({
    title: consumer.name,
    section: 'consumers',
    breadcrumbs: [{ label: t.title, path: CONSUMERS_PATH }],
    lead: consumerBadges(c, consumer),
    action: linkButton(c, consumerPath('edit', key), t.edit, 'primary'),
    body: html`${weaknessNotice(c, consumer.credential)}
${identityFacts(c, consumer)}
${relation}
<section><h2>${t.credentialTitle}</h2>${credentialFacts(c, consumer)}</section>
<section><h2>${t.usersTitle}</h2>${usersSection(c, key, tokens)}</section>
${recentChanges(c, changes.rows, consumerPath('history', key))}
<p><a href="${c.url(consumerPath('quickstart', key))}">${t.quickstart}</a><br>
<a href="${c.url(pathWith('/oauth/admin/diagnosis', { consumer: key }))}">${t.refusedRequests}</a><br>
<a href="${c.url(usagePath(USAGE_PATH, { consumer: key }))}">${t.usage}</a></p>
${buttonRow(
  linkButton(c, consumerPath('clone', key), c.messages(commonMessages).clone),
  linkButton(c, consumerPath('remove', key), t.remove, 'grave'),
  linkButton(c, CONSUMERS_PATH, t.returnToList),
)}`,
  });
}

function identityFacts(c: PageContext, consumer: ConsumerView): Html {
  const t = c.messages(consumerMessages);
  const { key, description, owner, callback, baseUrl, createdAt, updatedAt } = consumer;
  return facts(
    [t.factKey, identifier(c, key, { label: t.factKey })],
    [t.factDescription, description === '' ? t.none : ownWords(description)],
    [t.factCallback, callback ?? t.none],
    [t.factLimits, limitWords(c, consumer)],
    [t.factTwoLegged, twoLeggedWords(c, consumer)],
    ...(baseUrl === null ? [] : [[t.factBaseUrl, baseUrl] as const]),
    [t.factOwner, owner ?? t.nobody],
    [t.factAdded, moment(c, createdAt)],
    ...(updatedAt === createdAt ? [] : [[t.factChanged, moment(c, updatedAt)] as const]),
  );
}

function credentialFacts(c: PageContext, consumer: ConsumerView): Html {
  const t = c.messages(consumerMessages);
  const { credential, retiring } = consumer;
  const isKey = credential.kind === 'public-key';
  const isRetiring = retiring !== null && retiring.validUntil >= c.now;
  return html`${facts(
    [t.type, credentialWords(c, credential)],
    ...(isKey
      ? [[t.fingerprint, identifier(c, credential.fingerprint, { label: t.fingerprint })] as const]
      : []),
    ...(isKey && credential.certificate !== null
      ? [[t.certificate, certificateWords(c, credential.certificate)] as const]
      : []),
    ...(isRetiring
      ? [
          [
            t.retiring,
            fill(t.retiringUntil, {
              credential: credentialWords(c, retiring.credential),
              until: absoluteMoment(c, retiring.validUntil),
            }),
          ] as const,
        ]
      : []),
  )}
${isKey ? html`<details class="more"><summary>${t.showPem}</summary>${copyBlock(c, credential.pem, t.publicKeyPem)}</details>` : ''}
${buttonRow(
  linkButton(c, consumerPath('rotate', consumer.key), t.rotate[credential.kind]),
  isKey && consumer.baseUrl !== null
    ? postForm(
        c,
        consumerPath('fetch-key', consumer.key),
        submitButton(t.fetchKey, 'plain'),
        'form is-button',
      )
    : '',
)}`;
}

function usersSection(c: PageContext, key: string, tokens: Page<TokenSummary>): Content {
  const t = c.messages(consumerMessages);
  if (tokens.total === 0) return html`<p>${t.usersEmpty}</p>`;
  const columns = [
    {
      header: t.columnUser,
      isName: true,
      cell: ({ token, userDisplayName }: TokenSummary) =>
        html`<a href="${c.url(userPath('edit', token.userName))}">${userDisplayName}</a><span class="meta">${token.userName}</span>`,
    },
    { header: t.columnIssued, cell: ({ token }: TokenSummary) => moment(c, token.createdAt) },
    { header: t.columnExpires, cell: ({ token }: TokenSummary) => moment(c, token.expiresAt) },
    { header: t.columnUsed, cell: ({ token }: TokenSummary) => moment(c, token.lastUsedAt) },
    { header: t.columnActions, isActions: true, cell: (row: TokenSummary) => revokeLink(c, row, key) },
  ];
  const all = pathWith('/oauth/admin/tokens', { consumer: key });
  return html`${table(c, { caption: t.usersCaption, columns, rows: tokens.rows })}
<p><a href="${c.url(all)}">${count(c, t.usersAll, tokens.total)}</a></p>`;
}

function limitWords(c: PageContext, { limits }: ConsumerView): Content {
  const t = c.messages(consumerMessages);
  const { readOnly, paths } = limits;
  if (paths.length === 0) return readOnly ? t.readOnlyLimit : t.noLimits;
  return fill(readOnly ? t.bothLimits : t.pathsLimit, { paths: paths.join(', ') });
}

function twoLeggedWords(c: PageContext, { twoLegged }: ConsumerView): string {
  const t = c.messages(consumerMessages);
  if (!twoLegged.allowed) return t.notAllowed;
  const { executeAs, mayImpersonate } = twoLegged;
  const runs = executeAs === null ? t.anonymous : fill(t.runsAs, { user: executeAs });
  return mayImpersonate ? fill(t.impersonates, { runs }) : runs;
}
