import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ApiWorld, createApiWorld, PUBLIC_URL } from '../../test/support/api-world.ts';

const SPEC_URL = 'https://gadgets.example.org/weather.xml';

const SERVICE = `<OAuth><Service name="Sky"><Request url="https://sky.example/r"/><Access url="https://sky.example/a"/>
<Authorization url="https://sky.example/z"/></Service></OAuth>`;

const specOf = (title: string, extra = '') =>
  `<Module><ModulePrefs title="${title}">${extra}</ModulePrefs><UserPref name="town" display_name="Town"/>
<Content type="html"><![CDATA[<a href="https://tiles.example/x">map</a>]]></Content></Module>`;

describe('gadgets from elsewhere, through the REST API', () => {
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld();
  });
  after(() => world.close());

  const preview = () => world.call('POST', '/gadgets/preview', { body: { specUrl: SPEC_URL } });
  const add = (digest: string) => world.call('POST', '/gadgets', { body: { specUrl: SPEC_URL, digest } });
  const find = async () => (await world.storage.gadgets.find(SPEC_URL))?.id ?? '';

  it('say what they ask for before they are added, and change nothing by it', async () => {
    world.published.at.set(SPEC_URL, specOf('Weather', SERVICE));
    const { status, body } = await preview();
    assert.deepEqual([status, body.title, body.preferences], [200, 'Weather', ['Town']]);
    const [service] = body.services;
    assert.deepEqual([service.name, service.outcome], ['Sky', 'created']);
    assert.match(service.sentence, /A service provider “Sky” is added for sky\.example/);
    assert.deepEqual(body.hosts, [
      { origin: 'https://sky.example', isAllowed: true },
      { origin: 'https://tiles.example', isAllowed: false },
    ]);
    assert.equal(await find(), '');
  });

  it('are added as they were looked at, and as nothing else', async () => {
    const { digest } = (await preview()).body;
    world.published.at.set(SPEC_URL, specOf('Evil'));
    const late = await add(digest);
    assert.deepEqual([late.status, late.body.type], [412, `${PUBLIC_URL}/oauth/api#changed-meanwhile`]);
    assert.equal(await find(), '');
    world.published.at.set(SPEC_URL, specOf('Weather', SERVICE));
    const made = await add(digest);
    assert.deepEqual([made.status, made.body.trouble, made.body.gadget.digest], [201, null, digest]);
    const [, path] = (made.headers.get('location') ?? '').split('/v1');
    const read = await world.call('GET', path ?? '');
    assert.deepEqual(read.body, made.body.gadget);
    assert.deepEqual([read.body.addedBy, read.body.xml], ['root', specOf('Weather', SERVICE)]);
    assert.equal((await world.call('GET', '/service-providers/Sky')).body.ownKey, true);
    assert.equal((await add(digest)).status, 409);
  });

  it('stay as they are pinned until a newer spec is looked at and taken', async () => {
    const path = `/gadgets/${await find()}`;
    assert.equal((await world.call('POST', `${path}/preview`)).body.isNewer, false);
    world.published.at.set(SPEC_URL, specOf('Weather 2'));
    const { isNewer, spec } = (await world.call('POST', `${path}/preview`)).body;
    assert.deepEqual([isNewer, spec.title], [true, 'Weather 2']);
    const pinned = await world.call('GET', path);
    assert.equal(pinned.body.title, 'Weather');
    const wrong = await world.call('POST', `${path}/update`, { body: { digest: pinned.body.digest } });
    assert.equal(wrong.status, 412);
    const headers = { 'if-match': pinned.headers.get('etag') ?? '' };
    const take = { body: { digest: spec.digest }, headers };
    assert.equal((await world.call('POST', `${path}/update`, take)).body.title, 'Weather 2');
    assert.equal((await world.call('POST', `${path}/update`, take)).status, 412);
    assert.equal((await world.call('DELETE', path, { headers })).status, 412);
    assert.equal((await world.call('DELETE', path)).status, 204);
    assert.equal((await world.call('GET', path)).status, 404);
  });

  it('that cannot be had are told in the words of the console', async () => {
    const told = async (specUrl: string) => {
      const { status, body } = await world.call('POST', '/gadgets/preview', { body: { specUrl } });
      return [status, body.detail];
    };
    world.published.at.set(SPEC_URL, '<Module>');
    const [status, detail] = await told(SPEC_URL);
    assert.equal(status, 422);
    assert.match(detail, /XML/);
    assert.deepEqual(await told('weather.xml'), [
      422,
      'Enter the address of a gadget spec, such as https://example.com/clock.xml.',
    ]);
    assert.deepEqual(await told('https://none.example/x.xml'), [
      502,
      'https://none.example/x.xml answered with status 404; there is no spec at that address.',
    ]);
  });

  it('of this installation itself are hidden and put back', async () => {
    const { body } = await world.call('PATCH', '/own-gadgets/links', { body: { isHidden: true } });
    assert.deepEqual(body, { name: 'links', title: 'Own links', isHidden: true });
    assert.equal((await world.call('GET', '/gadgets?search=links')).body.items[0].isHidden, true);
    await world.call('PATCH', '/own-gadgets/links', { body: { isHidden: false } });
    const none = await world.call('PATCH', '/own-gadgets/none', { body: { isHidden: true } });
    assert.equal(none.status, 404);
  });

  it('come by feeds: looked at, subscribed to, read again, let go', async () => {
    const baseUrl = 'https://tracker.example';
    const specUrl = `${baseUrl}/issues.xml`;
    const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Tracker</title>
<entry><link href="${specUrl}"/></entry></feed>`;
    world.published.at.set(`${baseUrl}/rest/gadgets/1.0/g/feed`, feed);
    world.published.at.set(specUrl, specOf('Issues'));
    const look = () => world.call('POST', '/gadget-feeds/preview', { body: { baseUrl } });
    const first = await look();
    world.published.at.set(specUrl, specOf('Issues, changed'));
    const stale = { baseUrl, digest: first.body.digest };
    assert.equal((await world.call('POST', '/gadget-feeds', { body: stale })).status, 412);
    world.published.at.set(specUrl, specOf('Issues'));
    const seen = await look();
    assert.deepEqual([seen.body.name, seen.body.gadgets[0].title], ['Tracker', 'Issues']);
    assert.deepEqual(await world.storage.gadgetFeeds.list(), []);
    const body = { baseUrl, digest: seen.body.digest };
    const made = await world.call('POST', '/gadget-feeds', { body });
    assert.deepEqual([made.status, made.body.added], [201, [specUrl]]);
    assert.equal((await world.call('POST', '/gadget-feeds', { body })).status, 409);
    const path = `/gadget-feeds/${made.body.feed.id}`;
    world.published.at.set(specUrl, specOf('Issues 2'));
    assert.deepEqual((await world.call('POST', `${path}/refresh`)).body.updated, [specUrl]);
    world.published.at.set(`${baseUrl}/rest/gadgets/1.0/g/feed`, 'gone');
    const failed = await world.call('POST', `${path}/refresh`);
    assert.equal(failed.status, 502);
    assert.equal((await world.call('GET', path)).body.trouble, failed.body.detail);
    assert.equal((await world.call('DELETE', path, { headers: { 'if-match': '"x"' } })).status, 412);
    assert.equal((await world.call('DELETE', path)).status, 204);
    assert.equal(await world.storage.gadgets.find(specUrl), null);
    const own = await world.call('POST', '/gadget-feeds', { body: { ...body, baseUrl: PUBLIC_URL } });
    assert.deepEqual([own.status, own.body.mistakes[0].code], [422, 'own-feed']);
  });
});

describe('the system default dashboard, through the REST API', () => {
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld();
  });
  after(() => world.close());
  const path = '/dashboards/default';

  it('is changed on the state that was seen, the one that came with the installation too', async () => {
    const first = await world.call('GET', path);
    assert.equal(first.body.updatedAt, null);
    const headers = { 'if-match': first.headers.get('etag') ?? '' };
    const named = await world.call('PATCH', path, { body: { name: 'Start', layout: 'AA' }, headers });
    assert.deepEqual([named.body.name, named.body.layout], ['Start', 'AA']);
    assert.equal((await world.call('PATCH', path, { body: { name: 'Late' }, headers })).status, 412);
    const wrong = await world.call('PATCH', path, { body: { layout: 'B' } });
    assert.deepEqual([wrong.status, wrong.body.mistakes[0].pointer], [422, '/layout']);
  });

  it('holds gadgets of the directory, moved, coloured, doubled and taken away', async () => {
    const { body: before } = await world.call('GET', path);
    for (const { id } of before.gadgets) await world.call('DELETE', `${path}/gadgets/${id}`);
    const specUrl = 'https://wiki.example/rest/gadgets/1.0/g/links.xml';
    const [one] = (await world.call('POST', `${path}/gadgets`, { body: { specUrl } })).body.gadgets;
    assert.equal(one.specUrl, specUrl);
    const at = `${path}/gadgets/${one.id}`;
    const changes = { color: 'red', title: 'Links', refreshSeconds: 60, preferences: { n: '3' } };
    const [changed] = (await world.call('PATCH', at, { body: changes })).body.gadgets;
    assert.deepEqual([changed.color, changed.title, changed.preferences.n], ['red', 'Links', '3']);
    const [plain] = (await world.call('PATCH', at, { body: { title: null } })).body.gadgets;
    assert.equal(plain.title, null);
    const [moved] = (await world.call('POST', `${at}/move`, { body: { column: 1 } })).body.gadgets;
    assert.equal(moved.column, 1);
    assert.equal((await world.call('POST', `${at}/move`, { body: { column: 2 } })).status, 422);
    assert.equal((await world.call('POST', `${at}/duplicate`)).body.gadgets.length, 2);
    assert.equal((await world.call('DELETE', at)).body.gadgets.length, 1);
    assert.equal((await world.call('DELETE', at)).status, 404);
  });
});
