/** Why consumer information could not be fetched, in words. */
import {
  type ConsumerInformationRefused,
  OutboundRefused,
  outboundWords,
  type PageContext,
} from '../../../web/index.ts';

/** The sentence for a failure, without the name of the field. */
export function failureWords(
  c: PageContext,
  url: URL,
  error: OutboundRefused | ConsumerInformationRefused,
): string {
  if (error instanceof OutboundRefused) return outboundWords(c.locale, url, error);
  return error.words[c.locale];
}
