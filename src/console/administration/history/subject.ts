/** What the history pages know of the object whose history they show: a consumer or a service provider. */
import {
  consumerHistory,
  findConsumer,
  findServiceProvider,
  type HistoryEntry,
  type Restoration,
  restoreConsumer,
  restoreServiceProvider,
  serviceProviderHistory,
} from '../../../administration/index.ts';
import type { PageContext, SignedInContext } from '../../../web/index.ts';
import { CONSUMERS_PATH, consumerMessages, consumerPath } from '../consumers/words.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { pathWith } from '../route.ts';
import { PROVIDERS_PATH, providerMessages, providerPath } from '../service-providers/words.ts';

/** A kind of object with a history. */
export interface HistoryKind {
  /** Where its list is; the pages are below. */
  readonly path: string;
  readonly section: string;
  title(c: PageContext): string;
  /** The object that the address names. @throws {Refused} `not-found` */
  find(deps: AdministrationDependencies, c: SignedInContext): Promise<HistoryObject>;
}

/** One object with a history. */
export interface HistoryObject {
  /** As people call it. */
  readonly name: string;
  /** As the audit log calls it. */
  readonly object: string;
  readonly updatedAt: number;
  readonly history: readonly HistoryEntry[];
  readonly viewPath: string;
  readonly historyPath: string;
  restorePath(entry: number): string;
  /** Gives the path of the object's page afterwards. @throws {Refused} with every reason why not */
  restore(restoration: Restoration): Promise<string>;
}

/** Consumers, named by their keys. */
export const CONSUMERS: HistoryKind = {
  path: CONSUMERS_PATH,
  section: 'consumers',
  title: (c) => c.messages(consumerMessages).title,
  async find({ administration }, c) {
    const key = c.query.get('key') ?? '';
    const consumer = await findConsumer(administration, key);
    return {
      name: consumer.name,
      object: key,
      updatedAt: consumer.updatedAt,
      history: await consumerHistory(administration, consumer),
      viewPath: consumerPath('view', key),
      historyPath: consumerPath('history', key),
      restorePath: (entry) => pathWith(`${CONSUMERS_PATH}/restore`, { key, entry: String(entry) }),
      async restore(restoration) {
        await restoreConsumer(administration, key, restoration, c.viewer.user.name);
        return consumerPath('view', key);
      },
    };
  },
};

/** Service providers, by their names. */
export const SERVICE_PROVIDERS: HistoryKind = {
  path: PROVIDERS_PATH,
  section: 'service-providers',
  title: (c) => c.messages(providerMessages).title,
  async find({ administration }, c) {
    const name = c.query.get('name') ?? '';
    const provider = await findServiceProvider(administration, name);
    return {
      name,
      object: name,
      updatedAt: provider.updatedAt,
      history: await serviceProviderHistory(administration, provider),
      viewPath: providerPath('view', name),
      historyPath: providerPath('history', name),
      restorePath: (entry) => pathWith(`${PROVIDERS_PATH}/restore`, { name, entry: String(entry) }),
      async restore(restoration) {
        const actor = c.viewer.user.name;
        return providerPath(
          'view',
          (await restoreServiceProvider(administration, name, restoration, actor)).name,
        );
      },
    };
  },
};
