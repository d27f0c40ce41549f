import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../../../test/support/administration-pages.ts';
import { KEY_PAIR, OTHER_KEY_PAIR } from '../../../../test/support/administration-world.ts';
import { readForms, readText } from '../../../../test/support/html-page.ts';

const PATH = '/oauth/admin/links';
const WIKI = 'https://wiki.example';

let world: AdministrationPagesWorld;
beforeEach(async () => {
  world = await openAdministration();
  publish(KEY_PAIR.publicKey);
});

function publish(pem: string, key = 'wiki:1'): void {
  const spki = pem.replace(/-----[^-]+-----|\s/gu, '');
  const body = `<?xml version="1.0" encoding="UTF-8"?><consumer><key>${key}</key><name>Wiki</name><publicKey>${spki}</publicKey><description>Pages</description></consumer>`;
  world.answer(() => ({ body }));
}

async function preview(): Promise<string> {
  return (await world.root.post(`${PATH}/add`, { baseUrl: `${WIKI}/` })).text();
}

async function confirm(changes: Record<string, string> = {}): Promise<Response> {
  const form = readForms(await preview()).find(({ action }) => action === `${PATH}/confirm`)!;
  return world.root.post(`${PATH}/confirm`, {
    ...Object.fromEntries(form.fields),
    direction: 'both',
    ...changes,
  });
}

const textOf = async (path: string) => readText(await (await world.root.get(path)).text());

describe('linking an installation in the console', () => {
  it('shows what it says about itself, and stores exactly that', async () => {
    assert.match(
      readText(await preview()),
      /Link Wiki\?.*wiki:1.*SHA-256 fingerprint.*Tracker may read Wiki’s data/u,
    );
    const form = readForms(await preview()).find(({ action }) => action === `${PATH}/confirm`)!;
    world.answer(() => {
      throw new Error('fetched a second time');
    });
    const done = await world.root.post(`${PATH}/confirm`, Object.fromEntries(form.fields));
    assert.equal(done.status, 303);
    assert.equal((await world.context.storage.consumers.find('wiki:1'))?.name, 'Wiki');
    assert.match(
      await textOf(done.headers.get('location')!),
      /do the same on their side, with the base URL https:\/\/tracker\.example/u,
    );
  });

  it('shows the relation on both records, in words', async () => {
    await confirm();
    for (const page of ['service-providers/view?name=Wiki', 'consumers/view?key=wiki%3A1']) {
      assert.match(
        await textOf(`/oauth/admin/${page}`),
        /Wiki may read Tracker’s data on behalf of users who approve\. Tracker may read Wiki’s data on behalf of users who approve there\..*not tested yet/u,
      );
    }
  });

  it('opens one direction only where that is chosen, and offers the other', async () => {
    await confirm({ direction: 'outgoing' });
    assert.equal(await world.context.storage.consumers.find('wiki:1'), null);
    const page = await textOf('/oauth/admin/service-providers/view?name=Wiki');
    assert.match(page, /As a consumer not open here.*Open the other direction/u);
  });

  it('takes another key only when its administrators have confirmed it', async () => {
    await confirm();
    publish(OTHER_KEY_PAIR.publicKey);
    assert.match(readText(await preview()), /Its key is another one than the registered one/u);
    assert.equal((await confirm()).status, 422);
    assert.equal((await confirm({ acceptsNewKey: 'yes' })).status, 303);
    assert.ok((await world.context.storage.consumers.find('wiki:1'))?.retiring);
  });

  it('refuses a private key, and never shows it', async () => {
    publish(KEY_PAIR.privateKey);
    const page = await preview();
    assert.match(readText(page), /private key/u);
    assert.ok(!page.includes(KEY_PAIR.privateKey.split('\n')[2]!));
  });

  it('refuses itself', async () => {
    publish(KEY_PAIR.publicKey, (await world.context.storage.installation.read())!.consumerKey);
    assert.match(readText(await preview()), /that is this installation itself/u);
  });

  it('ends after saying for how many users', async () => {
    await confirm();
    const path = `${PATH}/remove?url=${encodeURIComponent(WIKI)}`;
    assert.match(await textOf(path), /The consumer “Wiki” is removed; nobody has approved it/u);
    assert.equal((await world.root.post(path, {})).status, 303);
    assert.equal(await world.context.storage.consumers.find('wiki:1'), null);
    assert.equal(await world.context.storage.serviceProviders.find('Wiki'), null);
    assert.equal((await world.root.get(path)).status, 404);
  });
});
