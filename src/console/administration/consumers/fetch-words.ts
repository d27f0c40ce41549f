/** Why consumer information could not be fetched, in words. */
import {
  type ConsumerInformationRefused,
  fill,
  OutboundRefused,
  outboundWords,
  type PageContext,
} from '../../../web/index.ts';

const INFORMATION_JA =
  '{host} の応答は、コンシューマ情報の XML として読み取れません。ベース URL を確認してください。';

/** The sentence for a failure, without the name of the field. */
export function failureWords(
  c: PageContext,
  url: URL,
  error: OutboundRefused | ConsumerInformationRefused,
): string {
  if (error instanceof OutboundRefused) return outboundWords(c.locale, url, error);
  return c.locale === 'ja' ? fill(INFORMATION_JA, { host: url.host }) : error.message;
}
