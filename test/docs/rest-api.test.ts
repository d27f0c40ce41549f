import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { administrationPages } from '../../src/console/index.ts';
import { dashboardPages } from '../../src/dashboard/index.ts';
import { AUDIT_ACTIONS, type AuditAction } from '../../src/model/index.ts';
import { writeConsumerInformation } from '../../src/web/index.ts';
import { addAccessToken } from '../contract/opened-storage.ts';
import { KEY_PAIR } from '../support/administration-world.ts';
import { type ApiWorld, createApiWorld } from '../support/api-world.ts';
import { anEvent, aSecondFactor } from '../support/records.ts';

/** Every form and download of the console, below `/oauth/admin`, with the operations that do the same. */
const OPERATIONS_OF: Readonly<Record<string, readonly string[]>> = {
  '/consumers/add': ['previewInstallation'],
  '/consumers/add-by-hand': ['registerConsumer'],
  '/consumers/consumers.csv': ['exportConsumers'],
  '/consumers/edit': ['changeConsumer'],
  '/consumers/fetch-key': ['fetchConsumerKey'],
  '/consumers/remove': ['removeConsumer'],
  '/consumers/restore': ['restoreConsumer'],
  '/consumers/rotate': ['rotateConsumer'],
  '/consumers/selected': ['revokeTokens', 'removeConsumer'],
  '/consumer-info/edit': ['changeInstallation'],
  '/consumer-info/rotate': ['rotateInstallationKey'],
  '/service-providers/add': ['addServiceProvider'],
  '/service-providers/edit': ['changeServiceProvider'],
  '/service-providers/remove': ['removeServiceProvider'],
  '/service-providers/restore': ['restoreServiceProvider'],
  '/service-providers/service-providers.csv': ['exportServiceProviders'],
  '/service-providers/test': ['testServiceProvider'],
  '/links/add': ['previewInstallation'],
  '/links/confirm': ['linkInstallation'],
  '/links/remove': ['unlinkInstallation'],
  '/tokens/revoke': ['revokeToken', 'revokeTokens'],
  '/tokens/selected': ['revokeToken'],
  '/tokens/tokens.csv': ['exportTokens'],
  '/users/add': ['addUser'],
  '/users/disable': ['changeUser'],
  '/users/edit': ['changeUser'],
  '/users/enable': ['changeUser'],
  '/users/password': ['setPassword'],
  '/users/remove': ['removeUser'],
  '/users/second-factor': ['resetSecondFactor'],
  '/users/selected': ['changeUser', 'revokeTokens', 'removeUser'],
  '/users/users.csv': ['exportUsers'],
  '/audit/audit.csv': ['exportAuditEntries'],
  '/diagnosis/paste': ['explainRequest'],
  '/usage/usage.csv': ['exportUsage'],
  '/gadgets/visibility': ['changeOwnGadget'],
  '/gadgets/add': ['previewGadget'],
  '/gadgets/add/confirm': ['addGadget'],
  '/gadgets/update': ['previewNewerGadget', 'updateGadget'],
  '/gadgets/remove': ['removeGadget'],
  '/gadgets/feeds/add': ['previewGadgetFeed'],
  '/gadgets/feeds/add/confirm': ['addGadgetFeed'],
  '/gadgets/feeds/refresh': ['refreshGadgetFeed'],
  '/gadgets/feeds/remove': ['removeGadgetFeed'],
  '/gadgets/hosts': ['listOutboundRules', 'judgeOutboundAddress', 'addOutboundRule'],
  '/gadgets/hosts/remove': ['removeOutboundRule'],
};

/** Every other page of the administration, with the operations that tell the same; none for a page that only leads on. */
const OPERATIONS_OF_PAGES: Readonly<Record<string, readonly string[]>> = {
  '': [],
  '/consumers': ['listConsumers'],
  '/consumers/clone': ['readConsumer'],
  '/consumers/view': ['readConsumer', 'listTokens', 'readLink', 'listAuditEntries'],
  '/consumers/quickstart': ['readQuickstart'],
  '/consumers/history': ['readConsumerHistory'],
  '/consumer-info': ['readInstallation'],
  '/service-providers': ['listServiceProviders'],
  '/service-providers/clone': ['readServiceProvider', 'listServiceProviderPresets'],
  '/service-providers/view': ['readServiceProvider', 'readServiceProviderUse', 'readLink'],
  '/service-providers/history': ['readServiceProviderHistory'],
  '/links': [],
  '/tokens': ['listTokens'],
  '/users': ['listUsers', 'readUser', 'readSecondFactor'],
  '/ending': ['listEndings'],
  '/audit': ['listAuditEntries'],
  '/diagnosis': ['listRefusals'],
  '/diagnosis/show': ['explainRefusal'],
  '/diagnosis/server': ['describeThisRequest'],
  '/usage': ['readUsage'],
  '/gadgets': ['listGadgets', 'readGadget'],
  '/gadgets/feeds': ['listGadgetFeeds', 'readGadgetFeed'],
};

/** What is noted of people and of programs on their own behalf, and of the data's files: no administration by the console. */
const NOT_ADMINISTRATION: readonly AuditAction[] = [
  'user.login',
  'second-factor.add',
  'second-factor.renew',
  'second-factor.recover',
  'token.approve',
  'token.deny',
  'token.issue',
  'token.renew',
  'connection.add',
  'connection.renew',
  'connection.die',
  'connection.remove',
  'api-key.add',
  'api-key.remove',
  'dashboard.add',
  'dashboard.remove',
  'data.export',
  'data.import',
  'data.restore',
  'data.rotate-key',
];

