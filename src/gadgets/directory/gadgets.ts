/**
 * What administrators do to the directory. A spec is fetched by whoever calls, shown, and only then given here: what
 * was seen is what is kept. Whoever calls has made sure that it is an administrator who does it.
 */
import { nowSeconds, randomAlphanumeric } from '../../base/index.ts';
import type { Gadget } from '../../model/index.ts';
import { eventOf, type GadgetsContext, nextUpdatedAt } from '../context.ts';
import { BOUNDS, refused, refuseMistakes } from '../mistake.ts';
import { type FetchedSpec, pinned, specMistake } from './fetched-spec.ts';

const ID_LENGTH = 16;

/** The gadget of that id. @throws {GadgetsRefused} `gadget-unknown` */
export async function findGadget({ storage }: GadgetsContext, id: string): Promise<Gadget> {
  const gadget = await storage.gadgets.findById(id);
  if (gadget === null) throw refused('specUrl', 'gadget-unknown');
  return gadget;
}

/**
 * Adds a gadget to the directory.
 * @param feedId the feed that brought it; null: by hand
 * @throws {GadgetsRefused}
 */
export async function addGadget(
  context: GadgetsContext,
  spec: FetchedSpec,
  actor: string,
  feedId: string | null = null,
): Promise<Gadget> {
  refuseMistakes([specMistake(spec)]);
  const { gadgets } = context.storage;
  if (context.ownGadgets.some(({ specUrl }) => specUrl === spec.specUrl))
    throw refused('specUrl', 'spec-taken');
  if ((await gadgets.list()).length >= BOUNDS.directory) throw refused('', 'directory-full');
  const createdAt = nowSeconds(context.clock);
  const id = randomAlphanumeric(context.random, ID_LENGTH);
  const gadget = { id, ...pinned(spec), feedId, addedBy: actor, createdAt, updatedAt: createdAt };
  const event = eventOf(context, actor, 'gadget.add', spec.specUrl, { after: recordOf(gadget) });
  if (!(await gadgets.add(gadget, event))) throw refused('specUrl', 'spec-taken');
  return gadget;
}

/**
 * Takes a newer spec in place of the pinned one. Dashboards keep what was entered for preferences that are still there.
 * @param expectedUpdatedAt `updatedAt` of the record that the newer one was compared with
 * @throws {GadgetsRefused}
 */
export async function takeNewerSpec(
  context: GadgetsContext,
  id: string,
  spec: FetchedSpec,
  expectedUpdatedAt: number,
  actor: string,
): Promise<Gadget> {
  const present = await findGadget(context, id);
  refuseMistakes([specMistake(spec)]);
  if (spec.specUrl !== present.specUrl) throw refused('specUrl', 'gadget-unknown');
  const updatedAt = nextUpdatedAt(context, present.updatedAt);
  const next: Gadget = { ...present, ...pinned(spec), updatedAt };
  const fields = { before: recordOf(present), after: recordOf(next) };
  const event = eventOf(context, actor, 'gadget.update', present.specUrl, fields);
  const isDone = await context.storage.gadgets.update(next, expectedUpdatedAt, event);
  if (!isDone) throw refused('', 'changed-meanwhile');
  return next;
}

/** Takes a gadget out of the directory; dashboards say that it is gone. @throws {GadgetsRefused} */
export async function removeGadget(context: GadgetsContext, id: string, actor: string): Promise<Gadget> {
  const gadget = await findGadget(context, id);
  if (gadget.feedId !== null) throw refused('', 'gadget-of-feed');
  const event = eventOf(context, actor, 'gadget.remove', gadget.specUrl, { before: recordOf(gadget) });
  if (!(await context.storage.gadgets.remove(id, event))) throw refused('specUrl', 'gadget-unknown');
  return gadget;
}

/** Takes an own gadget out of the directory, or puts it back. @throws {GadgetsRefused} */
export async function setOwnGadgetHidden(
  context: GadgetsContext,
  name: string,
  isHidden: boolean,
  actor: string,
): Promise<void> {
  if (!context.ownGadgets.some((own) => own.name === name)) throw refused('', 'gadget-unknown');
  const event = eventOf(context, actor, isHidden ? 'gadget.hide' : 'gadget.show', name);
  await context.storage.gadgets.setHidden(name, isHidden, event);
}

/** A gadget as the log keeps it: what it says, never its whole text. */
export function recordOf({ title, author, sha256 }: Gadget): Record<string, unknown> {
  return { title, author, sha256 };
}
