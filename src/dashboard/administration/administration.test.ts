import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NEWS_URL, openDashboards } from '../../../test/support/dashboards-world.ts';
import { readForms, readText } from '../../../test/support/html-page.ts';
import { differingPlaceholders, type Messages } from '../../web/index.ts';
import { messages as pageMessages } from '../pages/messages.ts';
import { messages } from './words.ts';

const PATH = '/oauth/admin/gadgets';
const SPEC_URL = 'https://weather.example/weather.xml';

function weather(title: string, more = ''): string {
  return `<Module><ModulePrefs title="${title}" author="Ada"><Optional feature="flash"/>
<OAuth><Service name="weather"><Request url="https://weather.example/request"/><Access url="https://weather.example/access"/><Authorization url="https://weather.example/authorize"/></Service></OAuth></ModulePrefs>${more}
<Content type="html"><![CDATA[<p>Sunny</p><script src="https://cdn.example/x.js"></script>]]></Content></Module>`;
}

/** The administration, opened by `root`. */
async function opened() {
  const world = await openDashboards();
  const root = world.browser();
  await root.logIn('root');
  return { ...world, root, text: async (path: string) => readText(await (await root.get(path)).text()) };
}

type Opened = Awaited<ReturnType<typeof opened>>;

/** What the confirmation of a page would send. */
async function confirmation(answer: Response, action: string): Promise<Record<string, string>> {
  const form = readForms(await answer.text()).find((one) => one.action === action);
  return Object.fromEntries(form?.fields ?? []);
}

/** Adds the gadget with the spec that is at its address now. */
async function addWeather({ root }: Opened, specUrl = SPEC_URL): Promise<Response> {
  const preview = await root.post(`${PATH}/add`, { specUrl });
  return root.post(`${PATH}/add/confirm`, await confirmation(preview, `${PATH}/add/confirm`));
}

describe('the sentences of dashboards and of their administration', () => {
  it('have the same placeholders in both languages', () => {
    for (const { en, ja } of [messages, pageMessages]) {
      assert.deepEqual(differingPlaceholders(en as Messages, ja as Messages), []);
    }
  });
});

describe('adding a gadget', () => {
  it('is for administrators', async () => {
    const world = await openDashboards();
    const alice = world.browser();
    await alice.logIn('alice');
    for (const path of [PATH, `${PATH}/add`, `${PATH}/feeds`, `${PATH}/hosts`])
      assert.equal((await alice.get(path)).status, 403, path);
    assert.equal((await alice.post(`${PATH}/add`, { specUrl: SPEC_URL })).status, 403);
  });

  it('shows what the spec asks for before anything is stored, then stores it and makes the provider', async () => {
    const world = await opened();
    world.fetched.set(SPEC_URL, weather('Weather'));
    const preview = await world.root.post(`${PATH}/add`, { specUrl: ` ${SPEC_URL} ` });
    const shown = readText(await preview.clone().text());
    assert.match(shown, /Add Weather\?/);
    assert.match(shown, /A service provider “weather” is added for weather\.example/);
    assert.match(shown, /https:\/\/cdn\.example not allowed/);
    assert.match(shown, /flash/);
    assert.equal((await world.gadgets.storage.gadgets.list()).length, 1);
    const added = await addWeather(world);
    assert.equal(added.headers.get('location'), PATH);
    assert.ok(await world.gadgets.storage.gadgets.find(SPEC_URL));
    assert.ok(await world.gadgets.storage.serviceProviders.find('weather'));
  });

  it('stores nothing that differs from what was shown', async () => {
    const world = await opened();
    world.fetched.set(SPEC_URL, weather('Weather'));
    const preview = await world.root.post(`${PATH}/add`, { specUrl: SPEC_URL });
    world.fetched.set(SPEC_URL, weather('Malware'));
    const fields = await confirmation(preview, `${PATH}/add/confirm`);
    const answer = await world.root.post(`${PATH}/add/confirm`, fields);
    assert.equal(answer.status, 409);
    assert.match(readText(await answer.text()), /changed between the preview and now.*Malware/);
    assert.equal(await world.gadgets.storage.gadgets.find(SPEC_URL), null);
  });

  it('says in the language of the page what cannot be done about the service', async () => {
    const world = await opened();
    world.fetched.set(SPEC_URL, weather('Weather').replace('name="weather"', `name="${'w'.repeat(300)}"`));
    const preview = await world.root.post(`${PATH}/add`, { specUrl: SPEC_URL });
    const fields = await confirmation(preview, `${PATH}/add/confirm`);
    await world.root.post(`${PATH}/add/confirm?lang=ja`, fields);
    assert.match(await world.text(`${PATH}?lang=ja`), /名前は \d+ 文字以内にしてください/);
  });

  it('says what is wrong: with the address, with the answer, with the spec and where', async () => {
    const { root, fetched } = await opened();
    const trouble = async (specUrl: string, locale = '') =>
      readText(await (await root.post(`${PATH}/add${locale}`, { specUrl })).text());
    assert.match(await trouble('no address'), /Enter the address of a gadget spec/);
    assert.match(await trouble(SPEC_URL), /status 404/);
    fetched.set(SPEC_URL, '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Module>&e;</Module>');
    assert.match(await trouble(SPEC_URL), /Line 1/);
    assert.match(await trouble(SPEC_URL, '?lang=ja'), /1 行/);
  });
});

