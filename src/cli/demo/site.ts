/** One installation of the demo: its data, its people, its server, and its side of a link. */
import { join } from 'node:path';
import { CLI_ACTOR, createPasswordHasher, createUser } from '../../accounts/index.ts';
import { linkInstallation } from '../../administration/index.ts';
import { ownGadgets } from '../../dashboard/index.ts';
import { openInstallation, type RunningServer, startServer } from '../../server/index.ts';
import { readSettings, type Settings } from '../../settings/index.ts';
import { createOutbound, fetchConsumerInformation } from '../../web/index.ts';
import { arrangeGadgets } from './gadgets.ts';

/** Somebody with an account. */
export interface DemoUser {
  readonly name: string;
  readonly fullName: string;
  readonly isAdministrator: boolean;
  readonly password: string;
}

/** What an installation is made from. */
export interface SiteOptions {
  readonly name: string;
  readonly port: number;
  /** Port of the other installation: the one private address that this one may reach. */
  readonly otherPort: number;
  /** Folder of the demo; each installation has one of its own in it. */
  readonly directory: string;
  /** Address of the application behind, if there is one. */
  readonly upstream?: string;
  readonly users: readonly DemoUser[];
}

/** An installation that is open. */
export interface Site {
  readonly name: string;
  readonly url: string;
  readonly users: readonly DemoUser[];
  /** Enters another installation here, by what it publishes at its base URL; both directions. */
  link(baseUrl: string): Promise<void>;
  /** Takes the gadgets that another installation publishes, and puts them on the dashboard that everybody sees. */
  arrangeGadgets(baseUrl: string): Promise<void>;
  close(): Promise<void>;
}

/** Makes the users, then opens the server. */
export async function openSite(options: SiteOptions): Promise<Site> {
  const { name, users } = options;
  const settings = settingsOf(options);
  await addUsers(settings, users);
  const server: RunningServer = await startServer(settings);
  return {
    name,
    url: server.url,
    users,
    link: (baseUrl) => link(settings, baseUrl),
    arrangeGadgets: (baseUrl) => arrange(settings, server.url, baseUrl),
    close: () => server.close(1000),
  };
}

function settingsOf({ name, port, otherPort, directory, upstream }: SiteOptions): Settings {
  const flags = {
    data: join(directory, name.toLowerCase()),
    name,
    listen: `127.0.0.1:${port}`,
    allowHost: [`127.0.0.1:${otherPort}`],
    logLevel: 'warn',
    ...(upstream !== undefined && { upstream, publicPath: ['/status', '/activity'] }),
  };
  return readSettings({ flags, environment: {}, readFile: () => '' }).settings;
}

async function addUsers(settings: Settings, users: readonly DemoUser[]): Promise<void> {
  const open = await openInstallation(settings);
  try {
    const accounts = { ...open, passwords: createPasswordHasher(open.random) };
    for (const { name, fullName, ...user } of users) {
      await createUser(accounts, { ...user, username: name, displayName: fullName, email: '' }, CLI_ACTOR);
    }
  } finally {
    await open.storage.close();
  }
}

/** As `countersign link` does it, on the data of the running server. */
async function link(settings: Settings, baseUrl: string): Promise<void> {
  const open = await openInstallation(settings);
  try {
    const outbound = createOutbound({ allowHosts: [new URL(baseUrl).host] });
    const information = await fetchConsumerInformation(outbound, baseUrl);
    const context = { ...open, allowPlainHttpCallbacks: true };
    await linkInstallation(context, { baseUrl, information, direction: 'both' }, CLI_ACTOR);
  } finally {
    await open.storage.close();
  }
}

/** As an administrator does it in the directory, on the data of the running server. */
async function arrange(settings: Settings, publicUrl: string, baseUrl: string): Promise<void> {
  const open = await openInstallation(settings);
  try {
    const outbound = createOutbound({ allowHosts: [new URL(baseUrl).host] });
    await arrangeGadgets({ ...open, publicUrl, ownGadgets: ownGadgets(publicUrl) }, outbound, baseUrl);
  } finally {
    await open.storage.close();
  }
}
