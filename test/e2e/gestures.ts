/** What people do again and again on the pages. */
import type { Locator, Page } from 'playwright-core';

/** Fills the login page that is open, and sends it. */
export async function logIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('User name').fill(username);
  await passwordField(page).fill(password);
  await press(page, 'Log in');
}

/** The login page's password field. */
export function passwordField(page: Page): Locator {
  return page.getByRole('main').locator('input[name=password]');
}

/** Presses a button and waits for the page it leads to. */
export async function press(page: Page, name: string): Promise<void> {
  await leave(page, page.getByRole('main').getByRole('button', { name, exact: true }));
}

/** Follows a link and waits for the page it leads to. */
export async function follow(page: Page, name: string | RegExp): Promise<void> {
  await leave(page, page.getByRole('link', { name, exact: typeof name === 'string' }).first());
}

/**
 * Clicks what leads to another page, and waits for that page. A click may be over before the browser sets out, so the
 * page that stands there afterwards may still be the old one.
 */
export async function leave(page: Page, target: Locator): Promise<void> {
  // What led here has come to its end, once there is something to click.
  await target.waitFor();
  const arrival = page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame());
  await Promise.all([arrival, target.click()]);
  await page.waitForLoadState();
}

/**
 * Clicks something in a frame. While frames move, the browser may give what the mouse does to whatever stood in that
 * place before; so the click follows only when the frame's own document has the pointer over it.
 */
export async function clickInside(target: Locator): Promise<void> {
  do await target.hover();
  while (!(await target.evaluate((one) => one.matches(':hover'))));
  await target.click();
}
