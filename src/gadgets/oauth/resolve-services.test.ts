import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationWorld,
  createAdministrationWorld,
} from '../../../test/support/administration-world.ts';
import { becomeInstallation } from '../../../test/support/own-identity.ts';
import {
  addServiceProvider,
  editServiceProvider,
  type ServiceProviderInput,
} from '../../administration/index.ts';
import { Secret } from '../../base/index.ts';
import {
  carryOutPlans,
  type OAuthService,
  resolveServices,
  type ServicePlan,
  servicePlanWords,
} from './index.ts';

let world: AdministrationWorld;
beforeEach(async () => {
  world = await createAdministrationWorld();
  await becomeInstallation(world.context, 'Wiki');
});

const TRACKER = 'https://tracker.example/jira';
const EVIL = 'https://evil.example';

const addressesAt = (base: string) => ({
  requestTokenUrl: `${base}/request`,
  authorizeUrl: `${base}/authorize`,
  accessTokenUrl: `${base}/access`,
});

function serviceAt(base: string, name = 'tracker', changes: Partial<OAuthService> = {}): OAuthService {
  const endpoint = (url: string) => ({ url, method: 'POST', paramLocation: 'auth-header' as const });
  const request = endpoint(`${base}/request`);
  return {
    name,
    request,
    access: endpoint(`${base}/access`),
    authorizationUrl: `${base}/authorize`,
    ...changes,
  };
}

const bare = (name = 'tracker'): OAuthService => ({
  name,
  request: null,
  access: null,
  authorizationUrl: null,
});

const add = (input: ServiceProviderInput) =>
  addServiceProvider(
    world.context,
    { consumerKey: 'us', secret: new Secret('their secret'), ...input },
    'alice',
  );

async function plan(...services: OAuthService[]): Promise<readonly ServicePlan[]> {
  const query = { search: '', sort: 'name', descending: false, offset: 0, limit: 500 } as const;
  return resolveServices(services, (await world.context.storage.serviceProviders.list(query)).rows);
}

const brief = (plans: readonly ServicePlan[]) =>
  plans.map((one) => (one.kind === 'refused' ? [one.kind, one.code] : [one.kind, one.provider]));

