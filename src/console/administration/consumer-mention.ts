/**
 * Consumers in lists of what they did: by name, with the key second, because people know the one and programs the other.
 * Whoever shows many reads their names in one look, by `namesOf`.
 */
import { printable } from '../../base/index.ts';
import { type Html, html, type PageContext, shortened } from '../../web/index.ts';
import { consumerPath } from './consumers/words.ts';

/** What is known of a consumer beside its key. */
interface KnownConsumer {
  /** Its name now; undefined where there is no such consumer. */
  readonly name: string | undefined;
  /** What it was called once, for one that is gone. */
  readonly formerName?: string | undefined;
}

/** The name, with a link to the consumer's page, and the key; the key alone of one that nothing else is known of. */
export function consumerMention(c: PageContext, key: string, { name, formerName }: KnownConsumer): Html {
  const shortKey = shortened(printable(key));
  if (name === undefined && formerName === undefined) return shortKey;
  return html`${name === undefined ? formerName : consumerLink(c, key, name)}<div class="meta">${shortKey}</div>`;
}

/** The name alone, with the link. */
export function consumerLink(c: PageContext, key: string, name: string): Html {
  return html`<a href="${c.url(consumerPath('view', key))}">${name}</a>`;
}
