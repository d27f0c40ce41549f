/**
 * The identity of an installation for worlds in memory: a key pair takes longer to make than most tests run, so each
 * name's is made once a process, by the product's own code, and told to every world that asks.
 */
import { type AdministrationContext, ensureInstallation } from '../../src/administration/index.ts';
import { nowSeconds } from '../../src/base/index.ts';
import type { Installation } from '../../src/model/index.ts';
import { createMemoryStorage } from '../../src/storage/memory/index.ts';

const made = new Map<string, Promise<Installation>>();

/** Makes this world an installation of this name; others of the name have the same keys. */
export async function becomeInstallation(
  context: AdministrationContext,
  name: string,
): Promise<Installation> {
  const first = made.get(name) ?? makeIdentity(context, name);
  made.set(name, first);
  return context.storage.installation.create({ ...(await first), createdAt: nowSeconds(context.clock) });
}

function makeIdentity({ clock, random }: AdministrationContext, name: string): Promise<Installation> {
  const elsewhere = { storage: createMemoryStorage({ clock }), clock, random };
  return ensureInstallation(elsewhere, { name, modulusBits: 2048 });
}
