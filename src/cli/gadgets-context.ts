/** What commands about dashboards and gadgets work with: the data of a server, and its address as the settings say it. */
import { ownGadgets } from '../dashboard/index.ts';
import type { GadgetsContext } from '../gadgets/index.ts';
import { writtenAddress } from '../settings/index.ts';
import type { CommandContext } from './on-data.ts';

export function gadgetsContext(context: CommandContext): GadgetsContext {
  const { publicUrl, listen } = context.settings;
  const url = (publicUrl?.href ?? `http://${writtenAddress(listen)}`).replace(/\/$/, '');
  return { ...context, publicUrl: url, ownGadgets: ownGadgets(url) };
}
