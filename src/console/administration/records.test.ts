import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../../test/support/administration-pages.ts';
import { KEY_PAIR } from '../../../test/support/administration-world.ts';
import { readForms, readText } from '../../../test/support/html-page.ts';
import { anEvent } from '../../../test/support/records.ts';
import { addServiceProvider, registerConsumer } from '../../administration/index.ts';
import { Secret } from '../../base/index.ts';

let world: AdministrationPagesWorld;
beforeEach(async () => {
  world = await openAdministration();
});

const follow = async (answer: Response) =>
  readText(await (await world.root.get(answer.headers.get('location')!)).text());
const textOf = async (path: string) => readText(await (await world.root.get(path)).text());

describe('Consumer Info', () => {
  const PATH = '/oauth/admin/consumer-info';

  it('shows our key and public key, never the private one', async () => {
    const html = await (await world.root.get(PATH)).text();
    const { consumerKey, privateKey } = (await world.context.storage.installation.read())!;
    assert.ok(html.includes(consumerKey));
    assert.match(html, /BEGIN PUBLIC KEY/u);
    assert.match(html, /https:\/\/tracker\.example\/plugins\/servlet\/oauth\/consumer-info/u);
    assert.ok(!html.includes(privateKey.reveal().split('\n')[1]!));
  });

  it('saves name, description and callback only', async () => {
    const { consumerKey } = (await world.context.storage.installation.read())!;
    const fields = { name: 'Issues', description: 'd', callback: '', key: 'other' };
    assert.match(await follow(await world.root.post(`${PATH}/edit`, fields)), /was saved/u);
    const edited = (await world.context.storage.installation.read())!;
    assert.deepEqual([edited.name, edited.consumerKey], ['Issues', consumerKey]);
    const refused = await world.root.post(`${PATH}/edit`, { ...fields, name: '', callback: 'x' });
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /href="#callback"/u);
  });
});

describe('Service Providers', () => {
  const PATH = '/oauth/admin/service-providers';
  const FORUM = {
    name: 'Forum',
    consumerKey: 'us',
    kind: 'secret',
    secret: 'their-secret',
    signatureMethod: '',
  };

  it('are added, edited and removed, and never show their secret', async () => {
    assert.match(await follow(await world.root.post(`${PATH}/add`, FORUM)), /“Forum” was added/u);
    const edit = `${PATH}/edit?name=Forum`;
    const html = await (await world.root.get(edit)).text();
    assert.ok(!html.includes('their-secret'));
    const form = Object.fromEntries(readForms(html).find(({ action }) => action === edit)!.fields);
    const saved = await world.root.post(edit, { ...form, name: 'Forum 2', secret: '' });
    assert.match(await follow(saved), /“Forum 2” were saved/u);
    const stored = await world.context.storage.serviceProviders.find('Forum 2');
    assert.equal(stored?.secret?.reveal(), 'their-secret');
    assert.match(await follow(await world.root.post(`${PATH}/remove?name=Forum+2`, {})), /was removed/u);
  });

  it('come back with what was typed, but not the secret', async () => {
    const answer = await world.root.post(`${PATH}/add`, { ...FORUM, name: '', signatureMethod: 'RSA-SHA1' });
    assert.equal(answer.status, 422);
    const html = await answer.text();
    assert.ok(!html.includes('their-secret'));
    assert.match(html, /value="us"/u);
    assert.match(html, /href="#name"[\s\S]+href="#signatureMethod"/u);
  });

  it('can be filled with the addresses of a known provider', async () => {
    const html = await (await world.root.get(`${PATH}/add?preset=discogs`)).text();
    assert.match(html, /value="https:\/\/api\.discogs\.com\/oauth\/request_token"/u);
  });
});

