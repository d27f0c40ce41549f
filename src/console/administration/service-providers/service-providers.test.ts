import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../../../test/support/administration-pages.ts';
import { readForms, readText } from '../../../../test/support/html-page.ts';
import { addServiceProvider } from '../../../administration/index.ts';
import { Secret } from '../../../base/index.ts';
import { BEGINNINGS_A_MINUTE, KNOWN_PROBLEMS, PRESETS } from '../../../consumer/index.ts';
import { PROBLEMS_JA } from '../../../web/index.ts';
import { QUIRKS_JA } from './quirks.ja.ts';

const PATH = '/oauth/admin/service-providers';
const FORUM = 'https://forum.example';

let world: AdministrationPagesWorld;
beforeEach(async () => {
  world = await openAdministration();
});

const html = async (path: string) => (await world.root.get(path)).text();

async function addForum(changes: object = {}): Promise<void> {
  const input = {
    name: 'Forum',
    consumerKey: 'us',
    secret: new Secret('their-secret'),
    requestTokenUrl: `${FORUM}/request`,
    authorizeUrl: `${FORUM}/authorize`,
    accessTokenUrl: `${FORUM}/access`,
    baseUrl: `${FORUM}/`,
    ...changes,
  };
  await addServiceProvider(world.context, input, 'root');
}

const runTest = async (language = 'en') =>
  (await world.root.post(`${PATH}/test?name=Forum&lang=${language}`, {})).text();

describe('the form of a service provider', () => {
  it('starts with at least twelve known providers, and says that none was contacted', async () => {
    assert.ok(PRESETS.size >= 12);
    const list = await html(`${PATH}/add`);
    for (const { id } of PRESETS.values()) assert.ok(list.includes(`preset=${id}"`), id);
    const chosen = await html(`${PATH}/add?preset=netsuite`);
    assert.match(readText(chosen), /not contacted from here/u);
    assert.match(chosen, /value="https:\/\/\{account\}\.restlets/u);
    assert.match(chosen, /value="\{realm\}"/u);
  });

  it('lets no word in braces through, and puts our consumer key where a preset names it', async () => {
    const page = await html(`${PATH}/add?preset=mediawiki`);
    const posted = readForms(page).find(({ action }) => action.includes('/add?preset=mediawiki'))!;
    const fields = {
      ...Object.fromEntries(posted.fields),
      kind: 'secret',
      secret: 's',
      consumerKey: 'a key',
    };
    const selects = { carrier: 'header', tokenMethod: 'GET', providerTwoLegged: 'off' };
    const refused = await world.root.post(posted.action, { ...fields, ...selects });
    assert.equal(refused.status, 422);
    assert.match(readText(await refused.text()), /Request-token URL: replace \{base\} with what is yours/u);
    const filled = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        name,
        value.replace('{base}', 'https://wiki.example/w'),
      ]),
    );
    assert.equal((await world.root.post(posted.action, { ...filled, ...selects })).status, 303);
    const stored = await world.context.storage.serviceProviders.find('Wikimedia / MediaWiki');
    assert.match(stored!.authorizeUrl!, /oauth_consumer_key=a%20key$/u);
  });

  it('tells what is peculiar about each in Japanese, too', () => {
    for (const { quirks } of PRESETS.values()) for (const quirk of quirks) assert.ok(QUIRKS_JA[quirk], quirk);
    assert.deepEqual(Object.keys(PROBLEMS_JA), KNOWN_PROBLEMS);
  });

  it('keeps what is peculiar about requests, and what may be asked for', async () => {
    await addForum();
    const edit = `${PATH}/edit?name=Forum`;
    const form = readForms(await html(edit)).find(({ action }) => action === edit)!;
    const changes = {
      carrier: 'query',
      tokenMethod: 'GET',
      realm: 'R',
      providerTwoLegged: 'no-token',
      allowedMethods: 'get, HEAD',
      allowedPaths: '/rest/**\r\n/me',
    };
    const { confirmsCallback: _, ...fields } = Object.fromEntries(form.fields);
    const saved = await world.root.post(edit, { ...fields, kind: 'secret', ...changes });
    assert.equal(saved.status, 303);
    const stored = (await world.context.storage.serviceProviders.find('Forum'))!;
    assert.deepEqual(
      [stored.carrier, stored.tokenMethod, stored.realm, stored.twoLegged, stored.confirmsCallback],
      ['query', 'GET', 'R', 'no-token', false],
    );
    assert.deepEqual(
      [stored.allowedMethods, stored.allowedPaths],
      [
        ['GET', 'HEAD'],
        ['/rest/**', '/me'],
      ],
    );
    assert.match(readText(await html(`${PATH}/view?name=Forum`)), /GET, HEAD; \/rest\/\*\*, \/me/u);
  });
});

