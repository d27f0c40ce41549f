/**
 * Fetches what another installation publishes about itself. The address is an administrator's, but it can still lead
 * to what only this machine reaches, so it goes through the guarded client; each way it can fail has its sentence.
 */
import type { ConsumerInformation } from '../../../administration/index.ts';
import { parseCallbackUri } from '../../../model/index.ts';
import {
  ConsumerInformationRefused,
  fill,
  type Outbound,
  OutboundRefused,
  type PageContext,
  readConsumerInformation,
} from '../../../web/index.ts';
import { failureWords } from './fetch-words.ts';
import { consumerMessages } from './words.ts';

/** Where installations publish their consumer information, below their base URL. */
const INFORMATION_PATH = '/plugins/servlet/oauth/consumer-info';

const MAXIMUM_BYTES = 65_536;
const TIMEOUT_MS = 10_000;

/** What was fetched, or the sentence that says why nothing was. */
export type Fetched =
  | { readonly information: ConsumerInformation; readonly baseUrl: string; readonly failure: null }
  | { readonly information: null; readonly failure: string };

/** Fetches the consumer information of the installation at a base URL. */
export async function fetchInformation(c: PageContext, outbound: Outbound, typed: string): Promise<Fetched> {
  const t = c.messages(consumerMessages);
  const reading = parseCallbackUri(typed);
  if (!reading.ok) return failed(t.fetchInvalid);
  const baseUrl = reading.uri.split('?')[0]!.replace(/\/+$/u, '');
  const url = baseUrl + INFORMATION_PATH;
  try {
    const headers = { accept: 'application/xml, text/xml' };
    const answer = await outbound.fetch(url, { headers, maxBytes: MAXIMUM_BYTES, timeoutMs: TIMEOUT_MS });
    if (answer.status !== 200) return failed(fill(t.fetchStatus, { url, status: answer.status }));
    return { information: readConsumerInformation(answer.body), baseUrl, failure: null };
  } catch (error) {
    if (!(error instanceof OutboundRefused || error instanceof ConsumerInformationRefused)) throw error;
    return failed(fill(t.fetchRefused, { reason: failureWords(c, new URL(url), error) }));
  }
}

function failed(failure: string): Fetched {
  return { information: null, failure };
}