describe('Users', () => {
  const PATH = '/oauth/admin/users';

  it('are added, edited, disabled, enabled and removed', async () => {
    const carol = { username: 'carol', displayName: 'Carol', email: '', password: 'long enough' };
    assert.match(await follow(await world.root.post(`${PATH}/add`, carol)), /“carol” was added/u);
    const at = (page: string) => `${PATH}/${page}?name=carol`;
    const edited = await world.root.post(at('edit'), {
      displayName: 'Caroline',
      email: '',
      isAdministrator: 'yes',
    });
    assert.match(await follow(edited), /Caroline administrator/u);
    assert.match(
      await follow(await world.root.post(at('password'), { password: 'another one' })),
      /was set/u,
    );
    assert.match(await follow(await world.root.post(at('disable'), {})), /“carol” is disabled/u);
    assert.match(await follow(await world.root.post(at('enable'), {})), /enabled again/u);
    assert.match(await follow(await world.root.post(at('remove'), {})), /“carol” was removed/u);
    assert.equal((await world.root.get(at('edit'))).status, 404);
  });

  it('are saved as they were shown, not over what somebody else has saved since', async () => {
    const { users } = world.context.storage;
    const edit = `${PATH}/edit?name=alice`;
    const shown = async () => {
      const html = await (await world.root.get(edit)).text();
      return Object.fromEntries(readForms(html).find(({ action }) => action === edit)!.fields);
    };
    await users.update('alice', { isAdministrator: true }, anEvent());
    const form = { ...(await shown()), isAdministrator: 'yes', email: 'a@example.com' };
    await users.update('alice', { isAdministrator: false }, anEvent());
    const late = await world.root.post(edit, form);
    assert.equal(late.status, 422);
    const page = await late.text();
    assert.match(readText(page), /Somebody changed this while you edited it/u);
    assert.doesNotMatch(page, /name="isAdministrator"[^>]* checked|a@example\.com/u);
    assert.equal((await users.find('alice'))?.isAdministrator, false);
    const { update } = users;
    users.update = async (...given) => {
      Object.assign(users, { update });
      await update('alice', { displayName: 'Alicia' }, anEvent());
      return update(...given);
    };
    assert.equal((await world.root.post(edit, await shown())).status, 422);
    assert.equal((await world.root.post(edit, { ...(await shown()), email: 'a@example.com' })).status, 303);
    const { displayName, email } = (await users.find('alice'))!;
    assert.deepEqual([displayName, email], ['Alicia', 'a@example.com']);
  });

  it('always keep one administrator who can log in', async () => {
    for (const page of ['disable', 'remove', 'edit']) {
      const answer = await world.root.post(`${PATH}/${page}?name=root`, { displayName: 'R', email: '' });
      assert.equal(answer.status, 422, page);
      assert.match(readText(await answer.text()), /last administrator/u, page);
    }
    assert.equal((await world.context.storage.users.find('root'))?.isAdministrator, true);
  });

  it('change what they log in with on their own account page, where their password is asked for', async () => {
    const { secondFactors } = world.context.storage;
    for (const userName of ['root', 'alice']) {
      const factor = {
        userName,
        secret: new Secret('JBSWY3DP'),
        lastStep: 1,
        recoveryHashes: [],
        createdAt: 1,
      };
      const action = 'second-factor.add';
      const event = {
        at: 1,
        actor: userName,
        action,
        object: userName,
        before: null,
        after: null,
        note: null,
      };
      await secondFactors.add(factor, { ...event, action });
    }
    const page = await (await world.root.get(`${PATH}/edit?name=root`)).text();
    for (const link of ['/oauth/account', '/oauth/account/second-factor']) {
      assert.ok(page.includes(`href="${link}">`), link);
    }
    const answer = await world.root.post(`${PATH}/second-factor?name=root`, {});
    assert.equal(answer.status, 422);
    assert.match(readText(await answer.text()), /Turn off your own second factor on your account page/u);
    assert.notEqual(await secondFactors.find('root'), null);
    const own = await world.root.post(`${PATH}/password?name=root`, { password: 'another one' });
    assert.match(readText(await own.text()), /Change your own password on your account page/u);
    assert.match(
      await follow(await world.root.post(`${PATH}/second-factor?name=alice`, {})),
      /without a second/u,
    );
    assert.equal(await secondFactors.find('alice'), null);
  });

  it('never get a typed password sent back', async () => {
    const fields = { username: '', displayName: '', email: '', password: 'very secret text' };
    const answer = await world.root.post(`${PATH}/add`, fields);
    assert.equal(answer.status, 422);
    assert.ok(!(await answer.text()).includes('very secret text'));
  });
});

