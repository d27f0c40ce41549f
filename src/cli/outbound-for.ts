/**
 * The guarded client of commands that fetch from elsewhere: it reaches the private addresses that the settings allow. It
 * is read when one does; most commands never fetch.
 */
import { writtenAddress } from '../settings/index.ts';
import type { ConsumerInformation, Outbound } from '../web/index.ts';
import type { CommandContext } from './on-data.ts';

export async function outboundFor({ settings }: CommandContext): Promise<Outbound> {
  const { createOutbound } = await import('../web/index.ts');
  return createOutbound({ allowHosts: settings.allowHost.map(writtenAddress) });
}

/** What another installation publishes about itself. @throws {ConsumerInformationRefused | OutboundRefused} */
export async function fetchInformation(
  context: CommandContext,
  baseUrl: string,
): Promise<ConsumerInformation> {
  const { fetchConsumerInformation } = await import('../web/index.ts');
  return fetchConsumerInformation(await outboundFor(context), baseUrl);
}
