/** Pages about tickets that begin nothing. They fit a small window, and lead back. */
import { buttonRow, errorBody, linkButton, type SignedInContext } from '../../web/index.ts';
import type { BroughtTicket } from './approval-ticket.ts';
import { messages } from './messages.ts';
import { gadgetPath } from './paths.ts';

/** The ticket is not this session's, or none at all: it tells nothing about where it came from. */
export function foreignPage(c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  return c.page({
    title: t.foreignTitle,
    shape: 'card',
    status: 403,
    body: errorBody(c, t.foreignText, buttonRow(linkButton(c, '/dashboards', t.toDashboards, 'primary'))),
  });
}

/** The ticket has been lying about for too long. */
export function oldPage(c: SignedInContext, ticket: BroughtTicket): Promise<Response> {
  const t = c.messages(messages);
  const back = linkButton(c, gadgetPath(ticket), t.backToDashboard, 'primary');
  return c.page({
    title: t.oldTitle,
    shape: 'card',
    status: 410,
    body: errorBody(c, t.oldText, buttonRow(back)),
  });
}

/** The gadget is no longer where it asked. */
export function gonePage(c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  return c.page({
    title: t.goneTitle,
    shape: 'card',
    status: 404,
    body: errorBody(c, t.goneText, buttonRow(linkButton(c, '/dashboards', t.toDashboards, 'primary'))),
  });
}
