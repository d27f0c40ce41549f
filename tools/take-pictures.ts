/**
 * Takes the pictures of the documents from the running program, so that they show what it really looks like:
 * the consent page, the list of consumers, and a dashboard of the sample tracker, in light and in dark. Run it after pages changed their looks.
 */
import type { Page } from 'playwright-core';
import { startTracker } from '../src/cli/demo/tracker/tracker.ts';
import { startBrowser } from '../test/e2e/browser.ts';
import { logIn, press } from '../test/e2e/gestures.ts';
import { startInstallation } from '../test/support/countersign.ts';
import { OAuthConsumer } from '../test/support/oauth-consumer.ts';
import { Person } from '../test/support/person.ts';

const ALICE = { username: 'alice', password: 'correct horse battery staple' };
const SECRET = 'Kd94hf93k423kf44pfkkd9xq';
const DIRECTORY = new URL('../docs/', import.meta.url).pathname;

/** Each comes to stand above the one before. */
const GADGETS = [
  ['Health of consumers', 2, 'Green'],
  ['Clock', 2, 'Grey'],
  ['Created and resolved', 1, 'Orange'],
  ['Assigned to me', 1, 'Blue'],
] as const;

const CONSUMERS = [
  ['wiki', 'Wiki', 'Shows issues beside the pages that speak of them.'],
  ['calendar', 'Team calendar', 'Puts due dates where people look.'],
  ['nightly', 'Nightly report', 'Reads what was closed during the day.'],
] as const;

/** Whether a gadget's frame has the height of what it shows; asked in that frame. */
const SHOWS_ALL = 'Math.abs(document.documentElement.getBoundingClientRect().height - innerHeight) < 1';

const sample = await startTracker(() => installation.url);
const installation = await startInstallation(['--name', 'Tracker', '--upstream', sample.url]);
const browser = await startBrowser();
try {
  const addAlice = ['user', 'add', ALICE.username, '--display-name', 'Alice Example', '--admin'];
  await installation.command([...addAlice, '--password-stdin'], ALICE.password);
  for (const [key, name, description] of CONSUMERS) {
    const named = ['consumer', 'add', '--key', key, '--name', name, '--description', description];
    await installation.command([...named, '--secret-stdin'], SECRET);
  }
  await useOnce('calendar');
  const page = await browser.newPage({
    viewport: { width: 860, height: 860 },
    deviceScaleFactor: 2,
    locale: 'en-GB',
  });
  const wiki = new OAuthConsumer(installation.url, 'wiki', { secret: SECRET });
  await page.goto(wiki.authorizeUrl(await wiki.requestToken('https://wiki.example.com/callback')));
  await logIn(page, ALICE.username, ALICE.password);
  await takeBoth(page, 'consent');
  await page.setViewportSize({ width: 1180, height: 620 });
  await openWhenUseIsCounted(page, 'calendar');
  await takeBoth(page, 'consumers');
  await page.setViewportSize({ width: 1180, height: 700 });
  await arrangeDashboard(page);
  await takeBoth(page, 'dashboard');
} finally {
  await browser.close();
  await installation.stop();
  await sample.close();
}

/** Has a consumer go through the dance and make a request, so that the list has something to tell. */
async function useOnce(key: string): Promise<void> {
  const consumer = new OAuthConsumer(installation.url, key, { secret: SECRET });
  const asked = await consumer.requestToken('https://calendar.example.com/callback');
  const approved = await new Person(installation.url).decide(consumer.authorizeUrl(asked), ALICE, 'Approve');
  const verifier = new URL(approved.leftFor ?? '').searchParams.get('oauth_verifier') ?? '';
  await consumer.get('/oauth/whoami', await consumer.accessToken(asked, verifier));
}

/** Opens the list of consumers, once it tells that one was used: requests are counted now and then, not one by one. */
async function openWhenUseIsCounted(page: Page, key: string): Promise<void> {
  const row = page.getByRole('row').filter({ has: page.getByText(key, { exact: true }) });
  do {
    await page.waitForTimeout(1_000);
    await page.goto(`${installation.url}/oauth/admin/consumers`);
  } while ((await row.getByText('never').count()) > 0);
}

/** Makes a dashboard of gadgets that show what waits for Alice, and waits until they do. */
async function arrangeDashboard(page: Page): Promise<void> {
  await page.goto(`${installation.url}/dashboards/new`);
  await page.getByLabel('Name').fill('My morning');
  await page.getByLabel('Wide column on the left').check();
  await press(page, 'Create dashboard');
  await page.waitForURL(/\/dashboards\/\w{16}$/);
  const path = page.url();
  for (const [title, column, color] of GADGETS) {
    await page.goto(`${path}/add`);
    await press(page, `Add it Now: ${title}`);
    await page.getByText(`${title} is on the dashboard now.`).waitFor();
    await page.goto(path);
    await page.getByLabel(`Menu of ${title}`).click();
    const painted = page.waitForResponse('**/gadgets/*');
    await page.getByRole('button', { name: color }).click();
    await painted;
    if (column === 1) continue;
    await page.getByRole('button', { name: `Move ${title}` }).press('Space');
    await page.keyboard.press('ArrowRight');
    const moved = page.waitForResponse('**/move');
    await page.keyboard.press('Space');
    await moved;
  }
  await page.goto(path, { waitUntil: 'networkidle' });
  const frame = page.frameLocator('iframe[title="Assigned to me"]');
  await frame.getByText('TRACK-').first().waitFor();
  for (const one of page.frames().filter((any) => any !== page.mainFrame()))
    await one.waitForFunction(SHOWS_ALL);
}

async function takeBoth(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({
      path: `${DIRECTORY}${name}-${colorScheme}.png`,
      animations: 'disabled',
      fullPage: true,
    });
  }
}
