/** What the gadgets are called that connections are for. */
import type { Connection } from '../../model/index.ts';
import type { SignedInContext } from '../../web/index.ts';
import type { ConnectionsDependencies } from './dependencies.ts';

/** Of each connection its gadget's title, or its address where the directory has none; null where it is for no gadget. */
export async function gadgetNames(
  { gadgetTitles }: ConnectionsDependencies,
  c: SignedInContext,
  connections: readonly Connection[],
): Promise<readonly (string | null)[]> {
  const urls = connections.map(({ gadgetUrl }) => gadgetUrl);
  const titles = await gadgetTitles?.(urls, c.locale);
  return urls.map((url) => (url === null ? null : (titles?.get(url) ?? url)));
}