describe('the audit log page', () => {
  beforeEach(async () => {
    const credential = { kind: 'public-key', text: KEY_PAIR.publicKey } as const;
    await registerConsumer(world.context, { key: '=wiki', name: '=1+1', credential }, 'root');
  });

  it('shows who did what to what, and filters', async () => {
    const row = /root Consumer added =1\+1 =wiki/u;
    assert.match(await textOf('/oauth/admin/audit'), row);
    assert.match(await textOf('/oauth/admin/audit?action=consumer.add&actor=root&object=%3Dwiki'), row);
    assert.doesNotMatch(await textOf('/oauth/admin/audit?action=consumer.remove'), row);
  });

  it('is downloaded whole as CSV, without formulas', async () => {
    const answer = await world.root.get('/oauth/admin/audit/audit.csv');
    assert.match(answer.headers.get('content-disposition')!, /attachment/u);
    const lines = (await answer.text()).trim().split('\r\n');
    assert.equal(lines[0], '\ufefftime,actor,action,object,before,after,note'.trim());
    assert.ok(lines.some((line) => line.includes(`,consumer.add,'=wiki,`)));
    assert.ok(lines.every((line) => !/(^|,)[=+@-]/u.test(line)));
  });
});

describe('the token pages', () => {
  it('lead to the consumers while there are no tokens', async () => {
    assert.match(await textOf('/oauth/admin/tokens'), /No access given yet/u);
  });

  it('never revoke everything for want of a name', async () => {
    const { storage } = world.context;
    let isCalled = false;
    storage.accessTokens.revokeAll = async () => {
      isCalled = true;
      return 0;
    };
    await world.root.post('/oauth/admin/tokens/revoke', {});
    await world.root.post('/oauth/admin/tokens/revoke?user=&consumer=', {});
    assert.equal(isCalled, false);
    await world.root.post('/oauth/admin/tokens/revoke?user=alice', {});
    assert.equal(isCalled, true);
  });
});

describe('every list as CSV', () => {
  const secret = 'known-to-the-wiki-and-to-us-zQ7x';
  const csv = async (list: string, query = '') =>
    (await world.root.get(`/oauth/admin/${list}/${list}.csv${query}`)).text();

  it('holds what the list finds, in its order, and no secret', async () => {
    const credential = { kind: 'given-secret', secret: new Secret(secret) } as const;
    for (const key of ['wiki', 'forum', '=cmd']) {
      await registerConsumer(world.context, { key, name: `The ${key}`, credential }, 'root');
    }
    await addServiceProvider(
      world.context,
      { name: 'Photos', consumerKey: 'us', secret: new Secret(secret) },
      'root',
    );
    const lines = (await csv('consumers', '?q=the&sort=key&order=down')).trim().split('\r\n');
    assert.match(lines[0]!, /^key,name,description,owner,credential,/u);
    assert.deepEqual(
      lines.slice(1).map((line) => line.split(',')[0]),
      ['wiki', 'forum', "'=cmd"],
    );
    assert.doesNotMatch(await csv('consumers', '?q=forum'), /wiki/u);
    assert.match(await csv('service-providers'), /\r\nPhotos,,us,shared-secret,HMAC-SHA1,/u);
    assert.match(await csv('users', '?q=alice'), /^\S+\r\nalice,Alice Arnold,/u);
    assert.match(await csv('tokens'), /^id,consumer,/u);
    for (const list of ['consumers', 'service-providers', 'users', 'tokens', 'audit']) {
      const text = await csv(list);
      assert.ok(!text.includes(secret) && !text.includes('scrypt'), list);
      assert.ok(list === 'audit' || !text.includes('zQ7x'), list);
    }
    const page = await (await world.root.get('/oauth/admin/consumers?q=the&page=1&lang=en')).text();
    assert.match(page, /href="\/oauth\/admin\/consumers\/consumers\.csv\?q=the"/u);
  });
});
