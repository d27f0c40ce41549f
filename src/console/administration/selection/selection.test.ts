import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { addAccessToken } from '../../../../test/contract/opened-storage.ts';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../../../test/support/administration-pages.ts';
import { readForms, readText } from '../../../../test/support/html-page.ts';
import { aConsumer, anEvent, aUser } from '../../../../test/support/records.ts';
import { StorageUnavailable } from '../../../model/index.ts';

const CONSUMERS = '/oauth/admin/consumers';
const USERS = '/oauth/admin/users';
const TOKENS = '/oauth/admin/tokens';

/** Who has access to whose data. */
const ACCESSES = [
  ['wiki', 'carol'],
  ['wiki', 'dave'],
  ['forum', 'carol'],
] as const;

type Fields = Readonly<Record<string, string | readonly string[]>>;

describe('what is done to several objects', () => {
  let world: AdministrationPagesWorld;
  const post = (path: string, fields: Fields) => world.root.post(`${path}/selected`, fields);
  const meant = (path: string, fields: Fields) => post(path, { confirmed: 'yes', ...fields });
  const words = async (answer: Response) => readText(await answer.text());
  const actions = async () => {
    const { rows } = await world.context.storage.audit.list({}, { search: '', offset: 0, limit: 99 });
    return rows.map(({ action, object }) => `${action} ${object}`);
  };
  const keys = async () => {
    const query = { search: '', sort: 'key', descending: false, offset: 0, limit: 9 } as const;
    return (await world.context.storage.consumers.list(query)).rows.map(({ consumer }) => consumer.key);
  };
  beforeEach(async () => {
    world = await openAdministration();
    const { storage } = world.context;
    for (const key of ['forum', 'script', 'wiki']) {
      await storage.consumers.add(aConsumer({ key, name: key.toUpperCase(), owner: null }), anEvent());
    }
    for (const name of ['carol', 'dave']) await storage.users.add(aUser({ name }), anEvent());
    for (const [consumerKey, userName] of ACCESSES) {
      await addAccessToken(storage, `${consumerKey}-${userName}`, { consumerKey, userName });
    }
  });

  it('is chosen in a form that needs no script, with a name for each box', async () => {
    const html = await (await world.root.get(`${CONSUMERS}?q=&sort=key`)).text();
    assert.match(
      html,
      /type="checkbox" name="selected" value="wiki" form="selection" aria-label="Select WIKI"/u,
    );
    const form = readForms(html).find(({ action }) => action.includes('/selected'))!;
    assert.deepEqual(
      form.buttons.map(({ name, value }) => [name, value]),
      [
        ['action', 'revokeOfConsumers'],
        ['action', 'removeConsumers'],
      ],
    );
    const nothing = await world.root.post(form.action.replaceAll('&amp;', '&'), {
      action: 'removeConsumers',
    });
    assert.match(nothing.headers.get('location')!, /consumers\?q=&sort=key$/u);
    assert.doesNotMatch(await (await world.root.get(USERS)).text(), /name="selected" value="root"/u);
  });

  it('is asked first, with each by its name and how many accesses end in all', async () => {
    const question = await post(CONSUMERS, {
      action: 'removeConsumers',
      selected: ['wiki', 'forum', 'script'],
    });
    const text = await words(question);
    assert.match(text, /Remove 3 consumers\?[\s\S]*3 accesses end at once/u);
    assert.match(text, /WIKI 2 accesses end FORUM one access ends SCRIPT/u);
    assert.deepEqual(await keys(), ['forum', 'script', 'wiki']);
  });

  it('needs the number typed where accesses end, and is then done to each with an entry of its own', async () => {
    const chosen = { action: 'removeConsumers', selected: ['wiki', 'forum'] };
    for (const confirmation of ['', '3', 'two']) {
      const refused = await meant(CONSUMERS, { ...chosen, confirmation });
      assert.equal(refused.status, 422);
      assert.match(await words(refused), /not how many there are/u);
    }
    assert.equal((await keys()).length, 3);
    assert.equal((await meant(CONSUMERS, { ...chosen, confirmation: '2' })).status, 303);
    assert.deepEqual(await keys(), ['script']);
    assert.match(
      await words(await world.root.get(CONSUMERS)),
      /2 consumers were removed\. \(3 accesses end\)/u,
    );
    assert.deepEqual((await actions()).slice(0, 2), ['consumer.remove forum', 'consumer.remove wiki']);
  });

  it('revokes tokens: of consumers, of users, or the chosen ones', async () => {
    const { storage } = world.context;
    await meant(CONSUMERS, { action: 'revokeOfConsumers', selected: ['wiki', 'script'], confirmation: '2' });
    assert.equal(await storage.consumers.countActiveUsers('wiki', 0), 0);
    assert.equal(await storage.consumers.countActiveUsers('forum', 0), 1);
    const html = await (await world.root.get(TOKENS)).text();
    const [, id] = /name="selected" value="([^"]+)"/u.exec(html)!;
    assert.equal((await meant(TOKENS, { action: 'revokeTokens', selected: [id!] })).status, 303);
    assert.equal(await storage.consumers.countActiveUsers('forum', 0), 0);
    assert.equal((await actions())[0], `token.revoke ${id}`);
  });

  it('says to which it was not done and why, and does the rest', async () => {
    await world.context.storage.users.add(aUser({ name: 'erin', isAdministrator: true }), anEvent());
    const selected = ['root', 'carol', 'nobody', 'dave'];
    const answer = await meant(USERS, { action: 'disableUsers', selected });
    assert.equal(answer.status, 422);
    assert.match(
      await words(answer),
      /done to 2 of them[\s\S]*root : That is you[\s\S]*nobody : It is not here any more/u,
    );
    const { users } = world.context.storage;
    const disabled = async (name: string) => (await users.find(name))?.isDisabled;
    assert.deepEqual(
      [await disabled('carol'), await disabled('dave'), await disabled('root')],
      [true, true, false],
    );
    await meant(USERS, { action: 'enableUsers', selected: ['carol'] });
    assert.equal(await disabled('carol'), false);
  });

  it('stops when storage does, and calls nothing done that was not confirmed', async () => {
    const { storage } = world.context;
    const { remove } = storage.consumers;
    storage.consumers.remove = (key, event) =>
      key === 'script' ? Promise.reject(new StorageUnavailable('disk full')) : remove(key, event);
    const selected = ['forum', 'script', 'wiki'];
    const answer = await meant(CONSUMERS, { action: 'removeConsumers', selected, confirmation: '3' });
    assert.equal(answer.status, 503);
    assert.match(
      await words(answer),
      /done to one of them[\s\S]*SCRIPT : Storage did not confirm it[\s\S]*WIKI : It was not tried/u,
    );
    assert.deepEqual(await keys(), ['script', 'wiki']);
  });
});
