/**
 * `countersign gadget …`: the directory of gadgets. What a command fetches it shows and pins; the records of service
 * providers that a gadget needs are made as its page in the administration makes them.
 */
import type { Command } from 'commander';
import { CLI_ACTOR } from '../../accounts/index.ts';
import { ensureInstallation } from '../../administration/index.ts';
import { jsonRecord } from '../../base/index.ts';
import { fetchSpec, fetchTroubleWords } from '../../dashboard/index.ts';
import {
  addGadget,
  carryOutPlans,
  type DirectoryEntry,
  type FetchedSpec,
  type GadgetsContext,
  listDirectory,
  planServices,
  readSpecText,
  removeGadget,
  type ServicePlan,
  servicePlanWords,
  setOwnGadgetHidden,
  specAddress,
  takeNewerSpec,
} from '../../gadgets/index.ts';
import type { Gadget } from '../../model/index.ts';
import { readXml } from '../../web/index.ts';
import { type Answer, facts, table } from '../answer.ts';
import { commandGroup, type Flags, withExamples } from '../define-command.ts';
import { gadgetsContext } from '../gadgets-context.ts';
import { type CommandContext, onData, withSetting } from '../on-data.ts';
import { outboundFor } from '../outbound-for.ts';
import { CommandRefused } from '../refusals.ts';
import { defineFeedCommands } from './gadget-feed.ts';

/** Adds the commands to the program. */
export function defineGadgetCommands(program: Command): void {
  const gadget = commandGroup(program, 'gadget', 'the gadgets that people may put on their dashboards');
  withExamples(
    onData(gadget.command('list').description('list the directory, hidden ones too'), list),
    'countersign gadget list',
  );
  const add = gadget
    .command('add')
    .description('fetch a gadget’s spec, pin it and add it to the directory')
    .argument('<URL>', 'address of the spec')
    .option('--dry-run', 'say what would be added, and change nothing');
  withExamples(
    onData(withSetting(add, 'allowHost'), addOne),
    'countersign gadget add https://gadgets.example.com/weather.xml --dry-run',
    'countersign gadget add https://gadgets.example.com/weather.xml',
  );
  const update = gadget
    .command('update')
    .description('fetch a gadget’s spec anew, and pin what it says now')
    .argument('<URL>', 'address of the spec');
  withExamples(
    onData(withSetting(update, 'allowHost'), updateOne),
    'countersign gadget update https://gadgets.example.com/weather.xml',
  );
  withExamples(
    onData(
      gadget
        .command('remove')
        .description('take a gadget out of the directory, and so off every dashboard')
        .argument('<URL>', 'address of the spec'),
      removeOne,
    ),
    'countersign gadget remove https://gadgets.example.com/weather.xml',
  );
  defineHiding(gadget);
  defineFeedCommands(gadget);
}

function defineHiding(gadget: Command): void {
  const set = (isHidden: boolean) => async (context: CommandContext, _flags: Flags, name?: string) => {
    await setOwnGadgetHidden(gadgetsContext(context), name!, isHidden, CLI_ACTOR);
    return { json: { name, isHidden }, lines: [isHidden ? `Hid ${name}.` : `${name} is shown again.`] };
  };
  withExamples(
    onData(
      gadget
        .command('hide')
        .description('take a gadget of this installation itself out of its directory')
        .argument('<NAME>', 'its name, as the list shows it'),
      set(true),
    ),
    'countersign gadget hide assigned-to-me',
  );
  withExamples(
    onData(
      gadget.command('unhide').description('put a hidden one back').argument('<NAME>', 'its name'),
      set(false),
    ),
    'countersign gadget unhide assigned-to-me',
  );
}

