/**
 * Why a gadget shows nothing of its viewer's: how the approval stands, what the provider said about the last request
 * it refused, its number there, and where it explains the problem; else our own page about it. It says so to the
 * viewer of that request only, and shows no token and nothing of the request itself.
 */
import type { NotedRefusal } from '../../gadgets/index.ts';
import type { Connection } from '../../model/index.ts';
import { PROBLEMS } from '../../oauth/index.ts';
import {
  badge,
  buttonRow,
  type Content,
  facts,
  fill,
  html,
  identifier,
  linkButton,
  moment,
  type PageRoute,
  problemWords,
  type SignedInContext,
} from '../../web/index.ts';
import { type BroughtTicket, readTicket, ticketAddress } from './approval-ticket.ts';
import type { ApprovalDependencies } from './dependencies.ts';
import { messages } from './messages.ts';
import { approvalState } from './notice-words.ts';
import { APPROVE_PATH, gadgetPath, INSPECT_PATH } from './paths.ts';
import { foreignPage, gonePage } from './refused-pages.ts';

/** The explanation's address. */
export function inspectRoute(deps: ApprovalDependencies): PageRoute {
  return { method: 'GET', path: INSPECT_PATH, access: 'user', handle: (c) => inspect(deps, c) };
}

async function inspect(deps: ApprovalDependencies, c: SignedInContext): Promise<Response> {
  const ticket = readTicket(deps, c);
  if (ticket === null) return foreignPage(c);
  const gadget = await deps.findGadget(c, ticket);
  if (gadget === null) return gonePage(c);
  const t = c.messages(messages);
  const { provider, specUrl } = ticket;
  const userName = c.viewer.user.name;
  const connection = await deps.storage.connections.findFor(userName, provider, specUrl);
  const refusal = deps.oauth.lastRefusals.find({ userName, specUrl, provider });
  const ended = connection?.state === 'dead' ? (connection.problem ?? 'token_rejected') : null;
  return c.page({
    title: fill(t.inspectTitle, { gadget: gadget.title, provider }),
    lead: t.inspectLead,
    section: 'dashboards',
    breadcrumbs: [{ label: t.dashboard, path: gadgetPath(ticket) }],
    body: html`<section><h2>${t.stateTitle}</h2>${whatToDo(c, provider, gadget.title, connection, ended)}
${facts(...standing(c, ticket, gadget.title, connection, ended), ...refusalRows(c, provider, refusal, ended))}</section>
${waysOn(deps, c, ticket, connection?.state === 'active')}`,
  });
}

type Row = readonly [term: Content, value: Content];

function whatToDo(
  c: SignedInContext,
  provider: string,
  gadget: string,
  connection: Connection | null,
  ended: string | null,
): Content {
  const reason = connection === null ? 'not-connected' : ended;
  return reason === null ? '' : html`<p>${approvalState(c.locale, provider, gadget, reason).text}</p>`;
}

function standing(
  c: SignedInContext,
  { provider, specUrl }: BroughtTicket,
  gadget: string,
  connection: Connection | null,
  ended: string | null,
): readonly Row[] {
  const t = c.messages(messages);
  const access =
    connection === null
      ? badge('off', t.stateNotConnected)
      : ended === null
        ? html`${badge('good', t.stateActive)} ${moment(c, connection.createdAt)}`
        : badge('warning', t.stateDead);
  return [
    [t.spec, html`${gadget} <span class="meta">${specUrl}</span>`],
    [t.provider, provider],
    [t.access, access],
  ];
}

function refusalRows(
  c: SignedInContext,
  provider: string,
  refusal: NotedRefusal | null,
  ended: string | null,
): readonly Row[] {
  const t = c.messages(messages);
  const problem = refusal?.problem ?? ended;
  const rows: Row[] = [
    [t.lastRefusal, refusal === null ? t.noRefusal : html`${moment(c, refusal.at)} (${refusal.status})`],
  ];
  if (problem !== null) {
    rows.push([
      t.problem,
      html`<code>${problem}</code> ${problemWords(c, problem)} ${explained(c, problem)}`,
    ]);
  }
  if (refusal?.advice != null) rows.push([t.theirWords, html`<q>${refusal.advice}</q>`]);
  if (refusal?.requestId != null) {
    rows.push([
      t.requestId,
      html`${identifier(c, refusal.requestId)}<span class="description">${fill(t.requestIdHelp, { provider })}</span>`,
    ]);
  }
  if (refusal?.helpUrl != null) {
    const label = fill(t.explainedThere, { provider });
    rows.push([t.explanation, html`<a href="${refusal.helpUrl}" rel="noreferrer">${label}</a>`]);
  }
  return rows;
}

/** Our page about a problem, of those that have one. */
function explained(c: SignedInContext, problem: string): Content {
  if (!Object.hasOwn(PROBLEMS, problem)) return '';
  return html`<a href="${c.url(`/oauth/problems/${problem}`)}">${c.messages(messages).explainedHere}</a>`;
}

function waysOn(
  deps: ApprovalDependencies,
  c: SignedInContext,
  ticket: BroughtTicket,
  isConnected: boolean,
): Content {
  const t = c.messages(messages);
  const { provider } = ticket;
  const holder = { sessionHash: c.viewer.session.hash, now: c.now };
  const approve = ticketAddress(deps, APPROVE_PATH, ticket, holder);
  const test = `/oauth/admin/service-providers/view?${new URLSearchParams({ name: provider })}`;
  return buttonRow(
    isConnected ? '' : linkButton(c, approve, fill(t.approveNamed, { provider }), 'primary'),
    linkButton(c, gadgetPath(ticket), t.backToDashboard),
    linkButton(c, '/oauth/connections', t.seeConnections),
    c.viewer.user.isAdministrator ? linkButton(c, test, t.testProvider) : '',
  );
}
