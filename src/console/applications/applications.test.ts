import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../../test/support/administration-pages.ts';
import { readText } from '../../../test/support/html-page.ts';
import type { PageBrowser } from '../../../test/support/pages-world.ts';
import { aConsumer, anEvent, aRefusal } from '../../../test/support/records.ts';
import { nowSeconds, Secret } from '../../base/index.ts';
import { dayOf, packRefusal, unpackRefusal } from '../../model/index.ts';
import { signRequest } from '../../oauth/index.ts';
import { differingPlaceholders } from '../../web/index.ts';
import { applicationMessages } from './messages.ts';

const SECRET = 'CANARY-consumer-secret';
const HOST = 'tracker.example';
const LIST = '/oauth/users/applications';
const BOUNDS = { perConsumer: 50, inAll: 1000 };

describe('the pages of one’s applications', () => {
  let world: AdministrationPagesWorld;
  let alice: PageBrowser;
  let bob: PageBrowser;
  beforeEach(async () => {
    world = await openAdministration();
    const { consumers } = world.context.storage;
    const credential = { kind: 'shared-secret', secret: new Secret(SECRET) } as const;
    const twoLegged = { allowed: true, executeAs: null, mayImpersonate: false };
    const createdAt = now() - 600;
    const same = { credential, twoLegged, createdAt };
    await consumers.add(aConsumer({ ...same, key: 'hers', name: 'Hers & <b>', owner: 'alice' }), anEvent());
    await consumers.add(aConsumer({ ...same, key: 'his', name: 'His own', owner: 'bob' }), anEvent());
    await consumers.add(aConsumer({ ...same, key: 'free', name: 'Nobody’s' }), anEvent());
    [alice, bob] = [world.browser(), world.browser()];
    await alice.logIn('alice');
    await bob.logIn('bob');
  });

  const now = () => nowSeconds(world.context.clock);

  async function refuse(consumerKey: string, requestId: string, at = now()): Promise<void> {
    const key = { kind: 'shared-secret', consumerSecret: SECRET, tokenSecret: '' } as const;
    const url = `http://${HOST}/rest/issues?password=CANARY`;
    const signed = signRequest({
      method: 'GET',
      url,
      consumerKey,
      signatureMethod: 'HMAC-SHA1',
      key,
      timestamp: at,
      nonce: randomUUID(),
    });
    const request = packRefusal({
      ...unpackRefusal(aRefusal('any')),
      baseUri: `https://${HOST}/rest/issues`,
      publicUrl: `https://${HOST}`,
      query: 'password=CANARY',
      target: '/rest/issues?password=CANARY',
      localPath: '/rest/issues',
      authorization: [signed.authorization ?? ''],
      contentType: [],
      body: new Uint8Array(),
      host: HOST,
    });
    await world.context.storage.refusals.add(
      [aRefusal(requestId, { at, request, consumerKey, path: `/of-${consumerKey}` })],
      BOUNDS,
    );
  }

  async function read(browser: PageBrowser, path: string, status = 200): Promise<string> {
    const answer = await browser.get(path);
    assert.equal(answer.status, status);
    return answer.text();
  }

  it('list one’s own only, with what was accepted and refused', async () => {
    await refuse('hers', 'r-hers');
    const kind = { consumerKey: 'hers', method: 'HMAC-SHA1', version: '1.0a' } as const;
    await world.context.storage.usage.add([{ ...kind, day: dayOf(now()), requests: 4321, lastAt: now() }]);
    const page = await read(alice, LIST);
    assert.match(readText(page), /Hers & <b> hers 4,321 1/);
    assert.doesNotMatch(page, /His own|Nobody’s|<b>/);
    assert.match(readText(await read(world.root, LIST)), /You answer for no application/);
  });

  it('show the owner which requests were refused, and why, and no secret', async () => {
    await refuse('hers', 'r-hers');
    const page = await read(alice, `${LIST}/view?key=hers`);
    assert.match(readText(page), /\/of-hers/);
    assert.match(page, /refusal\?id=r-hers/);
    const explained = await read(alice, `${LIST}/refusal?id=r-hers`);
    assert.match(readText(explained), /Signed with http, this server is reached by https/);
    assert.doesNotMatch(page + explained, /CANARY|\/oauth\/admin/);
    assert.match(readText(await read(alice, `${LIST}/refusal?id=r-hers&lang=ja`)), /マイアプリケーション/);
  });

  it('say the same of somebody else’s as of what never was, to administrators too', async () => {
    await refuse('his', 'r-his');
    await refuse('free', 'r-free');
    const textOf = async (browser: PageBrowser, path: string) => readText(await read(browser, path, 404));
    for (const browser of [alice, world.root]) {
      const nothing = await textOf(browser, `${LIST}/view?key=never`);
      for (const key of ['his', 'free', '', 'HIS']) {
        assert.equal(await textOf(browser, `${LIST}/view?key=${key}`), nothing);
      }
      const noRefusal = await textOf(browser, `${LIST}/refusal?id=never`);
      for (const id of ['r-his', 'r-free', '']) {
        assert.equal(await textOf(browser, `${LIST}/refusal?id=${id}`), noRefusal);
      }
    }
    await read(bob, `${LIST}/refusal?id=r-his`);
  });

  it('show the owner a program in their language, with the key and the address, and no secret', async () => {
    const page = await read(alice, `${LIST}/quickstart?key=hers&language=ruby`);
    assert.match(readText(page), /gem install oauth/);
    assert.match(readText(page), /'hers', ENV\.fetch\('CONSUMER_SECRET'\), signature_method: 'HMAC-SHA1'/);
    assert.match(readText(page), /url = 'https:\/\/[a-z.]+'/);
    assert.doesNotMatch(page, /CANARY/);
    const japanese = readText(await read(alice, `${LIST}/quickstart?key=hers&language=ruby&lang=ja`));
    assert.match(japanese, /クイックスタート.*quickstart\.rb として保存します/);
    await read(alice, `${LIST}/quickstart?key=his`, 404);
    const administrators = await world.root.get('/oauth/admin/consumers/quickstart?key=his');
    assert.match(readText(await administrators.text()), /url='https:\/\/[a-z.]+' key='his'/);
  });

  it('keep from a new owner what an earlier consumer of the same key sent', async () => {
    await refuse('hers', 'r-before', now() - 3600);
    assert.doesNotMatch(await read(alice, `${LIST}/view?key=hers`), /r-before/);
    await read(alice, `${LIST}/refusal?id=r-before`, 404);
  });

  it('end with the ownership, at once', async () => {
    await refuse('hers', 'r-hers');
    const { consumers } = world.context.storage;
    const hers = (await consumers.find('hers'))!;
    await consumers.update({ ...hers, owner: 'bob', updatedAt: now() + 9 }, hers.updatedAt, anEvent());
    await read(alice, `${LIST}/view?key=hers`, 404);
    await read(alice, `${LIST}/refusal?id=r-hers`, 404);
    await read(bob, `${LIST}/refusal?id=r-hers`);
  });

  it('give so many explanations a minute', async () => {
    await refuse('hers', 'r-hers');
    const { attempts } = world.context.storage;
    for (let n = 0; n < 60; n += 1) await attempts.count('explain:alice', now(), 60);
    await read(alice, `${LIST}/refusal?id=r-hers`, 429);
  });

  it('are set in the consumer’s form, which knows who exists', async () => {
    const page = readText(await read(world.root, '/oauth/admin/consumers/view?key=hers'));
    assert.match(page, /Owner alice/);
    const edit = await read(world.root, '/oauth/admin/consumers/edit?key=hers');
    const updatedAt = /name="updatedAt" value="(\d+)"/.exec(edit)?.[1] ?? '';
    const fields = { name: 'Hers', description: '', updatedAt };
    const path = '/oauth/admin/consumers/edit?key=hers';
    const refused = await world.root.post(path, { ...fields, owner: 'nobody-here' });
    assert.equal(refused.status, 422);
    assert.match(readText(await refused.text()), /Owner: there is no user "nobody-here"/);
    assert.equal((await world.root.post(path, { ...fields, owner: 'ALICE' })).status, 303);
    assert.equal((await world.context.storage.consumers.find('hers'))?.owner, 'alice');
  });

  it('say everything in Japanese as well', () => {
    assert.deepEqual(differingPlaceholders(applicationMessages.en, applicationMessages.ja), []);
  });
});
