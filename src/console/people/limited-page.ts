/** What somebody is told who logged in too often by the word of somebody else. */
import { buttonRow, count, linkButton, type PageContext } from '../../web/index.ts';
import { messages } from './messages.ts';

/** Answers with the page: how long to wait. @param loginPath where one can log in otherwise meanwhile */
export function limitedPage(c: PageContext, retryAfterSeconds: number, loginPath: string): Promise<Response> {
  const t = c.messages(messages);
  const body = buttonRow(linkButton(c, loginPath, t.logInAgain));
  const headers = { 'Retry-After': String(retryAfterSeconds) };
  const lead = count(c, t.logInLimited, Math.ceil(retryAfterSeconds / 60));
  return c.page({ title: t.providerRefused, shape: 'card', status: 429, headers, lead, body });
}
