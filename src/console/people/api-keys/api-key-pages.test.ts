import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openPeoplePages } from '../../../../test/support/people-world.ts';
import { findApiKeyHolder } from '../../../accounts/index.ts';

const KEYS = '/oauth/account/keys';
const KEY = /countersign_[A-Za-z0-9]{40}/;

async function alicesPages() {
  const world = await openPeoplePages();
  const alice = world.browser();
  await alice.logIn('alice');
  const list = async (locale = 'en') => (await alice.get(KEYS, { 'accept-language': locale })).text();
  await list();
  const make = (fields: Readonly<Record<string, string>> = {}) =>
    alice.post(KEYS, { label: 'Nightly <report>', lastDay: '', scope: 'all', ...fields });
  const own = () => world.provider.storage.apiKeys.listOfUser('alice');
  return { ...world, alice, list, make, own };
}

describe('the page of API keys', () => {
  it('makes a key, shows it once, and works with it', async () => {
    const { make, list, provider } = await alicesPages();
    const answer = await make();
    assert.equal(answer.headers.get('cache-control')?.includes('no-store'), true);
    const page = await answer.text();
    const key = KEY.exec(page)?.[0] ?? '';
    assert.match(page, /Nightly &lt;report&gt;/);
    assert.match(page, /curl -H &#39;Authorization: Bearer countersign_/);
    assert.equal((await findApiKeyHolder(provider, key))?.user.name, 'alice');
    const after = await list();
    assert.match(after, /Nightly &lt;report&gt;/);
    assert.doesNotMatch(after, KEY);
  });

  it('makes no second key when the form is sent again, and shows none', async () => {
    const { make, own } = await alicesPages();
    await make();
    const again = await make();
    assert.equal(again.status, 422);
    assert.doesNotMatch(await again.text(), KEY);
    assert.equal((await own()).length, 1);
  });

  it('says what is wrong beside the field, in the language of the page', async () => {
    const { make, own } = await alicesPages();
    const page = await (await make({ label: '', lastDay: 'x', scope: 'some' })).text();
    assert.match(page, /Enter a label/);
    assert.match(page, /Enter a day such as/);
    assert.match(page, /Choose at least one provider/);
    assert.deepEqual(await own(), []);
  });

  it('revokes one’s own key after a question, and nobody else’s', async () => {
    const { make, own, alice, browser } = await alicesPages();
    await make();
    const { id } = (await own())[0]!;
    const bob = browser();
    await bob.logIn('bob');
    assert.equal((await bob.get(`${KEYS}/revoke?id=${id}`)).status, 404);
    assert.equal((await bob.post(`${KEYS}/revoke`, { id })).status, 404);
    assert.equal((await own()).length, 1);
    assert.match(
      await (await alice.get(`${KEYS}/revoke?id=${id}`)).text(),
      /Revoke “Nightly &lt;report&gt;”\?/,
    );
    assert.equal((await alice.post(`${KEYS}/revoke`, { id })).status, 303);
    assert.deepEqual(await own(), []);
  });

  it('needs the form token, and somebody who is logged in', async () => {
    const { alice, own, browser } = await alicesPages();
    const forged = await alice.post(KEYS, { label: 'x' }, { withoutToken: true });
    assert.equal(forged.status, 403);
    assert.deepEqual(await own(), []);
    assert.equal((await browser().get(KEYS)).status, 303);
  });

  it('speaks Japanese', async () => {
    const { list } = await alicesPages();
    assert.match(await list('ja'), /API キー/);
  });
});
