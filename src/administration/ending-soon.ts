/**
 * What ends soon and has to be replaced by somebody before: old keys and secrets of consumers, API keys, and our own
 * key while the next one waits. Nobody is written to: it is shown, counted, and told by `doctor`.
 */
import { nowSeconds } from '../base/index.ts';
import { type Ending, settledInstallation } from '../model/index.ts';
import type { AdministrationContext } from './context.ts';

/** Something that ends soon; `installation-key` is our own, which has no name. */
export type EndingSoon = Omit<Ending, 'kind'> & { readonly kind: Ending['kind'] | 'installation-key' };

/** Every kind. */
export const ENDING_KINDS = ['installation-key', 'consumer-credential', 'api-key'] as const;

/** How far ahead administrators look, in days: twice the usual overlap of a rotation. */
export const ENDS_SOON_DAYS = 14;

/** The most of each kind that are listed. */
export const MOST_ENDINGS = 200;

/** What ends within `ENDS_SOON_DAYS`, the earliest first; at most `MOST_ENDINGS` of each kind. */
export async function endingSoon({
  storage,
  clock,
}: Pick<AdministrationContext, 'storage' | 'clock'>): Promise<readonly EndingSoon[]> {
  const now = nowSeconds(clock);
  const until = now + ENDS_SOON_DAYS * 86_400;
  const [installation, others] = await Promise.all([
    storage.installation.read(),
    storage.endings.listBetween(now, until, MOST_ENDINGS),
  ]);
  const next = installation && settledInstallation(installation, now).next;
  if (!next || next.activatesAt > until) return others;
  const own: EndingSoon = {
    kind: 'installation-key',
    id: installation.consumerKey,
    name: installation.name,
    userName: null,
    endsAt: next.activatesAt,
  };
  return [own, ...others].toSorted((a, b) => a.endsAt - b.endsAt);
}
