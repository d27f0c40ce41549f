/** An installation in memory with the users alice (an administrator) and bob and two own gadgets, for tests of gadgets. */
import { FixedClock } from '../../src/base/index.ts';
import type { FetchedSpec, GadgetMistakeCode, GadgetsContext, OwnGadget } from '../../src/gadgets/index.ts';
import { GadgetsRefused } from '../../src/gadgets/index.ts';
import type { RecordedAuditEvent } from '../../src/model/index.ts';
import { createMemoryStorage } from '../../src/storage/memory/index.ts';
import { countingRandom } from './counting-random.ts';
import { anEvent, aUser, NOW } from './records.ts';

export const ALICE = { name: 'alice', isAdministrator: true };
export const BOB = { name: 'bob', isAdministrator: false };

export interface GadgetsWorld {
  readonly context: GadgetsContext;
  readonly clock: FixedClock;
  /** The newest entry of the audit log. */
  lastEvent(): Promise<RecordedAuditEvent | undefined>;
}

export async function createGadgetsWorld(): Promise<GadgetsWorld> {
  const clock = new FixedClock(NOW);
  const storage = createMemoryStorage({ clock });
  await storage.users.add(aUser({ name: 'alice', isAdministrator: true }), anEvent());
  await storage.users.add(aUser({ name: 'bob' }), anEvent());
  const ownGadgets = [anOwnGadget('clock'), anOwnGadget('connections')];
  return {
    context: { storage, clock, random: countingRandom(), publicUrl: 'https://wiki.example', ownGadgets },
    clock,
    lastEvent: async () => (await storage.audit.list({}, { search: '', offset: 0, limit: 1 })).rows[0],
  };
}

export function anOwnGadget(name: string): OwnGadget {
  return {
    name,
    specUrl: `https://wiki.example/rest/gadgets/1.0/g/${name}.xml`,
    xml: `<Module><ModulePrefs title="${name}"/></Module>`,
    bundles: {},
    english: { title: `Own ${name}`, description: 'Comes with the installation' },
    texts: { ja: { title: `自身の ${name}`, description: '' } },
    thumbnailUrl: null,
    categories: ['Own'],
    isForAdministrators: false,
  };
}

/** @param name its address is `https://gadgets.example.org/<name>.xml` */
export function aFetchedSpec(name: string, fields: Partial<FetchedSpec> = {}): FetchedSpec {
  return {
    specUrl: `https://gadgets.example.org/${name}.xml`,
    xml: `<Module><ModulePrefs title="${name}"/></Module>`,
    bundles: {},
    title: name,
    description: '',
    author: 'Ada',
    thumbnailUrl: null,
    categories: ['News'],
    ...fields,
  };
}

/** The codes with which something was refused; null when it was done. */
export async function refusalOf(work: Promise<unknown>): Promise<readonly GadgetMistakeCode[] | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof GadgetsRefused) return error.mistakes.map(({ code }) => code);
    throw error;
  }
}
