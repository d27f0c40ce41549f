import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { KEY_PAIR, OTHER_KEY_PAIR } from '../../test/support/administration-world.ts';
import { type ApiWorld, createApiWorld } from '../../test/support/api-world.ts';
import { BEGINNINGS_A_MINUTE } from '../consumer/index.ts';
import { writeConsumerInformation } from '../web/index.ts';

const informationWith = ({ publicKey }: { publicKey: string }) =>
  writeConsumerInformation({
    key: 'wiki:1',
    name: 'Wiki',
    description: '',
    publicKey: publicKey.replaceAll(/-----.*-----|\n/g, ''),
    callback: null,
  });

describe('what another server says, through the REST API', () => {
  const baseUrl = 'https://wiki.example.com';
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld();
  });
  after(() => world.close());

  it('is taken as it was looked at, or not at all', async () => {
    world.published.xml = informationWith(KEY_PAIR);
    const { body } = await world.call('POST', '/links/preview', { body: { baseUrl: `${baseUrl}/` } });
    assert.deepEqual([body.baseUrl, body.key, body.publicKey.bits], [baseUrl, 'wiki:1', 2048]);
    const { digest } = body;
    world.published.xml = informationWith(OTHER_KEY_PAIR);
    for (const path of ['/consumers', '/links']) {
      assert.equal((await world.call('POST', path, { body: { baseUrl, digest } })).status, 412, path);
    }
    assert.equal((await world.call('GET', '/consumers')).body.total, 0);
    world.published.xml = informationWith(KEY_PAIR);
    assert.equal((await world.call('POST', '/links', { body: { baseUrl, digest } })).status, 201);
  });

  it('tells the key that a consumer has now, which it then rotates to', async () => {
    const fetchKey = () => world.call('POST', '/consumers/wiki%3A1/fetch-key');
    assert.deepEqual((await fetchKey()).body, { isNew: false, publicKey: null });
    world.published.xml = informationWith(OTHER_KEY_PAIR);
    const { isNew, publicKey } = (await fetchKey()).body;
    assert.equal(isNew, true);
    const body = { credential: { publicKey: publicKey.pem } };
    const rotated = await world.call('POST', '/consumers/wiki%3A1/rotate', { body });
    assert.equal(rotated.body.consumer.credential.fingerprint, publicKey.fingerprint);
  });

  it('that is no installation is a problem of the other server’s', async () => {
    world.published.xml = '<html/>';
    for (const path of ['/links/preview', '/links', '/consumers'])
      assert.equal((await world.call('POST', path, { body: { baseUrl } })).status, 502, path);
  });

  it('tests a service provider, notes how it ended, and does not do so without end', async () => {
    const test = () => world.call('POST', '/service-providers/Wiki/test');
    const { status, body } = await test();
    assert.deepEqual([status, body.verdict], [200, 'failure']);
    assert.equal(body.steps.at(-1).step, 'request-token');
    const { items } = (await world.call('GET', '/audit?action=service-provider.test')).body;
    assert.deepEqual([items[0].actor, items[0].object], ['root', 'Wiki']);
    for (let count = 1; count < BEGINNINGS_A_MINUTE; count += 1) await test();
    const limited = await test();
    assert.deepEqual([limited.status, limited.headers.get('retry-after')], [429, '60']);
  });

  it('lists the presets, and what ends soon', async () => {
    const { items } = (await world.call('GET', '/service-provider-presets')).body;
    const jira = items.find(({ id }: { id: string }) => id === 'jira');
    assert.deepEqual([jira.ownKey, jira.placeholders], [true, ['base']]);
    const { body } = await world.call('GET', '/ending');
    assert.deepEqual(
      body.items.map(({ kind, id }: { kind: string; id: string }) => [kind, id]),
      [['consumer-credential', 'wiki:1']],
    );
  });
});
