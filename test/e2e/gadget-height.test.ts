import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { startBrowser, waitUntil } from './browser.ts';
import { type GadgetStage, type OpenDashboard, openGadgetStage, scripted } from './gadget-stage.ts';

const PARAGRAPHS = `document.body.innerHTML = '<p>One line of the gadget.</p><p style="margin-bottom: 40px">Another line of it.</p>';`;

/** A gadget that asks for the height of what it shows gets just that, however its frame came to its width. */
describe('the height of a gadget that asks to show all of itself', () => {
  let browser: Browser;
  let stage: GadgetStage;
  let open: OpenDashboard;

  before(async () => {
    browser = await startBrowser();
    stage = await openGadgetStage(browser);
  });
  after(async () => {
    await stage?.close();
    await browser?.close();
  });
  afterEach(() => open.page.context().close());

  const height = () =>
    open.page.locator('[data-gadget-frame=evil]').evaluate((frame) => Number.parseFloat(frame.style.height));

  /** Has it ask, and waits for what it is given: messages come in order, so a title after the height tells. */
  async function ask(title: string): Promise<number> {
    await open.frame('evil').evaluate(`gadgets.window.adjustHeight(); gadgets.window.setTitle('${title}')`);
    await waitUntil(open.page, `window.seen.some((one) => one.includes('"${title}"'))`);
    return height();
  }

  it('includes the margin of its last line, and is the same each time', async () => {
    open = await stage.open({ evil: scripted(PARAGRAPHS) });
    const first = await ask('first');
    const bottom = await open
      .frame('evil')
      .evaluate('document.querySelector("p:last-child").getBoundingClientRect().bottom');
    assert.equal(first, Math.ceil(Number(bottom) + 40));
    assert.equal(await ask('second'), first);
    assert.equal(await ask('third'), first);
  });

  it('becomes less again with what it shows', async () => {
    open = await stage.open({ evil: scripted(PARAGRAPHS) });
    const both = await ask('both');
    await open.frame('evil').evaluate('document.querySelector("p:last-child").remove()');
    assert.ok((await ask('one')) < both);
  });

  it('is asked for again once a frame without a width has one', async () => {
    open = await stage.open({ evil: scripted(PARAGRAPHS) });
    const usual = await ask('usual');
    const setWidth = (width: string) =>
      open.page.locator('[data-gadget-frame=evil]').evaluate((frame, to) => {
        frame.style.width = to;
      }, width);
    await setWidth('0');
    await waitUntil(open.frame('evil'), 'innerWidth === 0');
    await open.frame('evil').evaluate('document.querySelector("p:last-child").remove()');
    assert.equal(await ask('narrow'), usual);
    await setWidth('');
    await waitUntil(
      open.page,
      `parseFloat(document.querySelector('[data-gadget-frame=evil]').style.height) < ${usual}`,
    );
    assert.equal(await height(), await ask('wide'));
  });
});