describe('a newer spec', () => {
  it('is compared in words and line by line, and runs only when it was taken', async () => {
    const world = await opened();
    world.fetched.set(SPEC_URL, weather('Weather'));
    await addWeather(world);
    const { id, sha256 } = (await world.gadgets.storage.gadgets.find(SPEC_URL))!;
    assert.match(await world.text(`${PATH}/update?id=${id}`), /Nothing new/);
    world.fetched.set(SPEC_URL, weather('Weather 2', '<UserPref name="city" display_name="City"/>'));
    const page = await world.root.get(`${PATH}/update?id=${id}`);
    const shown = readText(await page.clone().text());
    assert.match(shown, /Title Weather Weather 2/);
    assert.match(shown, /Preferences it asks people for none City/);
    assert.match(shown, /removed: −1 .*added: \+1 /);
    assert.equal((await world.gadgets.storage.gadgets.find(SPEC_URL))?.sha256, sha256);
    const taken = await world.root.post(`${PATH}/update`, await confirmation(page, `${PATH}/update`));
    assert.equal(taken.status, 303);
    assert.equal((await world.gadgets.storage.gadgets.find(SPEC_URL))?.title, 'Weather 2');
  });

  it('is not taken when it is another than the one that was shown', async () => {
    const world = await opened();
    world.fetched.set(SPEC_URL, weather('Weather'));
    await addWeather(world);
    const { id } = (await world.gadgets.storage.gadgets.find(SPEC_URL))!;
    world.fetched.set(SPEC_URL, weather('Weather 2'));
    const page = await world.root.get(`${PATH}/update?id=${id}`);
    world.fetched.set(SPEC_URL, weather('Weather 3'));
    const refused = await world.root.post(`${PATH}/update`, await confirmation(page, `${PATH}/update`));
    assert.equal(refused.status, 409);
    assert.equal((await world.gadgets.storage.gadgets.find(SPEC_URL))?.title, 'Weather');
  });
});

describe('the directory', () => {
  it('hides an own gadget and shows it again; others are removed, once the question is answered', async () => {
    const { root, gadgets, text } = await opened();
    await root.post(`${PATH}/visibility`, { name: 'clock', hidden: 'yes' });
    assert.match(await text(PATH), /Clock hidden/);
    assert.doesNotMatch(await text('/dashboards/default/add'), /What time it is/);
    await root.post(`${PATH}/visibility`, { name: 'clock', hidden: 'no' });
    assert.doesNotMatch(await text(PATH), /Clock hidden/);
    const { id } = (await gadgets.storage.gadgets.find(NEWS_URL))!;
    assert.match(await text(`${PATH}/remove?id=${id}`), /It stands on no dashboard/);
    await root.post(`${PATH}/remove`, { id });
    assert.equal((await root.get(`${PATH}/remove?id=${id}`)).status, 404);
  });
});

