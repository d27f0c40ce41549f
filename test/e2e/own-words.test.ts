import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible } from './browser.ts';
import { openStage, type Stage } from './stage.ts';

const LIST = '/oauth/admin/consumers';
const AUDIT = '/oauth/admin/audit';
const NARROW = { width: 390, height: 844 };
const TABLET = { width: 768, height: 1024 };
const WIDE = { width: 1280, height: 800 };

let stage: Stage;
before(async () => {
  stage = await openStage(['alice']);
});
after(() => stage?.close());

/** Names and descriptions as people write them, and lists that hold them. */
describe('people’s own words', () => {
  let page: Page;

  before(async () => {
    const add = (key: string, name: string, description: string) =>
      stage.installation.command(
        ['consumer', 'add', '--key', key, '--name', name, '--description', description, '--generate-secret'],
        '',
      );
    await add('lines', 'Lines', 'The first line.\nThe second one.\nThe third and last one.');
    await add('calendar', 'לוח שנה!', 'מציג תאריכי יעד.');
    await add('unbroken', 'W'.repeat(200), 'M'.repeat(400));
    page = await stage.signedIn('root');
  });

  const open = (path: string) => page.goto(stage.installation.url + path);
  const widerThanWindow = () => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');

  /** Whether the last character of an element stands left of its first. */
  const runsToTheLeft = (selector: string) =>
    page.evaluate<boolean>(`(() => {
      const text = document.querySelector('${selector}').firstChild;
      const range = document.createRange();
      const left = (from) => {
        range.setStart(text, from);
        range.setEnd(text, from + 1);
        return range.getBoundingClientRect().left;
      };
      return left(text.length - 1) < left(0);
    })()`);

  it('are quoted on all their lines', async () => {
    await open(`${LIST}/view?key=lines`);
    const [height = 0, line = 0] = await page.evaluate<number[]>(`(() => {
      const quoted = document.querySelector('.own-words');
      return [quoted.offsetHeight, parseFloat(getComputedStyle(quoted).lineHeight)];
    })()`);
    assert.ok(height > 2.9 * line, `${height} of lines of ${line}`);
    await assertAccessible(page);
  });

  it('run from right to left with what ends them, wherever they stand', async () => {
    await open(`${LIST}/view?key=calendar`);
    for (const selector of ['h1', '.own-words']) assert.ok(await runsToTheLeft(selector), selector);
    await open(LIST);
    for (const part of ['.is-name a', '.description'])
      assert.ok(await runsToTheLeft(`tr:has(input[value=calendar]) ${part}`), part);
  });

  it('make no page wider than its window, however long a word is', async () => {
    for (const size of [NARROW, TABLET, WIDE]) {
      await page.setViewportSize(size);
      for (const path of [LIST, `${LIST}/view?key=unbroken`, `${LIST}/edit?key=unbroken`, AUDIT]) {
        await open(path);
        assert.ok((await widerThanWindow()) <= 0, `${path} at ${size.width}`);
      }
    }
  });
});

describe('lists on a telephone', () => {
  for (const locale of ['en-GB', 'ja-JP']) {
    it(`say what they are before what can be done, and all of what the search looks for (${locale})`, async () => {
      const page = await stage.signedIn('root', locale);
      await page.setViewportSize(NARROW);
      for (const path of [
        LIST,
        '/oauth/admin/users',
        '/oauth/admin/service-providers',
        '/oauth/admin/tokens',
      ]) {
        await page.goto(stage.installation.url + path);
        const top = async (selector: string) => (await page.locator(selector).boundingBox())?.y ?? 0;
        const action = page.locator('.heading-action');
        if ((await action.count()) > 0)
          assert.ok((await top('.heading-action')) > (await top('.lead')), path);
        if ((await page.locator('#q').count()) === 0) continue;
        const isRead = await page.evaluate<boolean>(`(() => {
          const field = document.querySelector('#q');
          const style = getComputedStyle(field);
          const pen = document.createElement('canvas').getContext('2d');
          pen.font = style.font;
          const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
          return pen.measureText(field.placeholder).width <= room;
        })()`);
        assert.ok(isRead, `${path} in ${locale}`);
      }
      await page.context().close();
    });
  }
});

describe('dates and times', () => {
  const ways = [
    ['en-GB', /^\d{1,2} [A-Z][a-z]+ \d{4} at \d\d:\d\d UTC$/, /^[A-Z][a-z]+, \d{1,2} [A-Z][a-z]+ \d{4}$/],
    [
      'en-US',
      /^[A-Z][a-z]+ \d{1,2}, \d{4} at \d\d:\d\d [AP]M UTC$/,
      /^[A-Z][a-z]+, [A-Z][a-z]+ \d{1,2}, \d{4}$/,
    ],
    ['ja-JP', /^\d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d UTC$/, /^\d{4}年\d{1,2}月\d{1,2}日.曜日$/],
  ] as const;
  for (const [locale, moment, day] of ways) {
    it(`are written as people in ${locale} write them, on pages and in gadgets`, async () => {
      const page = await stage.signedIn('root', locale);
      await page.goto(`${stage.installation.url}/oauth/admin/users`);
      const title = await page.locator('td time').first().getAttribute('title');
      assert.match((title ?? '').replaceAll(/\s/g, ' '), moment);
      await page.goto(`${stage.installation.url}/dashboards`);
      const clock = page.frameLocator('iframe[title="Clock"], iframe[title="時計"]');
      assert.match(await clock.locator('main p').first().innerText(), day);
      await page.context().close();
    });
  }
});
