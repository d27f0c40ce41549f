import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../../../test/support/administration-pages.ts';
import { KEY_PAIR } from '../../../../test/support/administration-world.ts';
import { readText } from '../../../../test/support/html-page.ts';
import { aConsumer, anEvent } from '../../../../test/support/records.ts';
import { registerConsumer, type UsageReport } from '../../../administration/index.ts';
import { nowSeconds } from '../../../base/index.ts';
import { dayOf, type UsageCount, type UsageLeaders } from '../../../model/index.ts';
import { barsOf, niceTop } from './picture.ts';

const PATH = '/oauth/admin/usage';

describe('the usage page', () => {
  let world: AdministrationPagesWorld;
  let now: number;
  beforeEach(async () => {
    world = await openAdministration();
    now = nowSeconds(world.context.clock);
    for (const [key, name] of [
      ['=wiki', 'Wiki <1>'],
      ['cli', 'Command line'],
    ] as const) {
      const credential = { kind: 'public-key', text: KEY_PAIR.publicKey } as const;
      await registerConsumer(world.context, { key, name, credential }, 'root');
    }
  });

  const textOf = async (path: string) => readText(await (await world.root.get(path)).text());
  const use = (fields: Partial<UsageCount> = {}) =>
    world.context.storage.usage.add([
      {
        consumerKey: '=wiki',
        day: dayOf(now),
        method: 'RSA-SHA1',
        version: '1.0a',
        requests: 1,
        lastAt: now,
        ...fields,
      },
    ]);

  it('says what to expect while nothing was counted', async () => {
    assert.match(await textOf(PATH), /No request was accepted yet/u);
    assert.match(await textOf(`${PATH}?days=90`), /No accepted request in this time/u);
  });

  it('draws a picture with a title, a description and the same numbers as a table', async () => {
    await use({ requests: 1234 });
    await use({ consumerKey: 'cli', method: 'HMAC-SHA256', requests: 6 });
    const html = await (await world.root.get(PATH)).text();
    assert.match(html, /<svg role="img" aria-labelledby="usage-title usage-text"/u);
    assert.match(html, /<rect class="usage-bar is-hmac-sha256" x="291" y="[\d.]+" width="8"/u);
    assert.match(html, /<desc id="usage-text">1,240 requests from .+ most on one day: 1,240/u);
    assert.match(readText(html), /Day \(UTC\) RSA-SHA1 HMAC-SHA256 All .+ 1,234 6 1,240/u);
  });

  it('says who would break without each old way, how often and when last', async () => {
    await use({ requests: 20, lastAt: now - 7200 });
    await use({ consumerKey: 'cli', method: 'HMAC-SHA256', version: '1.0', requests: 3 });
    const text = await textOf(PATH);
    assert.match(text, /SHA-1 in signatures 1 .+ Wiki <1> =wiki 20 2 hours ago/u);
    assert.match(text, /OAuth 1\.0 of 2007 1 .+ Command line cli 3 now/u);
    assert.match(text, /Nobody used PLAINTEXT in this time/u);
  });

  it('names the largest of many who would break, says which these are, and counts the others', async () => {
    const { consumers, usage } = world.context.storage;
    const keys = Array.from({ length: 27 }, (_, index) => `client-${index}`);
    const counts = keys.map((consumerKey, index) => {
      const count = { method: 'HMAC-SHA1', version: '1.0a', lastAt: now } as const;
      return { ...count, consumerKey, day: dayOf(now), requests: 1 + index };
    });
    for (const key of keys) await consumers.add(aConsumer({ key, name: key }), anEvent());
    await usage.add(counts);
    // Ever one of the largest, and so still among those that are named, where it belongs by what it did in this time.
    await usage.add([{ ...counts[2]!, day: dayOf(now) - 300, requests: 1000 }]);
    const text = await textOf(PATH);
    assert.match(text, /SHA-1 in signatures 27 .+ client-26 client-26 27 now .+ client-2 client-2 3 now/u);
    assert.match(
      text,
      /2 more consumers are in the download\. Shown are those that made the most such requests in the last 400 days/u,
    );
    assert.doesNotMatch(text, /client-[01] /u);
  });

  it('says of very many that there are more than a thousand', async () => {
    const { usage } = world.context.storage;
    const read = usage.leaders;
    const leaders = async (query: UsageLeaders) => ({ ...(await read(query)), total: query.countUpTo });
    await use();
    Object.assign(usage, { leaders });
    const text = await textOf(PATH);
    assert.match(text, /SHA-1 in signatures more than 1,000/u);
    assert.match(text, /More than 1,000 consumers used it; all are in the download/u);
  });

  it('shows one consumer, and a longer time, where that is asked for', async () => {
    await use();
    await use({ consumerKey: 'cli', method: 'PLAINTEXT', day: dayOf(now) - 60, lastAt: now - 60 * 86_400 });
    assert.doesNotMatch(await textOf(PATH), /Command line/u);
    assert.match(await textOf(`${PATH}?days=90`), /PLAINTEXT 1 .+ Command line/u);
    assert.doesNotMatch(await textOf(`${PATH}?days=90&consumer=%3Dwiki`), /Command line/u);
    assert.match(
      await (await world.root.get('/oauth/admin/consumers/view?key=cli')).text(),
      /href="\/oauth\/admin\/usage\?consumer=cli"/u,
    );
  });

  it('names the one consumer whose numbers it shows, or says that there is none', async () => {
    await use();
    const path = `${PATH}?consumer=%3Dwiki`;
    assert.match(await textOf(path), /Only requests of Wiki <1>/u);
    assert.match(await (await world.root.get(path)).text(), /view\?key=%3Dwiki">Wiki &lt;1&gt;<\/a>/u);
    assert.match(
      await textOf(`${PATH}?consumer=gone`),
      /No consumer is registered under this key\. No accepted/u,
    );
    assert.doesNotMatch(await textOf(PATH), /Only requests of/u);
  });

  it('is downloaded as CSV, without formulas', async () => {
    await use({ requests: 7 });
    const answer = await world.root.get(`${PATH}/usage.csv?days=30`);
    assert.match(answer.headers.get('content-disposition')!, /attachment/u);
    const lines = (await answer.text()).trim().split('\r\n');
    const time = new Date(now * 1000).toISOString();
    assert.deepEqual(lines, [
      'day,consumer,method,version,requests,last',
      `${time.slice(0, 10)},'=wiki,RSA-SHA1,1.0a,7,${time}`,
    ]);
  });
});

describe('the picture of the usage', () => {
  it('stacks the methods of a day without gap or overlap, the old ones lowest', () => {
    const report = {
      fromDay: 100,
      methods: ['PLAINTEXT', 'HMAC-SHA256'],
      perDay: [
        { day: 101, method: 'HMAC-SHA256', requests: 5 },
        { day: 101, method: 'PLAINTEXT', requests: 5 },
      ],
    } as unknown as UsageReport;
    assert.deepEqual(barsOf(report, 10), [
      { method: 'PLAINTEXT', x: 11, y: 100, height: 100 },
      { method: 'HMAC-SHA256', x: 11, y: 0, height: 100 },
    ]);
  });

  it('ends its scale at a round number that is not below the most', () => {
    assert.deepEqual([1, 2, 7, 10, 11, 15, 601, 1040].map(niceTop), [1, 2, 8, 10, 12, 16, 800, 1200]);
  });
});