async function list(context: CommandContext): Promise<Answer> {
  const entries = await listDirectory(gadgetsContext(context), { locale: 'en', withHidden: true });
  const feeds = new Map((await context.storage.gadgetFeeds.list()).map(({ id, baseUrl }) => [id, baseUrl]));
  const source = ({ ownName, feedId, isHidden }: DirectoryEntry) =>
    isHidden ? 'hidden' : ownName !== null ? 'own' : feedId === null ? 'by hand' : (feeds.get(feedId) ?? '');
  return {
    json: entries.map((entry) => jsonRecord({ ...entry, source: source(entry) })),
    lines: table(
      ['TITLE', 'FROM', 'NAME OR SPEC'],
      entries.map((entry) => [entry.title, source(entry), entry.ownName ?? entry.specUrl]),
      'There are no gadgets.',
    ),
  };
}

async function addOne(context: CommandContext, flags: Flags, address?: string): Promise<Answer> {
  const { spec, plans } = await look(context, address!);
  if (flags.dryRun === true) return answerAbout('Adding it would pin:', spec, plans);
  await carryOut(context, plans);
  await addGadget(gadgetsContext(context), spec, CLI_ACTOR);
  return answerAbout(`Added ${spec.title}.`, spec, plans);
}

async function updateOne(context: CommandContext, _flags: Flags, address?: string): Promise<Answer> {
  const gadgets = gadgetsContext(context);
  const present = await presentOne(gadgets, address!);
  const { spec, plans } = await look(context, address!);
  await carryOut(context, plans);
  const next = await takeNewerSpec(gadgets, present.id, spec, present.updatedAt, CLI_ACTOR);
  const isSame = next.sha256 === present.sha256;
  return answerAbout(
    isSame ? `${spec.title} has not changed.` : `Took the newer ${spec.title}.`,
    spec,
    plans,
  );
}

async function removeOne(context: CommandContext, _flags: Flags, address?: string): Promise<Answer> {
  const gadgets = gadgetsContext(context);
  const { id, specUrl, title } = await presentOne(gadgets, address!);
  await removeGadget(gadgets, id, CLI_ACTOR);
  return { json: { specUrl, isRemoved: true }, lines: [`Removed ${title}.`] };
}

/** New service providers are entered with our own consumer key. */
async function carryOut(context: CommandContext, plans: readonly ServicePlan[]): Promise<void> {
  await ensureInstallation(context, context.settings);
  await carryOutPlans(context, plans, CLI_ACTOR);
}

async function presentOne({ storage }: GadgetsContext, address: string): Promise<Gadget> {
  const gadget = await storage.gadgets.find(specAddress(address) ?? '');
  if (gadget === null)
    throw new CommandRefused(
      `there is no gadget ${address} in the directory; those there are: countersign gadget list.`,
    );
  return gadget;
}

/** Fetches a spec, and finds what has to be done for its services. */
async function look(
  context: CommandContext,
  address: string,
): Promise<{ readonly spec: FetchedSpec; readonly plans: readonly ServicePlan[] }> {
  const specUrl = specAddress(address);
  if (specUrl === null) throw new CommandRefused(`${address} is no address of a gadget spec`);
  const outbound = await outboundFor(context);
  const spec = await fetchSpec(outbound, specUrl).catch((error: unknown) => {
    const sentence = fetchTroubleWords('en', specUrl, error);
    throw sentence === null ? error : new CommandRefused(sentence);
  });
  const { oauthServices } = readSpecText(spec.xml, specUrl, readXml);
  return { spec, plans: await planServices(context.storage, oauthServices) };
}

function answerAbout(sentence: string, spec: FetchedSpec, plans: readonly ServicePlan[]): Answer {
  const { specUrl, title, description, author, categories } = spec;
  const services = plans.map((plan) => servicePlanWords('en', plan));
  return {
    json: { specUrl, title, description, author, categories, services },
    lines: [
      sentence,
      ...facts([
        ['Title', title],
        ['Spec', specUrl],
        ['Description', description || '—'],
        ['Author', author ?? '—'],
        ['Categories', categories.join(', ') || '—'],
      ]).map((line) => `  ${line}`),
      ...services.map((words) => `  ${words}`),
    ],
  };
}
