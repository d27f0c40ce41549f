/** What somebody is told who logged in too often by the word of somebody else. */
import { count, type PageContext } from '../../web/index.ts';
import { messages } from './messages.ts';

/** Answers with the page: how long to wait. */
export function limitedPage(c: PageContext, retryAfterSeconds: number): Promise<Response> {
  const t = c.messages(messages);
  const headers = { 'Retry-After': String(retryAfterSeconds) };
  const lead = count(c, t.logInLimited, Math.ceil(retryAfterSeconds / 60));
  return c.page({ title: t.providerRefused, shape: 'card', status: 429, headers, lead, body: '' });
}
