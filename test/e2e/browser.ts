/**
 * Chromium for the tests that go through the pages as a person does. Each visitor has a profile of their own; each
 * page that is looked at is also looked at by axe, in light and in dark, and anything serious fails the test.
 */
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Frame, type Page } from 'playwright-core';
import { findBrowser } from '../support/find-browser.ts';

/** Longest wait for anything on a page, in milliseconds. */
const PATIENCE_MS = 60_000;

/** Starts the browser of this machine. @throws if there is none */
export async function startBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error('no Chromium found');
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  return chromium.launch({ executablePath, args });
}

/** A new profile's first tab. */
export async function newVisitor(
  browser: Browser,
  locale = 'en-GB',
  javaScriptEnabled = true,
): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ locale, javaScriptEnabled });
  context.setDefaultTimeout(PATIENCE_MS);
  return context.newPage();
}

/** Fails with what axe finds serious or critical on the page as it stands; in the dark, only colours differ. */
export async function assertAccessible(page: Page): Promise<void> {
  await putOn(page, 'light');
  await assertNothingGrave(page, axeOn(page), 'in light');
  await putOn(page, 'dark');
  await assertNothingGrave(page, axeOn(page).withRules(['color-contrast']), 'in dark');
}

/** Our pages frame nobody else's, so axe need not open a page of its own to put frames together: half of its time. */
function axeOn(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode(true);
}

/**
 * Changes the colours, and waits until none is on its way any more. Without motion, none is: a tab behind another shows no
 * frames, so there a motion takes seconds, or for ever.
 */
async function putOn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.evaluate(
    'Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => null)',
  );
}

async function assertNothingGrave(page: Page, axe: AxeBuilder, how: string): Promise<void> {
  const { violations } = await axe.analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const found = grave.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  assert.deepEqual(found, [], `${page.url()} ${how}`);
}

/**
 * Waits until an expression is true in a document. Playwright evaluates a text anew for each look, which our pages'
 * policy refuses from the second one on; a function it evaluates once.
 */
export async function waitUntil(document: Page | Frame, expression: string): Promise<void> {
  const isSo = new Function(`return ${expression}`) as () => unknown;
  await document.waitForFunction(isSo, undefined, { polling: 50 });
}

/** Gives the page's heading. */
export async function heading(page: Page): Promise<string> {
  return (await page.locator('h1').first().innerText()).replaceAll(/\s+/g, ' ').trim();
}

/** Presses Tab until the element with that accessible name has the focus. @throws if it never gets it */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    if ((await focused.count()) === 0) continue;
    const words = await focused.evaluate(
      (element) =>
        element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent ?? '',
    );
    if (name.test(words.trim())) return;
  }
  throw new Error(`the keyboard does not reach ${name} on ${page.url()}`);
}

/** Whether the focused element looks focused: it has an outline or a shadow that others have not. */
export function showsFocus(page: Page): Promise<boolean> {
  return page.evaluate(
    `(({ outlineStyle, boxShadow }) => outlineStyle !== 'none' || boxShadow !== 'none')(getComputedStyle(document.activeElement))`,
  );
}
