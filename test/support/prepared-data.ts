/**
 * A data directory with an installation in it, for tests that start a server in each: making its keys and its schema
 * takes longer than most of them, so it is done once, by the product's own code, and copied.
 */
import { ensureInstallation } from '../../src/administration/index.ts';
import { openInstallation } from '../../src/server/index.ts';
import { readSettings } from '../../src/settings/index.ts';

/** Makes it. Nothing runs on it afterwards: it can be copied as it stands. */
export async function prepareData(data: string): Promise<void> {
  const { settings } = readSettings({ flags: { data }, environment: {}, readFile: () => '' });
  const open = await openInstallation(settings);
  await ensureInstallation(open, { name: settings.name, modulusBits: 2048 });
  await open.storage.close();
}