describe('the REST API does what the console does', () => {
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld();
  });
  after(() => world.close());

  const prefix = '/oauth/admin';
  const routes = () =>
    [administrationPages({} as never), dashboardPages({ gadgets: {} } as never)]
      .flatMap((set) => set.routes)
      .filter(({ path }) => path === prefix || path.startsWith(`${prefix}/`))
      .map(({ method, path }) => ({ method, path: path.slice(prefix.length) }));
  const described = () =>
    new Set(
      Object.values(world.description.paths).flatMap((operations) =>
        Object.values(operations).map(({ operationId }) => operationId),
      ),
    );

  it('has an operation for every form and download of the administration', () => {
    const deeds = routes().filter(({ method, path }) => method === 'POST' || path.endsWith('.csv'));
    const paths = [...new Set(deeds.map(({ path }) => path))];
    assert.deepEqual(paths.toSorted(), Object.keys(OPERATIONS_OF).toSorted());
    const known = described();
    for (const id of Object.values(OPERATIONS_OF).flat()) assert.ok(known.has(id), id);
  });

  it('has an operation for every page that only shows something', () => {
    const pages = routes().filter(({ path }) => !Object.hasOwn(OPERATIONS_OF, path));
    assert.deepEqual(pages.map(({ path }) => path).toSorted(), Object.keys(OPERATIONS_OF_PAGES).toSorted());
    const known = described();
    for (const id of Object.values(OPERATIONS_OF_PAGES).flat()) assert.ok(known.has(id), id);
  });

  it('causes every entry of the audit log that administrators cause in the console', async () => {
    await administer(world);
    const { body } = await world.call('GET', '/audit?actor=root&limit=200');
    const caused = new Set(body.items.map(({ action }: { action: AuditAction }) => action));
    const missing = AUDIT_ACTIONS.filter(
      (action) => !NOT_ADMINISTRATION.includes(action) && !caused.has(action),
    );
    assert.deepEqual(missing, []);
  });
});

/** One of everything. */
async function administer(world: ApiWorld): Promise<void> {
  const write = async (method: string, path: string, body?: unknown) => {
    const answer = await world.call(method, path, body === undefined ? {} : { body });
    assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const publicKey = KEY_PAIR.publicKey.replaceAll(/-----.*-----|\n/g, '');
  const information = { key: 'wiki:1', name: 'Wiki', description: '', publicKey, callback: null };
  world.published.xml = writeConsumerInformation(information);
  await write('POST', '/links', { baseUrl: 'https://wiki.example' });
  await write('POST', '/consumers', { key: 'ci', name: 'CI', credential: { generateSecret: true } });
  await write('PATCH', '/consumers/ci', { name: 'CI 2' });
  await write('POST', '/consumers/ci/rotate', { credential: { generateSecret: true } });
  await addAccessToken(world.storage, 't', { consumerKey: 'ci', userName: 'alice' });
  await write('POST', '/tokens/revoke', { consumer: 'ci' });
  await write('DELETE', '/consumers/ci');
  await write('POST', '/service-providers/Wiki/test');
  await write('PATCH', '/service-providers/Wiki', { description: 'Ours' });
  await write('DELETE', '/service-providers/Wiki');
  await write('PATCH', '/installation', { description: 'Issues' });
  await write('POST', '/installation/rotate-key', {});
  await administerUsers(world, write);
  await administerGadgets(world, write);
}

type Write = (method: string, path: string, body?: unknown) => Promise<{ readonly digest: string }>;

async function administerUsers(world: ApiWorld, write: Write): Promise<void> {
  await world.storage.secondFactors.add(aSecondFactor({ userName: 'bob' }), anEvent());
  await write('DELETE', '/users/bob/second-factor');
  await write('POST', '/users', { name: 'dora', password: 'a long enough one' });
  await write('PATCH', '/users/dora', { displayName: 'Dora D.' });
  await write('POST', '/users/dora/password', { password: 'another long one' });
  await write('PATCH', '/users/dora', { isDisabled: true });
  await write('PATCH', '/users/dora', { isDisabled: false });
  await write('DELETE', '/users/dora');
}

async function administerGadgets(world: ApiWorld, write: Write): Promise<void> {
  const specUrl = 'https://gadgets.example.org/news.xml';
  const publish = (title: string) =>
    world.published.at.set(
      specUrl,
      `<Module><ModulePrefs title="${title}"/><Content type="html">x</Content></Module>`,
    );
  publish('News');
  const { digest } = await write('POST', '/gadgets/preview', { specUrl });
  await write('POST', '/gadgets', { specUrl, digest });
  const path = `/gadgets/${(await world.storage.gadgets.find(specUrl))?.id}`;
  await write('POST', '/dashboards/default/gadgets', { specUrl });
  publish('News 2');
  const newer = await world.call('POST', `${path}/preview`);
  await write('POST', `${path}/update`, { digest: newer.body.spec.digest });
  await write('DELETE', path);
  await write('PATCH', '/own-gadgets/links', { isHidden: true });
  await write('PATCH', '/own-gadgets/links', { isHidden: false });
  world.published.at.set('https://t.example/rest/gadgets/1.0/g/feed', '<feed><title>T</title></feed>');
  const baseUrl = 'https://t.example';
  const looked = await write('POST', '/gadget-feeds/preview', { baseUrl });
  await write('POST', '/gadget-feeds', { baseUrl, digest: looked.digest });
  const [feed] = await world.storage.gadgetFeeds.list();
  await write('POST', `/gadget-feeds/${feed?.id}/refresh`);
  await write('DELETE', `/gadget-feeds/${feed?.id}`);
  await write('POST', '/allow-list', { pattern: 'https://*.example.org' });
  await write('DELETE', `/allow-list?${new URLSearchParams({ pattern: 'https://*.example.org' })}`);
}
