/**
 * Explanations cost milliseconds of searching, so everybody who may read them gets so many a minute. Counted in storage, like
 * all limits: for all nodes together.
 */
import type { Storage } from '../../../model/index.ts';
import { html, type SignedInContext } from '../../../web/index.ts';
import { diagnosisMessages } from './words.ts';

/** Explanations a minute for one user. */
export const EXPLANATIONS_A_MINUTE = 60;

const WINDOW_SECONDS = 60;

/** Counts one; null lets it through, otherwise the answer that asks for patience. @param section of the page */
export async function refuseTooMany(
  { attempts }: Pick<Storage, 'attempts'>,
  c: SignedInContext,
  section: string,
): Promise<Response | null> {
  const bucket = `explain:${c.viewer.user.name.toLowerCase()}`;
  if ((await attempts.count(bucket, c.now, WINDOW_SECONDS)) <= EXPLANATIONS_A_MINUTE) return null;
  const t = c.messages(diagnosisMessages);
  return c.page({
    title: t.limitedTitle,
    section,
    status: 429,
    headers: { 'Retry-After': String(WINDOW_SECONDS) },
    body: html`<p>${t.limitedText}</p>`,
  });
}
