/**
 * What most tests in a browser begin with: an installation called Tracker, people in it, and a browser in which they
 * log in. `root` administers it; everybody has the same password.
 */
import type { Browser, Page } from 'playwright-core';
import { type Installation, startInstallation } from '../support/countersign.ts';
import { newVisitor, startBrowser } from './browser.ts';
import { passwordField } from './gestures.ts';

/** Everybody's. */
export const PASSWORD = 'correct horse battery staple';

export interface Stage {
  readonly installation: Installation;
  readonly browser: Browser;
  /** Somebody's tab, in a profile of its own, after they have logged in. */
  signedIn(name: string, locale?: string, javaScriptEnabled?: boolean): Promise<Page>;
  close(): Promise<void>;
}

/** @param people who can log in beside `root` */
export async function openStage(
  people: readonly string[] = [],
  serveArguments: readonly string[] = [],
): Promise<Stage> {
  const installation = await startInstallation(['--name', 'Tracker', ...serveArguments]);
  await installation.command(['user', 'add', 'root', '--admin', '--password-stdin'], PASSWORD);
  for (const name of people) await installation.command(['user', 'add', name, '--password-stdin'], PASSWORD);
  const browser = await startBrowser();
  return {
    installation,
    browser,
    async signedIn(name, locale, javaScriptEnabled) {
      const page = await newVisitor(browser, locale, javaScriptEnabled);
      await page.goto(`${installation.url}/oauth/login`);
      await page.locator('input[name=username]').fill(name);
      await passwordField(page).fill(PASSWORD);
      await passwordField(page).press('Enter');
      await page.waitForURL((url) => !url.pathname.endsWith('/oauth/login'));
      return page;
    },
    async close() {
      await browser.close();
      await installation.stop();
    },
  };
}
