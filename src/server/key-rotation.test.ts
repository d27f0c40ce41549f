import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { type ConsumerWorld, createConsumerWorld, TRACKER } from '../../test/support/consumer-world.ts';
import {
  findConsumer,
  forgetOldKey,
  keyPublishedNow,
  rotateConsumer,
  rotateInstallationKey,
} from '../administration/index.ts';
import { signedFetch } from '../consumer/index.ts';
import { type Connection, publishedKey } from '../model/index.ts';
import { readConsumerInformation, writeConsumerInformation } from '../web/index.ts';

const DAY = 86_400;

let world: ConsumerWorld;
let connection: Connection;
beforeEach(async () => {
  world = await createConsumerWorld();
  connection = await world.connect();
});

/** Wiki's side, as its administrator has it. */
const wiki = () => ({ ...world.context, storage: world.storage });

/** Wiki rotates its own key. */
const rotateWiki = (overlapSeconds: number) =>
  rotateInstallationKey(wiki(), { overlapSeconds, modulusBits: 2048 }, 'root');

/** Tracker's administrator fetches what Wiki publishes now. */
async function trackerFetches(): Promise<void> {
  const { context } = world.provider;
  const us = (await world.storage.installation.read())!;
  const { consumerKey: key, name, description, callback } = us;
  const published = { key, name, description, callback, publicKey: publishedKey(us) };
  const information = readConsumerInformation(writeConsumerInformation(published));
  const consumer = await findConsumer(context, 'wiki');
  const { pem } = keyPublishedNow(context, consumer, information)!;
  await rotateConsumer(context, 'wiki', { credential: { kind: 'public-key', text: pem } }, 'root');
}

/** What Tracker answers to a request that Wiki signs now. */
async function statusOfRequest(): Promise<number> {
  const request = { method: 'GET', url: `${TRACKER}/rest/issues` };
  const { status } = await signedFetch(world.context, { kind: 'user', connection }, request);
  return status;
}

describe('rotation with overlap on both sides', () => {
  it('lets every request be verified, before and after the takeover and after both overlaps', async () => {
    await rotateWiki(2 * DAY);
    assert.equal(await statusOfRequest(), 200);
    world.provider.clock.advance(DAY);
    await trackerFetches();
    assert.equal(await statusOfRequest(), 200);
    world.provider.clock.advance(DAY - 1);
    assert.equal(await statusOfRequest(), 200);
    world.provider.clock.advance(1);
    assert.equal(await statusOfRequest(), 200);
    assert.equal(await forgetOldKey(wiki()), true);
    assert.equal(await statusOfRequest(), 200);
    world.provider.clock.advance(3 * DAY);
    assert.equal(await statusOfRequest(), 200);
  });

  it('signs with the next key from the takeover on, which who has not fetched it refuses', async () => {
    await rotateWiki(2 * DAY);
    world.provider.clock.advance(2 * DAY - 1);
    assert.equal(await statusOfRequest(), 200);
    world.provider.clock.advance(1);
    assert.equal(await statusOfRequest(), 401);
    await trackerFetches();
    assert.equal(await statusOfRequest(), 200);
  });

  it('lets the next key sign at once where that is asked for', async () => {
    await rotateWiki(0);
    assert.equal(await statusOfRequest(), 401);
    await trackerFetches();
    assert.equal(await statusOfRequest(), 200);
  });
});
