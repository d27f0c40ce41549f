/**
 * What a server may remember of what it has read must not outlive a change: whoever makes it, the very next question
 * after its acknowledgement is answered as things are then, on this server and on every other one.
 */
import { deepEqual } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { FixedClock, Secret } from '../../src/base/index.ts';
import type { Storage } from '../../src/model/index.ts';
import { arrival } from '../support/arrival.ts';
import {
  aConnection,
  aDashboard,
  aGadget,
  aGadgetFeed,
  anApiKey,
  anEvent,
  anInstallation,
  anOutboundRule,
  aServiceProvider,
  aSession,
  NOW,
} from '../support/records.ts';
import { addOwners } from './opened-storage.ts';
import type { OpenTwo } from './races.contract.ts';

const SESSION = aSession();
const PHOTOS = aServiceProvider();
const CLOCK = aGadget('clock', { feedId: 'feed' });

/** Everything that is asked for all the time, as it stands after `arrange`. */
const FACTS = {
  session: async ({ sessions }: Storage) => (await sessions.find(SESSION.hash))?.lastSeenAt ?? null,
  user: async ({ users }: Storage) => {
    const user = await users.find('Alice');
    return user && [user.displayName, user.isDisabled, user.lastLoginAt];
  },
  key: async ({ apiKeys }: Storage) => (await apiKeys.find(anApiKey('k').hash))?.lastUsedAt ?? null,
  installation: async ({ installation }: Storage) => {
    const read = await installation.read();
    return read && [read.name, read.privateKey.reveal()];
  },
  provider: async ({ serviceProviders }: Storage) =>
    (await serviceProviders.find('Photos'))?.secret?.reveal() ?? null,
  places: async ({ serviceProviders }: Storage) =>
    (await serviceProviders.listPlaces()).map(({ name, baseUrl }) => [name, baseUrl]),
  connection: async ({ connections }: Storage) => {
    const found = await connections.find('c');
    return found && [found.state, found.token.reveal(), found.providerName, found.lastUsedAt];
  },
  connected: async ({ connections }: Storage) =>
    (await connections.findFor('alice', 'Photos', null))?.state ?? null,
  dashboard: async ({ dashboards }: Storage) => (await dashboards.find('d'))?.sharing ?? null,
  gadget: async ({ gadgets }: Storage) => (await gadgets.find(CLOCK.specUrl))?.xml ?? null,
  hidden: ({ gadgets }: Storage) => gadgets.listHidden(),
  rules: async ({ allowList }: Storage) => (await allowList.list()).map(({ pattern }) => pattern),
};

type Fact = keyof typeof FACTS;

async function arrange(storage: Storage): Promise<void> {
  await addOwners(storage);
  await storage.sessions.add(SESSION, 9);
  await storage.installation.create(anInstallation());
  await storage.serviceProviders.add(PHOTOS, anEvent());
  await storage.apiKeys.add(anApiKey('k', { lastUsedAt: NOW }), anEvent());
  await storage.connections.save(aConnection('c'), anEvent());
  await storage.dashboards.add(aDashboard('d'), anEvent());
  await storage.gadgetFeeds.add(aGadgetFeed('feed'), anEvent());
  await storage.gadgets.add(CLOCK, anEvent());
  await storage.gadgets.setHidden('links', true, anEvent());
  await storage.allowList.add(anOutboundRule('https://news.example'), anEvent());
}

