import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type GrantedInstallation,
  startGrantedInstallation,
} from '../../../test/support/granted-installation.ts';
import type { TokenPair } from '../../../test/support/oauth-consumer.ts';
import { Person } from '../../../test/support/person.ts';
import { readXml } from '../../web/index.ts';
import { ownSpecUrl, SPECS_PATH } from './own-gadgets.ts';

const NOBODY = { token: '', tokenSecret: '' };

describe('the addresses of own gadgets', () => {
  let world: GrantedInstallation;
  let token: TokenPair;
  before(async () => {
    world = await startGrantedInstallation();
    token = await world.grant(ownSpecUrl(world.installation.url, 'connections'));
  });
  after(() => world.installation.stop());

  const read = (path: string, init?: RequestInit) => fetch(world.installation.url + path, init);
  const signed = (path: string, by = token) => {
    const { authorization } = world.sign('GET', path, by);
    return read(path, { headers: { authorization } });
  };

  it('publish specs and bundles to anybody, by a feed that names them', async () => {
    const feed = await read('/rest/gadgets/1.0/g/feed');
    equal(feed.headers.get('content-type'), 'application/atom+xml; charset=utf-8');
    const entries = readXml(await feed.text()).children.filter(({ name }) => name === 'entry');
    equal(entries.length, 7);
    for (const entry of entries) {
      const link = entry.children.find(({ name }) => name === 'link')?.attributes.href ?? '';
      const spec = await fetch(link);
      equal(spec.headers.get('content-type'), 'application/xml; charset=utf-8');
      equal(readXml(await spec.text()).name, 'Module');
    }
    const bundle = await read(`${SPECS_PATH}/messages/clock.ja.xml`);
    match(await bundle.text(), /時計/);
    equal((await read(`${SPECS_PATH}/none.xml`)).status, 404);
    equal((await read(`${SPECS_PATH}/clock.xml`, { method: 'POST' })).status, 405);
  });

  it('give data to the user of a session and to nobody without one', async () => {
    const anonymous = await read('/rest/gadgets/1.0/connections');
    equal(anonymous.status, 401);
    match(anonymous.headers.get('www-authenticate') ?? '', /^OAuth realm=/);
    const page = await world.alice.open('/rest/gadgets/1.0/connections');
    equal(page.status, 200);
    deepEqual(JSON.parse(page.html), { connections: [] });
  });

  it('give data to a token that was approved for the gadget, to no other one, and to no two-legged request', async () => {
    const answer = await signed('/rest/gadgets/1.0/connections');
    equal(answer.status, 200);
    deepEqual(await answer.json(), { connections: [] });
    for (const gadget of [
      undefined,
      ownSpecUrl(world.installation.url, 'consumers'),
      'https://evil.example/',
    ]) {
      const refused = await signed('/rest/gadgets/1.0/connections', await world.grant(gadget));
      equal(refused.status, 401, gadget ?? 'no gadget');
      match(await refused.text(), /permission_denied.*approved/);
    }
    await world.installation.command(['consumer', 'edit', 'wiki', '--two-legged', '--execute-as', 'alice']);
    const twoLegged = await signed('/rest/gadgets/1.0/connections', NOBODY);
    equal(twoLegged.status, 401);
    match(await twoLegged.text(), /permission_denied/);
  });

  it('give what is for administrators to administrators only', async () => {
    const ofAlice = await world.grant(ownSpecUrl(world.installation.url, 'consumers'));
    equal((await signed('/rest/gadgets/1.0/consumers', ofAlice)).status, 403);
    equal((await world.alice.open('/rest/gadgets/1.0/consumers')).status, 403);
    const credentials = { username: 'ada', password: 'another horse of another colour' };
    const add = ['user', 'add', 'ada', '--admin', '--password-stdin'];
    await world.installation.command(add, credentials.password);
    const ada = new Person(world.installation.url);
    await ada.logIn(await ada.open('/oauth/login'), credentials);
    const { html } = await ada.open('/rest/gadgets/1.0/consumers');
    const { consumers } = JSON.parse(html) as { consumers: Record<string, unknown>[] };
    equal(consumers[0]?.key, 'wiki');
    equal(consumers[0]?.activeUsers, 1);
  });
});
