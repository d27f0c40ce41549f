/** Connections: the providers that people reach from here, and where they come back from them. */
import type { PageSet } from '../../web/index.ts';
import { callbackRoutes } from './callback-page.ts';
import { connectRoutes } from './connect-pages.ts';
import type { ConnectionsDependencies } from './dependencies.ts';
import { disconnectRoutes } from './disconnect-pages.ts';
import { countEnding } from './ending-connections.ts';
import { enterRoutes } from './enter-pages.ts';
import { listRoute } from './list-page.ts';
import { messages } from './messages.ts';
import { CONNECTIONS_PATH } from './paths.ts';

export type { ConnectionsDependencies } from './dependencies.ts';
export { messages as connectionMessages } from './messages.ts';

/** The pages under `/oauth/connections`, and the callback. */
export function connectionPages(deps: ConnectionsDependencies): PageSet {
  return {
    routes: [
      listRoute(deps),
      ...connectRoutes(deps),
      ...enterRoutes(deps),
      ...disconnectRoutes(deps),
      ...callbackRoutes(deps),
    ],
    navigation: [
      {
        section: 'connections',
        path: CONNECTIONS_PATH,
        label: { en: messages.en.title, ja: messages.ja.title },
        access: 'user',
        count: ({ user }, now) => countEnding(deps.storage.connections, user.name, now),
      },
    ],
  };
}
