/**
 * Tells the server what was done on a dashboard. The page shows it at once; the answer says whether it holds. Changes
 * go one after the other, each with the moment of the dashboard that it was made on, so that somebody else's change
 * in between is noticed and never overwritten.
 */

/** All elements of a kind, in a part of the page. */
export function all<E extends HTMLElement>(selector: string, within: ParentNode | null = document): E[] {
  return [...(within?.querySelectorAll<E>(selector) ?? [])];
}

/** The dashboard; null where the page shows none that has gadgets. */
export const [board = null] = all('[data-board]');

/** The sentences of the page's language. */
const words: Record<string, string> = JSON.parse(board?.dataset.words ?? '{}');

let queue: Promise<unknown> = Promise.resolve();

/** A sentence with values put in. */
export function say(sentence: string, values: Record<string, string | number> = {}): string {
  return (words[sentence] ?? '').replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}

/** Has a screen reader say something. */
export function announce(sentence: string, values?: Record<string, string | number>): void {
  for (const live of all('[data-live]')) live.textContent = say(sentence, values);
}

/** Sends a change. False if it does not hold: why stands above the board then. */
export function send(action: string, fields: Record<string, string>): Promise<boolean> {
  const sent = queue.then(() => sendNow(action, fields));
  queue = sent;
  return sent;
}

async function sendNow(action: string, fields: Record<string, string>): Promise<boolean> {
  const { csrf = '', expected = '' } = board?.dataset ?? {};
  const body = new URLSearchParams({ csrf, expected, ...fields, answer: 'json' });
  const answer = await fetch(action, { method: 'POST', body, redirect: 'error' }).catch(() => null);
  const trouble = answer?.ok ? '' : answer?.status === 409 ? 'conflict' : 'failed';
  for (const notice of all('[data-trouble]')) notice.hidden = notice.dataset.trouble !== trouble;
  if (answer?.ok) renew(String((await answer.json()).updatedAt));
  return trouble === '';
}

/** From now on changes are made on this state, those by plain forms as well. */
function renew(updatedAt: string): void {
  if (board !== null) board.dataset.expected = updatedAt;
  for (const field of all<HTMLInputElement>('input[name=expected]')) field.value = updatedAt;
}