describe('a service of a spec', () => {
  it('is the provider of its name, if the spec says nothing else or has its addresses', async () => {
    await add({ name: 'tracker', ...addressesAt(TRACKER) });
    assert.deepEqual(brief(await plan(bare())), [['known', 'tracker']]);
    assert.deepEqual(brief(await plan(serviceAt('https://tracker.example/other'))), [['known', 'tracker']]);
  });

  it('is the linked installation that has its addresses, whatever the spec calls it', async () => {
    await add({
      name: 'A wiki there',
      ownKey: true,
      secret: null,
      baseUrl: 'https://tracker.example/wiki',
      ...addressesAt('https://tracker.example/wiki'),
    });
    await add({
      name: 'Tracker',
      ownKey: true,
      secret: null,
      baseUrl: TRACKER,
      ...addressesAt(`${TRACKER}/plugins`),
    });
    assert.deepEqual(brief(await plan(serviceAt(TRACKER))), [['known', 'Tracker']]);
    assert.deepEqual(brief(await plan(serviceAt(`${TRACKER}/plugins`))), [['known', 'Tracker']]);
    assert.deepEqual(brief(await plan(serviceAt('https://tracker.example'))), [['known', 'A wiki there']]);
  });

  it('gives its addresses to the provider of its name that has none', async () => {
    await add({ name: 'tracker' });
    const plans = await plan(serviceAt(TRACKER));
    assert.deepEqual(brief(plans), [['completed', 'tracker']]);
    await carryOutPlans(world.context, plans, 'alice');
    const { storage } = world.context;
    const record = (await storage.serviceProviders.find('tracker'))!;
    assert.deepEqual(
      [record.requestTokenUrl, record.authorizeUrl, record.accessTokenUrl, record.secret?.reveal()],
      [...Object.values(addressesAt(TRACKER)), 'their secret'],
    );
    assert.deepEqual(brief(await plan(serviceAt(TRACKER))), [['known', 'tracker']]);
  });

  it('is the provider of its name that waits for addresses, though another is on the same host', async () => {
    await add({ name: 'Tracker', ownKey: true, secret: null, baseUrl: TRACKER, ...addressesAt(TRACKER) });
    await add({ name: 'tracker' });
    const plans = await plan(serviceAt(TRACKER));
    assert.deepEqual(brief(plans), [['completed', 'tracker']]);
    await carryOutPlans(world.context, plans, 'alice');
    assert.deepEqual(brief(await plan(serviceAt(TRACKER))), [['known', 'tracker']]);
  });

  it('becomes a new provider that is signed for with our own key', async () => {
    const service = serviceAt(TRACKER, 'tracker', {
      request: { url: `${TRACKER}/request`, method: 'GET', paramLocation: 'uri-query' },
    });
    await carryOutPlans(world.context, await plan(service), 'alice');
    const { storage } = world.context;
    const record = (await storage.serviceProviders.find('tracker'))!;
    const us = (await storage.installation.read())!;
    assert.deepEqual(
      [record.secret, record.consumerKey, record.carrier, record.tokenMethod, record.confirmsCallback],
      [null, us.consumerKey, 'query', 'GET', true],
    );
    assert.match((await world.lastEvent())!.action, /service-provider\.add/);
  });

  it('without a name is called after its host', async () => {
    assert.deepEqual(brief(await plan(serviceAt(TRACKER, ''))), [['created', 'tracker.example']]);
  });

  it('does not send somebody else’s credential to its own addresses', async () => {
    await add({ name: 'bank', ...addressesAt('https://bank.example') });
    await add({ name: 'by hand', baseUrl: 'https://hand.example' });
    for (const name of ['bank', 'by hand']) {
      const plans = await plan(serviceAt(EVIL, name));
      assert.deepEqual(brief(plans), [['refused', 'other-addresses']]);
      await carryOutPlans(world.context, plans, 'alice');
      assert.ok(!JSON.stringify(await world.context.storage.serviceProviders.find(name)).includes('evil'));
    }
    for (const authorizationUrl of [`${EVIL}/authorize`, 'https://bank.example@evil.example/authorize']) {
      const mixed = serviceAt('https://bank.example', 'bank', { authorizationUrl });
      assert.equal((await plan(mixed))[0]!.kind, 'refused', authorizationUrl);
    }
  });

  it('never says where a secret goes that travels as it is', async () => {
    await add({ name: 'plain', signatureMethod: 'PLAINTEXT' });
    assert.deepEqual(brief(await plan(serviceAt(EVIL, 'plain'))), [['refused', 'plaintext']]);
  });

  it('gets no tokens over plain http, except from this machine', async () => {
    assert.deepEqual(brief(await plan(serviceAt('http://tracker.example'))), [['refused', 'insecure']]);
    assert.deepEqual(brief(await plan(serviceAt('http://127.0.0.1:8080'))), [['created', 'tracker']]);
    await add({ name: 'tracker', ...addressesAt('http://tracker.example') });
    assert.deepEqual(brief(await plan(serviceAt('http://tracker.example'))), [['known', 'tracker']]);
  });

  it('needs all three addresses, or a provider that has them', async () => {
    const halves = [bare(), serviceAt(TRACKER, 'tracker', { access: null }), serviceAt('javascript:x')];
    for (const half of halves) assert.deepEqual(brief(await plan(half)), [['refused', 'incomplete']]);
    await add({ name: 'tracker' });
    assert.deepEqual(brief(await plan(bare())), [['refused', 'incomplete']]);
  });

  it('leaves addresses alone that somebody has entered since the plan was shown', async () => {
    await add({ name: 'tracker' });
    const plans = await plan(serviceAt(EVIL));
    await editServiceProvider(world.context, 'tracker', addressesAt(TRACKER), null, 'bob');
    await carryOutPlans(world.context, plans, 'alice');
    const record = await world.context.storage.serviceProviders.find('tracker');
    assert.equal(record?.accessTokenUrl, `${TRACKER}/access`);
  });
});

describe('a plan in words', () => {
  it('says what happens and where to, in English and Japanese', async () => {
    await add({ name: 'known', ...addressesAt(TRACKER) });
    await add({ name: 'completed' });
    await add({ name: 'plain', signatureMethod: 'PLAINTEXT' });
    const plans = await plan(
      serviceAt(TRACKER, 'known'),
      serviceAt('https://two.example', 'completed'),
      serviceAt('https://three.example', 'created'),
      serviceAt(EVIL, 'known'),
      serviceAt(EVIL, 'plain'),
      serviceAt('http://four.example', 'insecure'),
      bare('nothing'),
    );
    assert.equal(new Set(plans.map((one) => (one.kind === 'refused' ? one.code : one.kind))).size, 7);
    for (const one of plans) {
      const english = servicePlanWords('en', one);
      const japanese = servicePlanWords('ja', one);
      assert.match(japanese, /[ぁ-ん]/);
      for (const words of [english, japanese]) {
        assert.doesNotMatch(words, /\{|\}|undefined/);
        if (one.kind !== 'known' && one.service !== 'nothing')
          assert.match(words, /(?:two|three|four|evil)\.example|「plain」|“plain”/);
      }
    }
    assert.match(servicePlanWords('en', plans[1]!), /two\.example.*shared secret/);
  });
});
