/**
 * Fetches the key that a consumer publishes now, and shows it in the form that rotates: what was seen there is what
 * is stored, and the old key keeps its overlap.
 */
import { findConsumer, keyPublishedNow, publishedBaseUrl } from '../../../administration/index.ts';
import type { Consumer } from '../../../model/index.ts';
import { type FieldError, fill, html, notice, type SignedInContext } from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { attempt } from '../form-errors.ts';
import { fetchInformation } from './fetch-information.ts';
import { rotateForm, USUAL_OVERLAP_DAYS } from './rotate-page.ts';
import { consumerMessages, consumerPath } from './words.ts';

/** Answers with the filled form, or says that nothing changed, or why nothing could be fetched. */
export async function fetchKey(
  { administration, outbound }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(consumerMessages);
  const consumer = await findConsumer(administration, c.query.get('key') ?? '');
  const { done, errors } = await attempt(c, async () => {
    const fetched = await fetchInformation(c, outbound, publishedBaseUrl(consumer));
    if (fetched.information === null) return fetched;
    return { key: keyPublishedNow(administration, consumer, fetched.information), url: fetched.baseUrl };
  });
  if (done === null) return refusedForm(c, consumer, errors.list);
  if ('failure' in done) return refusedForm(c, consumer, [{ field: '', message: done.failure }]);
  if (done.key === null) {
    return c.redirect(consumerPath('view', consumer.key), fill(t.fetchKeySame, { name: consumer.name }));
  }
  const { pem, fingerprint } = done.key;
  const news = notice('info', html`${fill(t.fetchKeyNews, { url: done.url, fingerprint })}`);
  return rotateForm(c, consumer, { publicKey: pem, overlap: USUAL_OVERLAP_DAYS }, [], news);
}

/** Whatever was wrong with what was fetched, the key that it would have filled in is still missing. */
function refusedForm(c: SignedInContext, consumer: Consumer, errors: readonly FieldError[]) {
  const atKey = errors.map(({ message }) => ({ field: 'publicKey', message }));
  return rotateForm(c, consumer, { publicKey: '', overlap: USUAL_OVERLAP_DAYS }, atKey);
}
