import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../../../test/support/administration-pages.ts';
import { readText } from '../../../../test/support/html-page.ts';
import { aConsumer, anEvent, aUser } from '../../../../test/support/records.ts';
import { nowSeconds } from '../../../base/index.ts';
import type { AuditEvent, AuditFilter } from '../../../model/index.ts';

const PATH = '/oauth/admin/audit';
const TOKEN = '5gHPY8GXoWFD7b3m';

describe('the objects of the audit log', () => {
  let world: AdministrationPagesWorld;
  beforeEach(async () => {
    world = await openAdministration();
    await world.context.storage.consumers.add(aConsumer(), anEvent());
  });

  const record = (event: Partial<AuditEvent>) =>
    world.context.storage.audit.append(anEvent({ at: nowSeconds(world.context.clock), ...event }));
  const page = async (query = '') => (await world.root.get(PATH + query)).text();
  /** The newest entry in words, without its time. */
  const newest = async () => /now (.+?) now /u.exec(readText(await page()))![1];
  const of = (user: string, consumer: string) => ({ user, consumer });

  it('are shown as far as a long search has looked, with the way on from there', async () => {
    const { audit } = world.context.storage;
    const asked: (number | undefined)[] = [];
    const unsearched = { olderThan: 4711, at: nowSeconds(world.context.clock) };
    Object.assign(audit, {
      async list({ olderThan }: AuditFilter) {
        asked.push(olderThan);
        return { rows: [], total: 0, unsearched };
      },
    });
    const html = await page('?actor=keeper&q=add&page=3');
    assert.match(
      readText(html),
      /found back to .+; older entries were not looked at yet\. Look further back/u,
    );
    assert.doesNotMatch(readText(html), /Nothing|No entry/u);
    assert.match(html, /href="\/oauth\/admin\/audit\?actor=keeper&amp;q=add&amp;before=4711"/u);
    await page('?before=4711');
    assert.deepEqual(asked, [undefined, 4711]);
  });

  it('are access by whose it is to which application, with the token last', async () => {
    const after = { consumer: 'wiki', expiresAt: 1_800_000_000 };
    await record({ actor: 'alice', action: 'token.issue', object: TOKEN, after });
    assert.match(
      (await newest())!,
      /^alice Token issued Wiki for Alice Arnold · 5gHPY8GXoWFD7b3m Expires: /u,
    );
    await record({ actor: 'root', action: 'token.revoke', object: TOKEN, before: of('alice', 'wiki') });
    assert.equal(await newest(), `root Access revoked Wiki for Alice Arnold · ${TOKEN}`);
    const html = await page();
    assert.match(html, /<a href="\/oauth\/admin\/consumers\/view\?key=wiki">Wiki<\/a>/u);
    assert.match(html, /<a href="\/oauth\/admin\/users\/edit\?name=alice">Alice Arnold<\/a>/u);
    assert.match(html, new RegExp(`href="/oauth/admin/audit\\?object=${TOKEN}"`, 'u'));
  });

  it('are everything of one consumer, or of one user, in words', async () => {
    const action = 'token.revoke';
    await record({ action, object: 'wiki', before: of('every user', 'wiki') });
    assert.equal(await newest(), 'admin Access revoked Wiki for every user');
    await record({ action, object: 'bob', before: of('bob', 'every consumer') });
    assert.equal(await newest(), 'admin Access revoked every consumer for Bob Berg');
    await record({ actor: 'bob', action, object: '*', before: null });
    assert.equal(await newest(), 'bob Access revoked every consumer for Bob Berg');
  });

  it('are told by what is known, where an application, a user or both are gone', async () => {
    const before = of('carol', 'gone');
    await record({ action: 'token.revoke', object: TOKEN, before });
    assert.equal(await newest(), `admin Access revoked gone for carol · ${TOKEN}`);
    await record({ actor: 'carol', action: 'token.revoke', object: TOKEN, before: null });
    assert.equal(await newest(), `carol Access revoked for carol · ${TOKEN}`);
    await record({ action: 'consumer.remove', object: 'gone', before: { name: 'Old board' } });
    assert.match((await newest())!, /^admin Consumer removed Old board gone Name: Old board/u);
    assert.doesNotMatch(await page(), /view\?key=gone|edit\?name=carol/u);
  });

  it('are a user once, where the full name is the user name', async () => {
    await world.context.storage.users.add(aUser({ name: 'dora', displayName: 'dora' }), anEvent());
    await record({ action: 'user.edit', object: 'dora' });
    assert.equal(await newest(), 'admin User edited dora');
    await record({ action: 'user.edit', object: 'bob' });
    assert.equal(await newest(), 'admin User edited Bob Berg bob');
    await record({ action: 'user.remove', object: 'gone' });
    assert.equal(await newest(), 'admin User removed gone');
  });

  it('are found by whose access it was, and to what; where nothing is, the page says so', async () => {
    await record({ action: 'token.revoke', object: TOKEN, before: of('alice', 'wiki') });
    assert.match(
      readText(await page('?q=WIKI&action=token.revoke')),
      /Access revoked Wiki for Alice Arnold/u,
    );
    assert.match(readText(await page('?action=consumer.remove')), /No entry matches this filter/u);
    assert.match(readText(await page('?q=zzz')), /Nothing matches/u);
  });

  it('are named of all rows in one look for consumers and one for users', async () => {
    for (let row = 0; row < 30; row += 1) {
      await record({
        action: 'token.revoke',
        object: `t${row}`,
        before: of(`user-${row % 3}`, `key-${row % 2}`),
      });
    }
    const { consumers, users } = world.context.storage;
    const asked: string[][] = [];
    for (const store of [consumers, users]) {
      const { namesOf } = store;
      store.namesOf = (names) => {
        asked.push([...names].sort());
        return namesOf(names);
      };
    }
    consumers.find = () => assert.fail('one consumer was looked up');
    await page('?action=token.revoke');
    assert.deepEqual(asked, [
      ['key-0', 'key-1'],
      ['user-0', 'user-1', 'user-2'],
    ]);
  });

  it('are escaped and on one line, whatever they hold', async () => {
    await record({ action: 'token.revoke', object: '<i>\u202e', before: of('<b>', '<script>x</script>') });
    await record({ action: 'data.import', object: '/var/<tag>' });
    const html = await page();
    assert.doesNotMatch(html, /<i>|<b>|<script>x|<tag>|\u202e/u);
  });
});
