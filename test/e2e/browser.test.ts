import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { assertAccessible, newVisitor, showsFocus, startBrowser, tabTo } from './browser.ts';

describe('what the browser tests look with', () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  const frame = (body: string, style = '') =>
    `<!doctype html><html lang="en"><title>Seeded</title><style>${style}</style><main><h1>Seeded</h1>${body}</main></html>`;

  it('reports a field without a label, and words that are too pale in the dark', async () => {
    const page = await newVisitor(browser);
    await page.setContent(frame('<label>Name <input name="name"></label>'));
    await assertAccessible(page);
    await page.setContent(frame('<input name="name">'));
    await assert.rejects(assertAccessible(page), /label: <input/);
    const pale = '@media (prefers-color-scheme: dark) { body { background: #111; color: #222 } }';
    await page.setContent(frame('<p>Pale words</p>', pale));
    await assert.rejects(assertAccessible(page), /in dark[\s\S]*color-contrast/);
  });

  it('reports what the keyboard cannot reach, and focus that cannot be seen', async () => {
    const page = await newVisitor(browser);
    await page.setContent(frame('<a href="#x">There</a><button tabindex="-1">Gone</button>'));
    await tabTo(page, /^There$/);
    assert.equal(await showsFocus(page), true);
    await assert.rejects(tabTo(page, /^Gone$/), /does not reach/);
    await page.setContent(frame('<button>Dull</button>', ':focus { outline: none }'));
    await tabTo(page, /^Dull$/);
    assert.equal(await showsFocus(page), false);
  });
});
