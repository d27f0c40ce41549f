import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../../../test/support/administration-pages.ts';
import { KEY_PAIR } from '../../../../test/support/administration-world.ts';
import { readForms, readText } from '../../../../test/support/html-page.ts';
import {
  addServiceProvider,
  editConsumer,
  editServiceProvider,
  findConsumer,
  registerConsumer,
} from '../../../administration/index.ts';
import { Secret } from '../../../base/index.ts';

const LIST = '/oauth/admin/consumers';
const PROVIDERS = '/oauth/admin/service-providers';

describe('the history of a consumer', () => {
  let world: AdministrationPagesWorld;
  const page = async (path: string) => (await world.root.get(path)).text();
  const restoreLinks = (html: string) =>
    [...html.matchAll(/href="([^"]*restore[^"]*)"/gu)].map(([, href]) => href!.replaceAll('&amp;', '&'));
  beforeEach(async () => {
    world = await openAdministration();
    const credential = { kind: 'public-key', text: KEY_PAIR.publicKey } as const;
    await registerConsumer(world.context, { key: 'wiki', name: 'Wiki', credential }, 'root');
  });

  it('takes a reason from the form, and tells it beside the change', async () => {
    const html = await page(`${LIST}/edit?key=wiki`);
    const form = readForms(html).find(({ action }) => action.includes('/edit'))!;
    const fields = Object.fromEntries(form.fields);
    await world.root.post(`${LIST}/edit?key=wiki`, { ...fields, name: 'Team wiki', reason: 'for the team' });
    const text = readText(await page(`${LIST}/history?key=wiki`));
    assert.match(text, /Consumer edited for the team[\s\S]*Wiki → Team wiki/u);
    assert.match(text, /in force/u);
    assert.match(readText(await page('/oauth/admin/audit')), /for the team/u);
  });

  it('does not name the consumer again in each of its changes, as the audit log of all objects does', async () => {
    const objects = (html: string) => html.match(/<code class="is-short" title="wiki">/gu)?.length ?? 0;
    const recent = (await page(`${LIST}/view?key=wiki`)).split('Recent changes')[1]!;
    assert.match(recent, /Consumer added/u);
    assert.deepEqual([objects(recent), objects(await page(`${LIST}/history?key=wiki`))], [0, 0]);
    assert.equal(objects(await page('/oauth/admin/audit')), 1);
  });

  it('shows what restoring changes, and changes it when that is confirmed', async () => {
    await editConsumer(world.context, 'wiki', { name: 'Team wiki', readOnly: true }, null, 'root');
    const [link] = restoreLinks(await page(`${LIST}/history?key=wiki`));
    const preview = await page(link!);
    assert.match(readText(preview), /Name Team wiki Wiki[\s\S]*Read-only yes no[\s\S]*are never restored/u);
    const form = readForms(preview).find(({ action }) => action.includes('/restore'))!;
    const answer = await world.root.post(link!, { ...Object.fromEntries(form.fields), reason: 'a mistake' });
    assert.equal(answer.status, 303);
    assert.match(readText(await page(answer.headers.get('location')!)), /in force again/u);
    const { name, limits } = await findConsumer(world.context, 'wiki');
    assert.deepEqual([name, limits.readOnly], ['Wiki', false]);
    assert.match(readText(await page(`${LIST}/history?key=wiki`)), /restored a mistake/u);
  });

  it('refuses what somebody changed meanwhile, and what is not valid any more, in words', async () => {
    await world.context.storage.users.add(
      { ...(await world.context.storage.users.find('alice'))!, name: 'carol', identity: null },
      { at: 0, actor: 'root', action: 'user.add', object: 'carol', before: null, after: null, note: null },
    );
    await editConsumer(world.context, 'wiki', { owner: 'carol' }, null, 'root');
    await editConsumer(world.context, 'wiki', { owner: '' }, null, 'root');
    const [link] = restoreLinks(await page(`${LIST}/history?key=wiki`));
    const stale = await world.root.post(link!, { updatedAt: '1' });
    assert.equal(stale.status, 422);
    assert.match(readText(await stale.text()), /Somebody changed this/u);
    const { updatedAt } = await findConsumer(world.context, 'wiki');
    const event = { at: 0, actor: 'root', action: 'user.remove', object: 'carol', note: null } as const;
    await world.context.storage.users.remove('carol', { ...event, before: null, after: null });
    const refused = await world.root.post(link!, { updatedAt: String(updatedAt) });
    assert.match(readText(await refused.text()), /there is no user "carol"/u);
  });

  it('is a missing page for an entry of something else', async () => {
    assert.equal((await world.root.get(`${LIST}/restore?key=wiki&entry=9999`)).status, 404);
    assert.equal((await world.root.get(`${LIST}/history?key=other`)).status, 404);
  });

  it('of a service provider follows its name, and leads to it under the restored one', async () => {
    const secret = new Secret('given-by-the-forum');
    const fields = { name: 'Forum', consumerKey: 'us', secret, baseUrl: 'https://a.example/' };
    await addServiceProvider(world.context, fields, 'root');
    await editServiceProvider(world.context, 'Forum', { name: 'Board' }, null, 'root');
    const html = await page(`${PROVIDERS}/history?name=Board`);
    assert.match(readText(html), /Forum → Board/u);
    const [link] = restoreLinks(html);
    const form = readForms(await page(link!)).find(({ action }) => action.includes('/restore'))!;
    const answer = await world.root.post(link!, Object.fromEntries(form.fields));
    assert.equal(answer.headers.get('location'), `${PROVIDERS}/view?name=Forum`);
    assert.match(readText(await page(`${PROVIDERS}/view?name=Forum`)), /Recent changes[\s\S]*Board → Forum/u);
  });
});