describe('a change of what tokens are for', () => {
  it('is made only when it is meant, after saying how many users have to connect again', async () => {
    await addForum();
    world.answer((url) => ({
      body: url.endsWith('/access')
        ? 'oauth_token=at&oauth_token_secret=as'
        : 'oauth_token=rt&oauth_token_secret=rs&oauth_callback_confirmed=true',
    }));
    await world.root.get('/oauth/connections');
    await world.root.post('/oauth/connections/connect', { provider: 'Forum' });
    await world.root.get('/oauth/callback?oauth_token=rt&oauth_verifier=v');
    const edit = `${PATH}/edit?name=Forum`;
    const fields = Object.fromEntries(
      readForms(await html(edit)).find(({ action }) => action === edit)!.fields,
    );
    const selects = { carrier: 'header', tokenMethod: 'POST', providerTwoLegged: 'off', handEntry: 'off' };
    const moved = { ...fields, ...selects, kind: 'secret', baseUrl: 'https://other.example/' };
    const asked = await world.root.post(edit, moved);
    assert.equal(asked.status, 422);
    const page = await asked.text();
    assert.match(readText(page), /users who have to connect again after this change: 1/u);
    assert.match(page, /name="endsConnections"/u);
    assert.ok(!(await html(edit)).includes('endsConnections'));
    assert.equal((await world.root.post(edit, { ...moved, endsConnections: 'yes' })).status, 303);
    assert.match(readText(await html(`${PATH}/view?name=Forum`)), /one has to approve again/u);
    const list = readText(await html('/oauth/connections'));
    assert.match(list, /approval needed/u);
    assert.match(list, /Login & approve/u);
  });
});

describe('the test of a service provider', () => {
  it('shows each step with its exchange, without secrets, and is remembered', async () => {
    await addForum();
    world.answer((url) =>
      url.includes('/request')
        ? { body: 'oauth_token=t0k3n&oauth_token_secret=s3cr3t&oauth_callback_confirmed=true' }
        : { body: '<!doctype html>' },
    );
    const page = await runTest();
    assert.match(readText(page), /Everything that can be tried without a person works/u);
    assert.match(readText(page), /POST https:\/\/forum\.example\/request/u);
    assert.ok(!page.includes('t0k3n') && !page.includes('s3cr3t'));
    assert.match(page, /Go on in the browser/u);
    assert.match(readText(await html(`${PATH}/view?name=Forum`)), /Last test ✔ worked now/u);
    assert.match(readText(await html('/oauth/admin/audit')), /Service provider tested Forum/u);
  });

  it('says what failed and what to do, in both languages', async () => {
    await addForum();
    world.answer(() => ({ status: 401, body: 'oauth_problem=signature_invalid' }));
    const english = await runTest();
    assert.match(readText(english), /compare the secret or public key on both sides/u);
    assert.doesNotMatch(english, /Go on in the browser/u);
    assert.match(
      readText(await runTest('ja')),
      /失敗: リクエストトークン Forum \(401\): 署名が一致しませんでした/u,
    );
  });

  it('is run so many times a minute', async () => {
    await addForum();
    world.answer(() => ({ status: 401 }));
    for (let i = 0; i < BEGINNINGS_A_MINUTE; i += 1) await runTest();
    const sent = world.fetched.length;
    const refused = await world.root.post(`${PATH}/test?name=Forum`, {});
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get('retry-after'), '60');
    assert.equal(world.fetched.length, sent);
  });

  it('does not test what has no addresses', async () => {
    await addForum({ requestTokenUrl: '', authorizeUrl: '', accessTokenUrl: '' });
    assert.match(readText(await runTest()), /Enter its request-token, authorize and access-token URLs/u);
    assert.deepEqual(world.fetched, []);
  });
});

describe('the removal of a service provider', () => {
  it('says how many are connected', async () => {
    await addForum();
    assert.match(readText(await html(`${PATH}/remove?name=Forum`)), /Nobody is connected/u);
  });
});

describe('cloning a service provider', () => {
  it('fills the form with its settings, and not with its name, its consumer key or its secret', async () => {
    await addForum({ description: 'Talk', realm: 'forum' });
    const page = await html(`${PATH}/clone?name=Forum`);
    assert.match(readText(page), /Filled in with the settings of Forum/u);
    const { action, fields } = readForms(page).find(({ action }) => action.endsWith('/add'))!;
    for (const name of ['name', 'consumerKey', 'secret']) assert.equal(fields.get(name), '', name);
    assert.deepEqual([fields.get('description')?.trim(), fields.get('realm')], ['Talk', 'forum']);
    assert.equal((await world.root.post(action, Object.fromEntries(fields))).status, 422);
    const own = { name: 'Board', consumerKey: 'us', secret: 'another-secret' };
    assert.equal((await world.root.post(action, { ...Object.fromEntries(fields), ...own })).status, 303);
  });
});
