/**
 * Where the callback leads a gadget's viewer. In a window of its own the page tells the dashboard and closes; without
 * script, or where windows do not close, it says the same to read and leads back. In the dashboard's own window it
 * leads back at once. What the address claims about the outcome is shown, never believed: connected is who has a
 * connection, and the dashboard named is the ticket's.
 */
import {
  buttonRow,
  facts,
  fill,
  type Html,
  html,
  linkButton,
  type PageRoute,
  problemWords,
  type SignedInContext,
} from '../../web/index.ts';
import { type BroughtTicket, readTicket, ticketAddress } from './approval-ticket.ts';
import type { ApprovalDependencies } from './dependencies.ts';
import { messages } from './messages.ts';
import { APPROVE_PATH, DONE_PATH, gadgetPath } from './paths.ts';
import { foreignPage } from './refused-pages.ts';

/** The address after the callback. */
export function doneRoute(deps: ApprovalDependencies): PageRoute {
  return { method: 'GET', path: DONE_PATH, access: 'user', inPopup: true, handle: (c) => done(deps, c) };
}

/** How it ended. */
type Outcome = 'connected' | 'denied' | 'failed';

async function done(deps: ApprovalDependencies, c: SignedInContext): Promise<Response> {
  const ticket = readTicket(deps, c);
  if (ticket === null) return foreignPage(c);
  const t = c.messages(messages);
  const outcome = await outcomeOf(deps, c, ticket);
  const gadget = (await deps.findGadget(c, ticket))?.title ?? ticket.specUrl;
  const values = { provider: ticket.provider, gadget };
  if (outcome === 'connected' && ticket.way === 'page') {
    return c.redirect(gadgetPath(ticket), fill(t.connectedTitle, values));
  }
  const text = fill(t[`${outcome}Text`], values);
  return c.page({
    title: fill(t[`${outcome}Title`], values),
    shape: 'card',
    status: outcome === 'failed' ? 502 : 200,
    ...(ticket.way === 'popup' && { scripts: ['approval-done.js'] }),
    body: html`<p data-approval-outcome="${outcome}" data-module="${ticket.moduleId}" data-provider="${ticket.provider}">${text}</p>
${outcome === 'failed' ? html`<p>${t.failedNext}</p>${reason(c)}` : ''}
${outcome === 'connected' ? buttonRow(linkButton(c, gadgetPath(ticket), t.backToDashboard)) : waysOn(deps, c, ticket)}`,
  });
}

async function outcomeOf(
  { storage }: ApprovalDependencies,
  c: SignedInContext,
  { provider, specUrl }: BroughtTicket,
): Promise<Outcome> {
  const claimed = c.query.get('outcome');
  if (claimed === 'denied') return 'denied';
  const connection = await storage.connections.findFor(c.viewer.user.name, provider, specUrl);
  return claimed === 'connected' && connection?.state === 'active' ? 'connected' : 'failed';
}

/** Codes are words; anything else in the address is not shown. */
function reason(c: SignedInContext): Html | '' {
  const code = c.query.get('problem') ?? '';
  if (!/^[a-z_]{1,64}$/.test(code)) return '';
  return facts([c.messages(messages).reason, html`<code>${code}</code> ${problemWords(c, code)}`]);
}

function waysOn(deps: ApprovalDependencies, c: SignedInContext, ticket: BroughtTicket): Html {
  const t = c.messages(messages);
  const holder = { sessionHash: c.viewer.session.hash, now: c.now };
  const again = `${ticketAddress(deps, APPROVE_PATH, ticket, holder)}&way=${ticket.way}`;
  return buttonRow(
    linkButton(c, again, t.approve, 'primary'),
    linkButton(c, gadgetPath(ticket), t.backToDashboard),
  );
}
