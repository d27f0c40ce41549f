/**
 * Where gadgets may go: the rules, what is allowed without one, and a field that says of an address whether it is
 * allowed, and by what. Trying an address asks nobody: it is judged, not fetched.
 */
import {
  addOutboundRule,
  judgeAddress,
  type OutboundPlaces,
  outboundPlaces,
  removeOutboundRule,
} from '../../gadgets/index.ts';
import type { OutboundRule } from '../../model/index.ts';
import {
  badge,
  buttonRow,
  type Column,
  type Content,
  confirmation,
  errorSummary,
  type FieldError,
  fill,
  type Html,
  hiddenField,
  html,
  moment,
  type PageRoute,
  postForm,
  type SignedInContext,
  submitButton,
  table,
  textField,
} from '../../web/index.ts';
import type { GadgetAdministrationDependencies } from './dependencies.ts';
import { attempt, change, view } from './route.ts';
import { frame, HOSTS_PATH, messages, partsNavigation } from './words.ts';

const REMOVE_PATH = `${HOSTS_PATH}/remove`;

/** The routes of the allow-list. */
export function hostRoutes(deps: GadgetAdministrationDependencies): readonly PageRoute[] {
  return [
    view(HOSTS_PATH, (c) => hostsPage(deps, c, [])),
    change(HOSTS_PATH, (c) => allow(deps, c)),
    view(REMOVE_PATH, (c) => ask(c)),
    change(REMOVE_PATH, (c) => disallow(deps, c)),
  ];
}

async function hostsPage(
  { gadgets }: GadgetAdministrationDependencies,
  c: SignedInContext,
  errors: readonly FieldError[],
): Promise<Response> {
  const t = c.messages(messages);
  const places = await outboundPlaces(gadgets);
  return c.page({
    ...frame(c),
    title: t.hosts,
    lead: t.hostsLead,
    status: errors.length > 0 ? 422 : 200,
    body: html`${partsNavigation(c, 'hosts')}${errorSummary(c, errors)}
${places.rules.length === 0 ? html`<p>${t.hostsEmpty}</p>` : table(c, { caption: t.hostsCaption, columns: ruleColumns(c), rows: places.rules })}
<section><h2>${t.hostsAdd}</h2>${addForm(c, errors)}</section>
${testSection(c, places)}${linkedSection(c, places)}`,
  });
}

function ruleColumns(c: SignedInContext): Column<OutboundRule>[] {
  const t = c.messages(messages);
  return [
    { header: t.columnRule, isName: true, cell: ({ pattern }) => html`<code>${pattern}</code>` },
    { header: t.columnNote, cell: ({ note }) => note },
    {
      header: t.columnAdded,
      cell: ({ createdAt, addedBy }) =>
        html`${moment(c, createdAt)} <span class="meta">${fill(t.addedBy, { name: addedBy })}</span>`,
    },
    {
      header: t.columnActions,
      isActions: true,
      cell: ({ pattern }) =>
        html`<a class="row-action is-danger" href="${c.url(`${REMOVE_PATH}?${new URLSearchParams({ pattern })}`)}" aria-label="${t.disallow}: ${pattern}">${t.remove}</a>`,
    },
  ];
}

function addForm(c: SignedInContext, errors: readonly FieldError[]): Html {
  const t = c.messages(messages);
  return postForm(
    c,
    HOSTS_PATH,
    html`${textField(c, { name: 'pattern', label: t.pattern, help: t.patternHelp, value: c.form.get('pattern') ?? '', errors, isMonospaced: true })}
${textField(c, { name: 'note', label: t.note, help: t.noteHelp, value: c.form.get('note') ?? '', errors, isOptional: true })}
${buttonRow(submitButton(t.allow))}`,
  );
}

function testSection(c: SignedInContext, places: OutboundPlaces): Html {
  const t = c.messages(messages);
  const url = (c.query.get('url') ?? '').trim();
  return html`<section id="test"><h2>${t.test}</h2>
<form method="get" action="${c.url(HOSTS_PATH)}#test" class="form">${textField(c, { name: 'url', label: t.testUrl, help: t.testHelp, value: url, isMonospaced: true, isConditional: true })}${buttonRow(submitButton(t.testSubmit, 'plain'))}</form>
${url === '' ? '' : verdictWords(c, places, url)}</section>`;
}

function verdictWords(c: SignedInContext, places: OutboundPlaces, url: string): Html {
  const t = c.messages(messages);
  const { isAllowed, ...verdict } = judgeAddress(places, url);
  const sentence = t.verdicts['by' in verdict ? verdict.by : verdict.why];
  const mark = isAllowed ? badge('good', t.verdictAllowed) : badge('warning', t.verdictRefused);
  return html`<p role="status">${mark} <code class="breakable">${url}</code><br>${fill(sentence, verdict)}</p>`;
}

function linkedSection(c: SignedInContext, { providers }: OutboundPlaces): Content {
  const t = c.messages(messages);
  const columns: Column<OutboundPlaces['providers'][number]>[] = [
    { header: t.columnProvider, isName: true, cell: ({ name }) => name },
    {
      header: t.columnOrigins,
      cell: ({ origins }) => origins.map((origin) => html`<code>${origin}</code> `),
    },
  ];
  const rows = providers.filter(({ origins }) => origins.length > 0);
  return html`<section><h2>${t.linked}</h2><p>${t.linkedText}</p>${rows.length === 0 ? html`<p class="meta">${t.linkedNone}</p>` : table(c, { caption: t.linkedCaption, columns, rows })}</section>`;
}

async function allow(deps: GadgetAdministrationDependencies, c: SignedInContext): Promise<Response> {
  const fields = { pattern: c.field('pattern'), note: c.field('note') };
  const outcome = await attempt(c, () => addOutboundRule(deps.gadgets, fields, c.viewer.user.name));
  if ('errors' in outcome) return hostsPage(deps, c, outcome.errors);
  return c.redirect(HOSTS_PATH, fill(c.messages(messages).allowed, { pattern: outcome.done.pattern }));
}

function ask(c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  const pattern = c.query.get('pattern') ?? '';
  return c.page({
    ...frame(c, { label: t.hosts, path: HOSTS_PATH }),
    title: fill(t.disallowTitle, { pattern }),
    body: confirmation(c, {
      consequences: html`<p>${t.disallowText}</p>`,
      action: REMOVE_PATH,
      fields: hiddenField('pattern', pattern),
      confirmLabel: t.disallow,
      cancelPath: HOSTS_PATH,
      cancelLabel: t.keep,
    }),
  });
}

async function disallow(
  { gadgets }: GadgetAdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const pattern = c.field('pattern');
  await removeOutboundRule(gadgets, pattern, c.viewer.user.name);
  return c.redirect(HOSTS_PATH, fill(c.messages(messages).disallowed, { pattern }));
}