const CHANGES: readonly (readonly [
  what: string,
  change: (storage: Storage) => Promise<unknown>,
  after: Partial<Record<Fact, unknown>>,
])[] = [
  ['a session that ends', ({ sessions }) => sessions.remove(SESSION.hash), { session: null }],
  ['the use of a session', ({ sessions }) => sessions.touch(SESSION.hash, NOW + 60), { session: NOW + 60 }],
  ['logging out everywhere', ({ sessions }) => sessions.removeOfUser('ALICE'), { session: null }],
  [
    'disabling a user',
    ({ users }) => users.update('Alice', { isDisabled: true }, anEvent()),
    { session: null, user: ['Alice Liddell', true, null] },
  ],
  [
    'removing a user',
    ({ users }) => users.remove('Alice', anEvent()),
    { session: null, user: null, key: null, connection: null, connected: null, dashboard: null },
  ],
  [
    'a login',
    ({ users }) => users.noteLogin('Alice', NOW, anEvent()),
    { user: ['Alice Liddell', false, NOW] },
  ],
  ['taking an API key back', ({ apiKeys }) => apiKeys.remove('k', 'Alice', anEvent()), { key: null }],
  ['the use of an API key', ({ apiKeys }) => apiKeys.noteUse('k', NOW + 60), { key: NOW + 60 }],
  [
    'a new name of the installation',
    ({ installation }) => installation.update({ name: 'Wiki' }, anEvent()),
    { installation: ['Wiki', 'the private key'] },
  ],
  [
    'a new key of the installation',
    ({ installation }) => {
      const renewed = anInstallation({ publicKeySpki: 'bmV3', privateKey: new Secret('the new key') });
      return installation.replaceKeys(anInstallation(), renewed, anEvent());
    },
    { installation: ['Tracker', 'the new key'] },
  ],
  [
    'editing a service provider',
    ({ serviceProviders }) => {
      const edited = { baseUrl: 'https://new.example', secret: new Secret('new'), updatedAt: NOW + 1 };
      return serviceProviders.update('Photos', { ...PHOTOS, ...edited }, NOW, anEvent());
    },
    { provider: 'new', places: [['Photos', 'https://new.example']] },
  ],
  [
    'renaming a service provider',
    ({ serviceProviders }) =>
      serviceProviders.update('Photos', { ...PHOTOS, name: 'Pictures' }, NOW, anEvent()),
    {
      provider: null,
      places: [['Pictures', null]],
      connection: ['active', 'token of c', 'Pictures', null],
      connected: null,
    },
  ],
  [
    'removing a service provider',
    ({ serviceProviders }) => serviceProviders.remove('Photos', anEvent()),
    { provider: null, places: [], connection: null, connected: null },
  ],
  [
    'adding a service provider',
    ({ serviceProviders }) => serviceProviders.add(aServiceProvider({ name: 'Blog' }), anEvent()),
    {
      places: [
        ['Blog', null],
        ['Photos', null],
      ],
    },
  ],
  [
    'a connection that dies',
    ({ connections }) => connections.markDead('c', 1, 'token_revoked', anEvent()),
    { connection: ['dead', 'token of c', 'Photos', null], connected: 'dead' },
  ],
  [
    'a connection that is renewed',
    ({ connections }) =>
      connections.renew(aConnection('c', { token: new Secret('next'), version: 2 }), 1, anEvent()),
    { connection: ['active', 'next', 'Photos', null] },
  ],
  [
    'the use of a connection',
    ({ connections }) => connections.noteUse('c', NOW),
    { connection: ['active', 'token of c', 'Photos', NOW] },
  ],
  [
    'disconnecting',
    ({ connections }) => connections.remove('c', 'Alice', anEvent()),
    { connection: null, connected: null },
  ],
  [
    'sharing a dashboard',
    ({ dashboards }) =>
      dashboards.update(aDashboard('d', { sharing: 'everyone', updatedAt: NOW + 1 }), NOW, anEvent()),
    { dashboard: 'everyone' },
  ],
  ['removing a dashboard', ({ dashboards }) => dashboards.remove('d', anEvent()), { dashboard: null }],
  [
    'taking a newer spec',
    ({ gadgets }) => gadgets.update({ ...CLOCK, xml: '<Module />', updatedAt: NOW + 1 }, NOW, anEvent()),
    { gadget: '<Module />' },
  ],
  ['removing a gadget', ({ gadgets }) => gadgets.remove(CLOCK.id, anEvent()), { gadget: null }],
  [
    'removing the feed of a gadget',
    ({ gadgetFeeds }) => gadgetFeeds.remove('feed', anEvent()),
    { gadget: null },
  ],
  [
    'hiding a gadget',
    ({ gadgets }) => gadgets.setHidden('clock', true, anEvent()),
    { hidden: ['clock', 'links'] },
  ],
  ['showing a gadget again', ({ gadgets }) => gadgets.setHidden('links', false, anEvent()), { hidden: [] }],
  [
    'allowing gadgets a place',
    ({ allowList }) => allowList.add(anOutboundRule('https://blog.example'), anEvent()),
    { rules: ['https://blog.example', 'https://news.example'] },
  ],
  [
    'forbidding gadgets a place',
    ({ allowList }) => allowList.remove('https://news.example', anEvent()),
    { rules: [] },
  ],
];

export function describeRemembered(name: string, open: OpenTwo): void {
  describe(`what servers on one database of ${name} have read before`, () => {
    let one: Storage;
    let two: Storage;
    beforeEach(async () => {
      [one, two] = await open(new FixedClock(NOW));
      await arrange(one);
    });
    afterEach(() => Promise.all([one.close(), two.close()]));

    const readAll = async (storage: Storage) =>
      Object.fromEntries(
        await Promise.all(Object.entries(FACTS).map(async ([fact, read]) => [fact, await read(storage)])),
      );

    for (const [what, change, after] of CHANGES) {
      it(`is as it is now after ${what}, on the server that did it and on the other`, async () => {
        const before = await readAll(one);
        for (const storage of [one, two, two]) deepEqual(await readAll(storage), before);
        await change(one);
        deepEqual(await readAll(one), { ...before, ...after });
        // A request that begins after the acknowledgement comes in a later turn of the other server's event loop.
        await arrival();
        deepEqual(await readAll(two), { ...before, ...after });
      });
    }
  });
}
