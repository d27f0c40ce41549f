import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { PASSWORD } from '../../test/support/accounts-world.ts';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../test/support/administration-pages.ts';
import { readText } from '../../test/support/html-page.ts';
import { anEvent, aSecondFactor, aUser } from '../../test/support/records.ts';
import { PROOF_SECONDS } from '../accounts/index.ts';
import type { FixedClock } from '../base/index.ts';

const USERS = '/oauth/admin/users';
const KEYS = '/oauth/account/keys';
const CAROL = { username: 'carol', displayName: 'Carol', email: '', password: 'long enough' };
const ALICE = { displayName: 'Alice Arnold', email: 'alice@example.com', isAdministrator: 'yes' };

let world: AdministrationPagesWorld;
beforeEach(async () => {
  world = await openAdministration();
});

const grow = () => (world.context.clock as FixedClock).advance(PROOF_SECONDS);
const user = (name: string) => world.context.storage.users.find(name);

/** Bob has a second factor; Dave was an administrator and is disabled. */
async function prepare() {
  const { storage } = world.context;
  await storage.secondFactors.add(aSecondFactor({ userName: 'bob' }), anEvent());
  await storage.users.add(aUser({ name: 'dave', isAdministrator: true, isDisabled: true }), anEvent());
}

/** Everything that gives somebody lasting access, with how to tell that it was done. */
const DEEDS = {
  'adding an administrator': {
    path: `${USERS}/add`,
    fields: { ...CAROL, isAdministrator: 'yes' },
    isDone: async () => (await user('carol')) !== null,
    kept: ['Carol', 'checked'],
  },
  'making somebody an administrator': {
    path: `${USERS}/edit?name=alice`,
    fields: ALICE,
    isDone: async () => (await user('alice'))?.isAdministrator === true,
    kept: ['alice@example.com', 'checked'],
  },
  'setting another user’s password': {
    path: `${USERS}/password?name=alice`,
    fields: { password: 'another long one' },
    isDone: async () => (await world.browser().logIn('alice', 'another long one')).status === 303,
    kept: [],
  },
  'enabling an administrator again': {
    path: `${USERS}/enable?name=dave`,
    fields: {},
    isDone: async () => (await user('dave'))?.isDisabled === false,
    kept: [],
  },
  'taking another user’s second factor away': {
    path: `${USERS}/second-factor?name=bob`,
    fields: {},
    isDone: async () => (await world.context.storage.secondFactors.find('bob')) === null,
    kept: [],
  },
  'making a key that administers': {
    path: KEYS,
    fields: { label: 'Nightly', lastDay: '2999-12-31', purpose: 'write' },
    isDone: async () => (await world.context.storage.apiKeys.listOfUser('root')).length === 1,
    kept: ['Nightly', '2999-12-31'],
  },
  'making a key that reads everything': {
    path: KEYS,
    fields: { label: 'Report', lastDay: '', purpose: 'read' },
    isDone: async () => (await world.context.storage.apiKeys.listOfUser('root')).length === 1,
    kept: ['Report'],
  },
};

for (const [what, { path, fields, isDone, kept }] of Object.entries(DEEDS)) {
  describe(what, () => {
    beforeEach(prepare);

    it('is asked for nothing more soon after the login', async () => {
      assert.doesNotMatch(await (await world.root.get(path)).text(), /name="proof"/u);
      assert.ok((await world.root.post(path, fields)).status < 400);
      assert.ok(await isDone());
    });

    it('takes the administrator’s own password later, in the same form, which keeps what was typed', async () => {
      grow();
      assert.match(await (await world.root.get(path)).text(), /Your own password[\s\S]*name="proof"/u);
      for (const proof of [undefined, 'wrong']) {
        const refused = await world.root.post(path, { ...fields, ...(proof === undefined ? {} : { proof }) });
        assert.equal(refused.status, 422);
        const html = await refused.text();
        assert.match(html, /href="#proof"/u);
        for (const text of kept) assert.ok(html.includes(text), text);
        assert.ok(!html.includes('value="wrong"'));
        assert.equal(await isDone(), false);
      }
      assert.ok((await world.root.post(path, { ...fields, proof: PASSWORD })).status < 400);
      assert.ok(await isDone());
      assert.doesNotMatch(await (await world.root.get(KEYS)).text(), /name="proof"/u);
    });

    it('sends whoever has no password here to log in again, and back to the form', async () => {
      grow();
      await world.context.storage.users.update('root', { passwordHash: null }, anEvent());
      const next = encodeURIComponent(path).replaceAll('%20', '+');
      const page = await (await world.root.get(path)).text();
      assert.ok(page.includes(`/oauth/login/provider?next=${next}`), next);
      const refused = await world.root.post(path, fields);
      assert.equal(refused.status, 422);
      assert.match(readText(await refused.text()), /log in again, then do this/u);
      assert.equal(await isDone(), false);
    });
  });
}

describe('an administrator among several users that are enabled at once', () => {
  const all = { action: 'enableUsers', selected: 'dave', confirmed: 'yes' };
  beforeEach(prepare);

  it('is left out once the login is long ago, and led to the page that asks', async () => {
    grow();
    const refused = await world.root.post(`${USERS}/selected`, all);
    assert.equal(refused.status, 422);
    assert.match(readText(await refused.text()), /dave ?: An administrator\. Do it on their own page/u);
    assert.equal((await user('dave'))?.isDisabled, true);
  });

  it('is enabled with the others soon after the login', async () => {
    assert.equal((await world.root.post(`${USERS}/selected`, all)).status, 303);
    assert.equal((await user('dave'))?.isDisabled, false);
  });
});

describe('what gives nobody lasting access', () => {
  beforeEach(grow);

  it('is done without a proof: adding and editing users, keys for service providers', async () => {
    assert.equal((await world.root.post(`${USERS}/add`, CAROL)).status, 303);
    assert.equal((await world.root.post(`${USERS}/edit?name=carol`, CAROL)).status, 303);
    const own = { displayName: 'Rosa', email: '', isAdministrator: 'yes' };
    assert.equal((await world.root.post(`${USERS}/edit?name=root`, own)).status, 303);
    const key = { label: 'Mine', lastDay: '', purpose: 'providers', scope: 'all' };
    assert.equal((await world.root.post(KEYS, key)).status, 200);
  });

  it('is asked for in Japanese, too', async () => {
    world.root.cookies.set('__Host-countersign-language', 'ja');
    const page = await (await world.root.get(`${USERS}/password?name=alice`)).text();
    assert.match(readText(page), /あなた自身のパスワード/u);
    const refused = await world.root.post(`${USERS}/password?name=alice`, { password: 'another one' });
    assert.match(readText(await refused.text()), /あなた自身のパスワード、または認証アプリのコードを入力/u);
  });
});
