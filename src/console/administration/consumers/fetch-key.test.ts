import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../../../test/support/administration-pages.ts';
import { KEY_PAIR, OTHER_KEY_PAIR } from '../../../../test/support/administration-world.ts';
import { readForms, readText } from '../../../../test/support/html-page.ts';
import { findConsumer, registerConsumer } from '../../../administration/index.ts';

const AT = '/oauth/admin/consumers';
const FETCH = `${AT}/fetch-key?key=wiki%3A1`;

let world: AdministrationPagesWorld;
beforeEach(async () => {
  world = await openAdministration();
  const credential = { kind: 'public-key', text: KEY_PAIR.publicKey } as const;
  const wiki = { key: 'wiki:1', name: 'Wiki', credential, baseUrl: 'https://wiki.example' };
  await registerConsumer(world.context, wiki, 'root');
  await registerConsumer(world.context, { key: 'hand', name: 'Hand', credential }, 'root');
});

function publish(pem: string, key = 'wiki:1'): void {
  const spki = pem.replace(/-----[^-]+-----|\s/gu, '');
  const body = `<?xml version="1.0" encoding="UTF-8"?><consumer><key>${key}</key><name>Wiki</name><publicKey>${spki}</publicKey></consumer>`;
  world.answer(() => ({ body }));
}

const textOf = async (answer: Response) => readText(await answer.text());

describe('fetching the new key of a consumer', () => {
  it('is offered where it was registered by its base URL', async () => {
    assert.match(await textOf(await world.root.get(`${AT}/view?key=wiki%3A1`)), /Fetch its new key/u);
    assert.doesNotMatch(await textOf(await world.root.get(`${AT}/view?key=hand`)), /Fetch its new key/u);
    assert.equal((await world.root.post(`${AT}/fetch-key?key=hand`, {})).status, 422);
    assert.deepEqual(world.fetched, []);
  });

  it('shows the key in the form that rotates, and stores exactly that beside the old one', async () => {
    publish(OTHER_KEY_PAIR.publicKey);
    const html = await (await world.root.post(FETCH, {})).text();
    assert.match(readText(html), /https:\/\/wiki\.example publishes this key now, SHA-256 [0-9a-f]{64}/u);
    assert.equal((await findConsumer(world.context, 'wiki:1')).retiring, null);
    publish(KEY_PAIR.publicKey);
    const form = readForms(html).find(({ action }) => action === `${AT}/rotate?key=wiki%3A1`)!;
    assert.equal((await world.root.post(form.action, Object.fromEntries(form.fields))).status, 303);
    const { credential, retiring } = await findConsumer(world.context, 'wiki:1');
    const spkiOf = (pem: string) => pem.replace(/-----[^-]+-----|\s/gu, '');
    assert.equal(credential.kind === 'public-key' && credential.spki, spkiOf(OTHER_KEY_PAIR.publicKey));
    const old = retiring?.credential;
    assert.equal(old?.kind === 'public-key' && old.spki, spkiOf(KEY_PAIR.publicKey));
    assert.deepEqual(world.fetched, ['https://wiki.example/plugins/servlet/oauth/consumer-info']);
  });

  it('says so when nothing changed', async () => {
    publish(KEY_PAIR.publicKey);
    const answer = await world.root.post(FETCH, {});
    const page = await textOf(await world.root.get(answer.headers.get('location')!));
    assert.match(page, /still publishes the key that is registered\. Nothing changed/u);
  });

  it('refuses another consumer key, a private key, and what could not be fetched', async () => {
    publish(OTHER_KEY_PAIR.publicKey, 'evil:1');
    assert.match(
      await textOf(await world.root.post(FETCH, {})),
      /belongs to "evil:1", another consumer key/u,
    );
    publish(KEY_PAIR.privateKey);
    const page = await (await world.root.post(FETCH, {})).text();
    assert.match(readText(page), /private key/u);
    assert.ok(!page.includes(KEY_PAIR.privateKey.split('\n')[2]!));
    world.answer(() => ({ status: 503 }));
    const failed = await world.root.post(FETCH, {});
    assert.equal(failed.status, 422);
    assert.match(await textOf(failed), /answered with status 503/u);
    assert.equal((await findConsumer(world.context, 'wiki:1')).retiring, null);
  });
});
