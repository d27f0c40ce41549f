/** Two installations on this machine that may reach each other: Tracker, which has data, and Wiki, which wants it. */
import { type Installation, startInstallation } from './countersign.ts';
import { freePorts } from './free-ports.ts';

/** Starts both. @param more what comes after `serve` for each beside name and address */
export async function startTrackerAndWiki(
  more: { readonly tracker?: readonly string[]; readonly wiki?: readonly string[] } = {},
): Promise<[tracker: Installation, wiki: Installation]> {
  const [trackerPort = 0, wikiPort = 0] = await freePorts(2);
  const start = (name: string, own: number, other: number, rest: readonly string[] = []) =>
    startInstallation([
      ...['--listen', `127.0.0.1:${own}`, '--name', name, '--allow-host', `127.0.0.1:${other}`],
      ...rest,
    ]);
  return Promise.all([
    start('Tracker', trackerPort, wikiPort, more.tracker),
    start('Wiki', wikiPort, trackerPort, more.wiki),
  ]);
}
