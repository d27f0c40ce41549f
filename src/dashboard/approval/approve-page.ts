/**
 * Begins an approval: holds the ticket against the session and the dashboard, asks the provider for a request token in
 * the gadget's name, and sends the browser there. A link does it, so that it works in a window of its own, without
 * script, and from the gadget; the ticket is what makes the press deliberate, and a user has so many a minute.
 */
import {
  BEGINNINGS_WINDOW_SECONDS,
  beginConnection,
  isProviderTrouble,
  mayBegin,
  type ProviderTrouble,
} from '../../consumer/index.ts';
import {
  buttonRow,
  errorBody,
  fill,
  html,
  linkButton,
  type PageRoute,
  type SignedInContext,
  troubleWords,
} from '../../web/index.ts';
import { type BroughtTicket, readTicket, ticketAddress } from './approval-ticket.ts';
import type { ApprovalDependencies } from './dependencies.ts';
import { messages } from './messages.ts';
import { APPROVE_PATH, CALLBACK_PATH, DONE_PATH, gadgetPath } from './paths.ts';
import { foreignPage, gonePage, oldPage } from './refused-pages.ts';

/** The address that begins. */
export function approveRoute(deps: ApprovalDependencies): PageRoute {
  return {
    method: 'GET',
    path: APPROVE_PATH,
    access: 'user',
    inPopup: true,
    handle: (c) => approve(deps, c),
  };
}

async function approve(deps: ApprovalDependencies, c: SignedInContext): Promise<Response> {
  const ticket = readTicket(deps, c);
  if (ticket === null) return foreignPage(c);
  if (ticket.isOver) return oldPage(c, ticket);
  const gadget = await deps.findGadget(c, ticket);
  if (gadget?.specUrl !== ticket.specUrl) return gonePage(c);
  const { user, session } = c.viewer;
  if (!(await mayBegin(deps.storage, user.name, c.now))) return limitedPage(c, ticket);
  const holder = { sessionHash: session.hash, now: c.now, way: ticket.way };
  try {
    const { location } = await beginConnection(deps.oauth.consumer, {
      providerName: ticket.provider,
      userName: user.name,
      sessionHash: session.hash,
      callbackUrl: c.publicUrl.origin + c.url(CALLBACK_PATH),
      returnTo: ticketAddress(deps, DONE_PATH, ticket, holder),
      gadgetUrl: ticket.specUrl,
    });
    return c.leaveFor(location);
  } catch (error) {
    if (!isProviderTrouble(error)) throw error;
    return troublePage(c, ticket, error);
  }
}

function limitedPage(c: SignedInContext, ticket: BroughtTicket): Promise<Response> {
  const t = c.messages(messages);
  return c.page({
    title: t.limitedTitle,
    shape: 'card',
    status: 429,
    headers: { 'Retry-After': String(BEGINNINGS_WINDOW_SECONDS) },
    body: html`<p>${t.limitedText}</p>${waysOn(c, ticket)}`,
  });
}

function troublePage(c: SignedInContext, ticket: BroughtTicket, error: ProviderTrouble): Promise<Response> {
  const t = c.messages(messages);
  return c.page({
    title: fill(t.beginFailedTitle, { provider: ticket.provider }),
    shape: 'card',
    status: 502,
    body: errorBody(c, troubleWords(c, error), html`<p>${t.beginFailedNext}</p>${waysOn(c, ticket)}`),
  });
}

function waysOn(c: SignedInContext, ticket: BroughtTicket) {
  const t = c.messages(messages);
  const provider = new URLSearchParams({ name: ticket.provider });
  return buttonRow(
    linkButton(c, `${c.path}?${c.query}`, t.tryAgain, 'primary'),
    linkButton(c, gadgetPath(ticket), t.backToDashboard),
    c.viewer.user.isAdministrator
      ? linkButton(c, `/oauth/admin/service-providers/view?${provider}`, t.testProvider)
      : '',
  );
}
