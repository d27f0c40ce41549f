/** The consumer that a refused request named: as it was registered then, and as it is registered now. */
import type { RefusalSummary, Storage } from '../../../model/index.ts';
import { badge, type Content, html, type PageContext } from '../../../web/index.ts';
import { consumerMention } from '../consumer-mention.ts';
import { diagnosisMessages } from './words.ts';

/** Names, by their keys, of those consumers that are registered now. */
export function namesOfRefused(
  { consumers }: Pick<Storage, 'consumers'>,
  refusals: readonly RefusalSummary[],
): Promise<ReadonlyMap<string, string>> {
  return consumers.namesOf([...new Set(refusals.flatMap(({ consumerKey }) => consumerKey ?? []))]);
}

/** The consumer by its name, if there is one; and a word where it was registered only then, only since, or never. */
export function refusedConsumer(
  c: PageContext,
  { consumerKey, isKnownConsumer }: RefusalSummary,
  names: ReadonlyMap<string, string>,
): Content {
  const t = c.messages(diagnosisMessages);
  if (consumerKey === null) return html`<span class="meta">${t.noConsumer}</span>`;
  const name = names.get(consumerKey);
  const mention = consumerMention(c, consumerKey, { name });
  if (isKnownConsumer === (name !== undefined))
    return isKnownConsumer ? mention : html`${mention} ${badge('off', t.stranger)}`;
  return html`${mention} ${badge('off', isKnownConsumer ? t.removedSince : t.registeredSince)}`;
}
