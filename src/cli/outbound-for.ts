/** The guarded client of commands that fetch from elsewhere: it reaches the private addresses that the settings allow. */
import { writtenAddress } from '../settings/index.ts';
import { createOutbound, type Outbound } from '../web/index.ts';
import type { CommandContext } from './on-data.ts';

export function outboundFor({ settings }: CommandContext): Outbound {
  return createOutbound({ allowHosts: settings.allowHost.map(writtenAddress) });
}
