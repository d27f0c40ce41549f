/**
 * Gadgets on a dashboard, over memory storage: the container's own addresses, and one plain page that shows a
 * dashboard's frames. `serveContainer` puts them behind a real listener, for a real browser.
 */
import { createServer } from 'node:http';
import { startSession } from '../../src/accounts/index.ts';
import { containerRoutes, gadgetFrames } from '../../src/dashboard/container/index.ts';
import { PAGE_SCRIPTS } from '../../src/dashboard/scripts.ts';
import {
  type AuthorizedFetch,
  findAllInDirectory,
  type GadgetsContext,
  type OwnGadget,
  seeDashboard,
  ticketKey,
} from '../../src/gadgets/index.ts';
import type { PlacedGadget } from '../../src/model/index.ts';
import {
  createCookieJar,
  createPages,
  html,
  type Outbound,
  type PageSet,
  type Pages,
  type SignedInContext,
} from '../../src/web/index.ts';
import { peopledAccounts } from './accounts-world.ts';
import { asResponse } from './as-response.ts';
import { aDashboard, aGadget, anEvent, anInstallation, anOutboundRule, aPlacedGadget } from './records.ts';

/** The dashboard that the gadgets stand on: alice's, seen by everybody. */
export const DASHBOARD = 'd1';

/** What a container is opened with. */
export interface ContainerOptions {
  readonly publicUrl: string;
  /** Specs by the ids of the places where they stand, which name their addresses, too. */
  readonly gadgets: Readonly<Record<string, string>>;
  readonly bundles?: Readonly<Record<string, string>>;
  /** Preferences by place. */
  readonly preferences?: Readonly<Record<string, PlacedGadget['preferences']>>;
  /** Places whose gadgets are this installation's own. */
  readonly own?: readonly string[];
  readonly rules?: readonly string[];
  readonly outbound?: Outbound;
  readonly authorizedFetch?: AuthorizedFetch;
  /** Further pages. */
  readonly more?: PageSet;
}

export type Container = Awaited<ReturnType<typeof openContainer>>;

/** The address of the spec that stands at a place. */
export function specUrlOf(place: string): string {
  return `https://gadgets.example/${place}.xml`;
}

/** Opens one. */
export async function openContainer(options: ContainerOptions) {
  const accounts = await peopledAccounts();
  const { storage } = accounts;
  const installation = await storage.installation.create(anInstallation());
  const context: GadgetsContext = {
    ...accounts,
    publicUrl: options.publicUrl,
    ownGadgets: (options.own ?? []).map((place) => ownGadget(place, options.gadgets[place] ?? '')),
  };
  await fillDirectory(context, options);
  const deps = {
    gadgets: context,
    ticketKey: ticketKey(installation),
    outbound: options.outbound ?? { fetch: () => Promise.reject(new Error('nothing is fetched here')) },
    authorizedFetch: options.authorizedFetch ?? (() => Promise.reject(new Error('no service is asked here'))),
  };
  const errors: unknown[] = [];
  const page: PageSet = {
    navigation: [],
    scripts: PAGE_SCRIPTS,
    routes: [
      ...containerRoutes(deps),
      { method: 'GET', path: '/dashboards/:id', access: 'user', handle: (c) => plainDashboard(c, deps) },
    ],
  };
  const publicUrl = new URL(options.publicUrl);
  const pages = createPages({
    publicUrl,
    accounts,
    installationName: () => 'Wiki',
    sets: [page, ...(options.more === undefined ? [] : [options.more])],
    onError: (error) => errors.push(error),
  });
  return { accounts, context, deps, pages, publicUrl, errors };
}

function ownGadget(place: string, xml: string): OwnGadget {
  const texts = { title: place, description: '' };
  return {
    name: place,
    specUrl: specUrlOf(place),
    xml,
    bundles: {},
    english: texts,
    texts: {},
    thumbnailUrl: null,
    categories: [],
    isForAdministrators: false,
  };
}

async function fillDirectory({ storage }: GadgetsContext, options: ContainerOptions): Promise<void> {
  const { gadgets, bundles = {}, preferences = {}, own = [], rules = [] } = options;
  for (const [place, xml] of Object.entries(gadgets)) {
    if (own.includes(place)) continue;
    const record = aGadget(place, {
      id: `id ${place}`,
      specUrl: specUrlOf(place),
      xml,
      bundles,
      feedId: null,
    });
    await storage.gadgets.add(record, anEvent());
  }
  for (const pattern of rules) await storage.allowList.add(anOutboundRule(pattern), anEvent());
  const placed = Object.keys(gadgets).map((place) =>
    aPlacedGadget(place, {
      specUrl: specUrlOf(place),
      column: 0,
      preferences: preferences[place] ?? {},
      isMinimised: false,
      title: null,
    }),
  );
  const dashboard = aDashboard(DASHBOARD, {
    ownerName: 'alice',
    layout: 'A',
    sharing: 'everyone',
    gadgets: placed,
  });
  await storage.dashboards.add(dashboard, anEvent());
}

async function plainDashboard(
  c: SignedInContext,
  deps: Parameters<typeof gadgetFrames>[1],
): Promise<Response> {
  const { dashboard } = await seeDashboard(deps.gadgets, c.viewer.user, c.param('id'));
  const found = await findAllInDirectory(
    deps.gadgets,
    dashboard.gadgets.map(({ specUrl }) => specUrl),
  );
  const framed = dashboard.gadgets.flatMap((placed) => {
    const gadget = found.get(placed.specUrl);
    return gadget === undefined ? [] : [{ placed, gadget, title: placed.id }];
  });
  const { frames, sources } = await gadgetFrames(c, deps, dashboard, framed);
  return c.page({
    title: 'Dashboard',
    scripts: ['container.js'],
    frames: sources,
    fetches: true,
    body: html`${framed.map(({ placed }) => html`<article class="gadget" data-module="${placed.id}">${frames.get(placed.id)}</article>`)}`,
  });
}

/** The value of a session cookie for somebody, with the cookie's name. */
export async function sessionCookie({ accounts, publicUrl }: Container, userName: string) {
  const user = await accounts.storage.users.find(userName);
  return {
    name: createCookieJar(publicUrl).name('session'),
    value: await startSession(accounts, user!),
  };
}

/** Puts pages behind a listener of this machine. */
export async function servePages(pages: () => Pages, port: number): Promise<{ close(): void }> {
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const method = incoming.method ?? 'GET';
    const body = method === 'GET' || method === 'HEAD' ? null : Buffer.concat(chunks);
    const headers = Object.entries(incoming.headers).map(
      ([name, value]) => [name, String(value)] as [string, string],
    );
    const request = new Request(`http://pages.invalid${incoming.url}`, { method, headers, body });
    const arrival = { clientAddress: '127.0.0.1', requestId: 'request-1' };
    const answer = asResponse(await pages().respond(request, arrival));
    response.writeHead(answer.status, [...answer.headers].flat());
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