describe('feeds', () => {
  const BASE = 'https://wiki.example';
  const FEED = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Wiki</title><entry><link href="${BASE}/pages.xml"/></entry></feed>`;

  it('are previewed, subscribed to, read again and given up, with the gadgets they bring', async () => {
    const { root, fetched, gadgets, text } = await opened();
    assert.match(await text(`${PATH}/feeds`), /No feed yet/);
    fetched.set(`${BASE}/rest/gadgets/1.0/g/feed`, FEED);
    fetched.set(`${BASE}/pages.xml`, weather('Pages'));
    const preview = await root.post(`${PATH}/feeds/add`, { baseUrl: `${BASE}/` });
    assert.match(readText(await preview.clone().text()), /Subscribe to Wiki\?.*Pages/);
    assert.equal((await gadgets.storage.gadgetFeeds.list()).length, 0);
    await root.post(`${PATH}/feeds/add/confirm`, await confirmation(preview, `${PATH}/feeds/add/confirm`));
    const [feed] = await gadgets.storage.gadgetFeeds.list();
    assert.match(await text(PATH), /Pages.*feed Wiki/);
    fetched.delete(`${BASE}/rest/gadgets/1.0/g/feed`);
    await root.post(`${PATH}/feeds/refresh`, { id: feed!.id });
    assert.match(await text(`${PATH}/feeds`), /could not be read.*with trouble/);
    assert.match(await text(`${PATH}/feeds/remove?id=${feed!.id}`), /The gadget that it brought/);
    await root.post(`${PATH}/feeds/remove`, { id: feed!.id });
    assert.equal(await gadgets.storage.gadgets.find(`${BASE}/pages.xml`), null);
  });

  it('bring nothing that differs from what was shown', async () => {
    const { root, fetched, gadgets } = await opened();
    fetched.set(`${BASE}/rest/gadgets/1.0/g/feed`, FEED);
    fetched.set(`${BASE}/pages.xml`, weather('Pages'));
    const preview = await root.post(`${PATH}/feeds/add`, { baseUrl: BASE });
    const fields = await confirmation(preview, `${PATH}/feeds/add/confirm`);
    fetched.set(`${BASE}/pages.xml`, weather('Pages', '<UserPref name="spy"/>'));
    const changed = await root.post(`${PATH}/feeds/add/confirm`, fields);
    assert.equal(changed.status, 409);
    assert.match(readText(await changed.clone().text()), /changed between the preview and now/);
    assert.deepEqual(await gadgets.storage.gadgetFeeds.list(), []);
    const again = await confirmation(changed, `${PATH}/feeds/add/confirm`);
    assert.equal((await root.post(`${PATH}/feeds/add/confirm`, again)).status, 303);
    assert.ok(await gadgets.storage.gadgets.find(`${BASE}/pages.xml`));
  });

  it('say in the language of the page which gadgets could not be kept', async () => {
    const world = await opened();
    world.fetched.set(`${BASE}/rest/gadgets/1.0/g/feed`, FEED.replace('/pages.xml', '/weather.xml'));
    world.fetched.set(`${BASE}/weather.xml`, weather('Weather'));
    await addWeather(world, `${BASE}/weather.xml`);
    const preview = await world.root.post(`${PATH}/feeds/add`, { baseUrl: BASE });
    const fields = await confirmation(preview, `${PATH}/feeds/add/confirm`);
    await world.root.post(`${PATH}/feeds/add/confirm?lang=ja`, fields);
    assert.match(await world.text(`${PATH}/feeds?lang=ja`), /このガジェットはすでにガジェット一覧にあります/);
  });

  it('of this very installation, or of no address, are refused in words', async () => {
    const { root } = await opened();
    const answer = async (baseUrl: string) =>
      readText(await (await root.post(`${PATH}/feeds/add`, { baseUrl })).text());
    assert.match(await answer('https://tracker.example'), /this installation itself/);
    assert.match(await answer('nonsense'), /Enter the base URL/);
  });
});

describe('allowed hosts', () => {
  it('are added and removed, and an address is judged by them without being fetched', async () => {
    const { root, text } = await opened();
    const judged = (url: string) => text(`${PATH}/hosts?${new URLSearchParams({ url })}`);
    assert.match(
      await judged('https://api.example.org/x'),
      /Not allowed: no rule names https:\/\/api\.example\.org/,
    );
    const refused = await root.post(`${PATH}/hosts`, { pattern: 'https://*', note: '' });
    assert.equal(refused.status, 422);
    await root.post(`${PATH}/hosts`, { pattern: 'https://*.Example.org', note: 'Weather' });
    assert.match(await judged('https://api.example.org/x'), /Allowed by the rule https:\/\/\*\.example\.org/);
    assert.match(await judged('https://host:1337@evil.example/'), /written to look like another host/);
    assert.match(await judged('https://tracker.example/x'), /this installation itself/);
    const pattern = 'https://*.example.org';
    assert.match(await text(`${PATH}/hosts/remove?${new URLSearchParams({ pattern })}`), /Stop allowing/);
    await root.post(`${PATH}/hosts/remove`, { pattern });
    assert.match(await judged('https://api.example.org/x'), /Not allowed/);
  });

  it('name linked installations without a rule', async () => {
    const world = await opened();
    world.fetched.set(SPEC_URL, weather('Weather'));
    await addWeather(world);
    assert.match(await world.text(`${PATH}/hosts`), /weather https:\/\/weather\.example/);
  });
});
