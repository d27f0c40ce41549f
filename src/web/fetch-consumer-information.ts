/**
 * Asks another installation who it is. Its base URL comes from an administrator, the answer from a stranger: the
 * request goes through the guarded client, and the document through the strict reader.
 */
import {
  type ConsumerInformation,
  ConsumerInformationRefused,
  readConsumerInformation,
} from './consumer-information.ts';
import type { Outbound } from './outbound/outbound.ts';

/** Where every installation of this family publishes its consumer information, below its base URL. */
const WELL_KNOWN_PATH = '/plugins/servlet/oauth/consumer-info';

/**
 * Fetches the consumer information of the installation at a base URL, with or without a slash at its end.
 * @throws {OutboundRefused} when it may not or cannot be reached
 * @throws {ConsumerInformationRefused} when what it answers is no consumer information
 */
export async function fetchConsumerInformation(
  outbound: Outbound,
  baseUrl: string,
): Promise<ConsumerInformation> {
  const address = `${baseUrl.trim().replace(/\/+$/, '')}${WELL_KNOWN_PATH}`;
  const answer = await outbound.fetch(address, { headers: { accept: 'application/xml' } });
  if (answer.status !== 200) {
    const { status } = answer;
    throw new ConsumerInformationRefused({
      en: `${address} answered with status ${status}: there is no installation with consumer information at that base URL.`,
      ja: `${address} はステータス ${status} を返しました。そのベース URL にコンシューマ情報を公開するシステムはありません。`,
    });
  }
  return readConsumerInformation(answer.body);
}
