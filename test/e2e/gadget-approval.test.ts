import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { type Installation, startInstallation } from '../support/countersign.ts';
import { explainedSoon } from '../support/explained-soon.ts';
import { freePorts } from '../support/free-ports.ts';
import { type GadgetSpecs, startGadgetSpecs } from '../support/gadget-specs.ts';
import { type RecordingUpstream, startRecordingUpstream } from '../support/recording-upstream.ts';
import { assertAccessible, heading, newVisitor, startBrowser, tabTo } from './browser.ts';
import { clickInside, follow, leave, logIn, press } from './gestures.ts';

const PASSWORD = 'correct horse battery staple';

/** Tracker has the data, Wiki has the dashboard. The tests go on where the ones before ended. */
describe('a gadget on Wiki that shows data of Tracker', () => {
  let upstream: RecordingUpstream;
  let specs: GadgetSpecs;
  let tracker: Installation;
  let wiki: Installation;
  let browser: Browser;
  let alice: Page;
  /** Alice's dashboard. */
  let home: string;

  before(async () => {
    upstream = await startRecordingUpstream();
    const [trackerPort, wikiPort] = await freePorts(2);
    specs = await startGadgetSpecs(`http://127.0.0.1:${trackerPort}`);
    const allow = (port: number) => ['--allow-host', `127.0.0.1:${port}`];
    const common = (own: number, name: string) => ['--listen', `127.0.0.1:${own}`, '--name', name];
    const data = ['--upstream', upstream.url, '--public-path', '/open/**', '--access-token-ttl', '20s'];
    [tracker, wiki] = await Promise.all([
      startInstallation([...common(trackerPort!, 'Tracker'), ...allow(wikiPort!), ...data]),
      startInstallation([
        ...common(wikiPort!, 'Wiki'),
        ...allow(trackerPort!),
        ...allow(Number(new URL(specs.url('mine')).port)),
      ]),
    ]);
    await Promise.all([
      prepare(tracker, ['link', wiki.url, ...allow(wikiPort!)]),
      prepare(wiki, ['link', tracker.url, ...allow(trackerPort!)]),
    ]);
    browser = await startBrowser();
    const root = await visitor('root');
    for (const name of ['mine', 'open', 'popup'] as const) await addToDirectory(root, name);
    await root.context().close();
    alice = await visitor('alice');
    home = await makeDashboard(alice);
  });
  after(async () => {
    await browser?.close();
    await Promise.all([tracker?.stop(), wiki?.stop()]);
    await Promise.all([specs?.close(), upstream?.close()]);
  });

  async function prepare(installation: Installation, link: readonly string[]): Promise<void> {
    for (const name of ['alice', 'bob']) {
      await installation.command(['user', 'add', name, '--password-stdin'], PASSWORD);
    }
    if (installation === wiki) {
      await installation.command(['user', 'add', 'root', '--admin', '--password-stdin'], PASSWORD);
    }
    await installation.command(link);
  }

  async function visitor(name: string): Promise<Page> {
    const page = await newVisitor(browser);
    await page.goto(`${wiki.url}/oauth/login?lang=en`);
    await logIn(page, name, PASSWORD);
    return page;
  }

  async function addToDirectory(root: Page, name: 'mine' | 'open' | 'popup'): Promise<void> {
    await root.goto(`${wiki.url}/oauth/admin/gadgets/add`);
    await root.getByLabel('Address of the spec').fill(specs.url(name));
    await press(root, 'Fetch and preview');
    assert.match(await root.innerText('main'), /Uses the service provider “Tracker”/);
    await press(root, 'Add to the directory');
  }

  async function makeDashboard(page: Page): Promise<string> {
    await page.goto(`${wiki.url}/dashboards/new`);
    await page.getByLabel('Name').fill('Work');
    await press(page, 'Create dashboard');
    const home = page.url();
    for (const title of ['Mine there', 'Open there']) {
      await page.goto(`${home}/add`);
      await press(page, `Add it Now: ${title}`);
    }
    await page.goto(home);
    return home;
  }

  const gadget = (page: Page, title: string): Locator =>
    page.locator('.gadget', { has: page.getByRole('heading', { name: title, exact: true }) });
  const inside = (page: Page, title: string): FrameLocator => gadget(page, title).frameLocator('iframe');
  const shows = (page: Page, title: string, words: string) =>
    inside(page, title).locator('#main', { hasText: words }).waitFor();
  const bar = (page: Page, title: string): Locator => gadget(page, title).locator('[data-gadget-bar]');
  const barSays = (page: Page, title: string, words: RegExp) =>
    bar(page, title).getByText(words).first().waitFor();

  /** Presses "Login & approve" and gives the window that opens. */
  async function openPopup(page: Page, title: string): Promise<Page> {
    const opening = page.waitForEvent('popup');
    await bar(page, title).getByRole('link', { name: 'Login & approve at Tracker' }).click();
    const popup = await opening;
    await popup.waitForLoadState();
    return popup;
  }

  async function closing(popup: Page, act: () => Promise<unknown>): Promise<void> {
    const closed = popup.waitForEvent('close');
    await act();
    await closed;
  }

  const decide = (popup: Page, button: 'Approve' | 'Deny') =>
    closing(popup, () => popup.getByRole('button', { name: button, exact: true }).click());

  it('asks for approval in the middle, where there is nothing else to show', async () => {
    await shows(alice, 'Mine there', 'not approved');
    await barSays(alice, 'Mine there', /“Mine there” shows your data of Tracker as soon as you log in there/);
    assert.equal(
      await bar(alice, 'Mine there').evaluate((one) => one.classList.contains('is-centred')),
      true,
    );
    await assertAccessible(alice);
  });

  it('asks beside it, where everybody may see something', async () => {
    await shows(alice, 'Open there', 'news for everybody');
    await barSays(alice, 'Open there', /This is what Tracker shows to everybody/);
    assert.equal(
      await bar(alice, 'Open there').evaluate((one) => one.classList.contains('is-centred')),
      false,
    );
  });

  it('shows alice what is hers after one "Login & approve", in a window that names it and ends by itself', async () => {
    const popup = await openPopup(alice, 'Mine there');
    await logIn(popup, 'alice', PASSWORD);
    assert.match(await popup.innerText('main'), /For a gadget, says Wiki: http\S+mine\.xml/);
    assert.equal(await popup.evaluate('window.opener'), null);
    await decide(popup, 'Approve');
    await shows(alice, 'Mine there', 'data of alice');
    await bar(alice, 'Mine there').waitFor({ state: 'hidden' });
  });

  it('shows it again without asking', async () => {
    await alice.reload();
    await shows(alice, 'Mine there', 'data of alice');
  });

  it('is one gadget’s approval, not the other’s', async () => {
    await shows(alice, 'Open there', 'news for everybody');
    const tokens = JSON.parse((await tracker.command(['token', 'list', '--user', 'alice', '--json'])).stdout);
    assert.deepEqual(
      tokens.map(({ gadgetUrl }: { gadgetUrl: string }) => gadgetUrl),
      [specs.url('mine')],
    );
  });

  it('shows bob nothing of alice, and his own once he has approved', async () => {
    const bob = await visitor('bob');
    await makeDashboard(bob);
    await shows(bob, 'Mine there', 'not approved');
    const popup = await openPopup(bob, 'Mine there');
    await logIn(popup, 'bob', PASSWORD);
    await decide(popup, 'Approve');
    await shows(bob, 'Mine there', 'data of bob');
    await bob.context().close();
  });

  it('takes a no for an answer, and asks again when that is wished', async () => {
    const popup = await openPopup(alice, 'Open there');
    await decide(popup, 'Deny');
    await barSays(alice, 'Open there', /Tracker said that access was not approved/);
    await shows(alice, 'Open there', 'news for everybody');
    await decide(await openPopup(alice, 'Open there'), 'Approve');
    await shows(alice, 'Open there', 'news for alice');
  });

  it('notices a window that was closed without a decision', async () => {
    await revoke();
    await alice.reload();
    await barSays(alice, 'Mine there', /does not accept your approval any more/);
    await (await openPopup(alice, 'Mine there')).close();
    await barSays(alice, 'Mine there', /closed before you decided/);
  });

  it('explains why, with the number under which Tracker knows the refused request', async () => {
    await leave(alice, bar(alice, 'Mine there').getByRole('link', { name: 'Inspect' }));
    assert.equal(await heading(alice), '“Mine there” and Tracker');
    const words = await alice.innerText('main');
    assert.match(words, /Your approval has ended[\s\S]*token_re(?:voked|jected)[\s\S]*Request number there/);
    const id = (await alice.locator('.identifier code').getAttribute('title')) ?? '';
    const { stdout } = await explainedSoon(id, tracker.dataDirectory);
    assert.equal(JSON.parse(stdout).requestId, id);
    assert.match(words, /Explained at Tracker/);
    await assertAccessible(alice);
    await alice.goto(home);
  });

  it('leads there and back in the same window, where no other one opens', async () => {
    await barSays(alice, 'Mine there', /does not accept your approval any more/);
    await alice.evaluate('window.open = () => null');
    await bar(alice, 'Mine there').getByRole('link', { name: 'Login & approve at Tracker' }).click();
    await alice.getByRole('button', { name: 'Approve', exact: true }).click();
    await alice.waitForURL(/\/dashboards\/\w+#gadget-/);
    assert.match(await alice.innerText('main'), /You are connected to Tracker/);
    await shows(alice, 'Mine there', 'data of alice');
  });

  it('says in the same window, too, that access was not given, and leads back', async () => {
    await revoke();
    await alice.goto(home);
    await barSays(alice, 'Mine there', /does not accept your approval any more/);
    await alice.evaluate('window.open = () => null');
    await leave(alice, bar(alice, 'Mine there').getByRole('link', { name: 'Login & approve at Tracker' }));
    await press(alice, 'Deny');
    assert.equal(await heading(alice), 'You did not give access');
    await assertAccessible(alice);
    await alice.goto(`${alice.url()}&lang=ja`);
    assert.equal(await heading(alice), 'アクセスは許可されませんでした');
    await alice.goto(`${home}?lang=en`);
    await alice.goto(home);
  });

  it('is approved by keyboard alone', async () => {
    await barSays(alice, 'Mine there', /does not accept your approval any more/);
    await tabTo(alice, /^Login & approve at Tracker \(Mine there\)$/);
    const opening = alice.waitForEvent('popup');
    await alice.keyboard.press('Enter');
    const popup = await opening;
    await popup.getByRole('button', { name: 'Approve', exact: true }).waitFor();
    await tabTo(popup, /^Approve$/);
    await closing(popup, () => popup.keyboard.press('Enter'));
    await shows(alice, 'Mine there', 'data of alice');
  });

  it('keeps the other gadgets when Tracker is down, says so, and goes on afterwards', async () => {
    await tracker.whileStopped(async () => {
      await alice.reload();
      await barSays(alice, 'Mine there', /Tracker does not answer just now\. Your approval stays/);
      await shows(alice, 'Mine there', 'nothing: MISSING_SERVER_RESPONSE');
      assert.equal(await heading(alice), 'Work');
    });
    await alice.reload();
    await shows(alice, 'Mine there', 'data of alice');
  });

  it('lets a gadget open the window by itself when its viewer presses something in it', async () => {
    await alice.goto(`${home}/add`);
    await press(alice, 'Add it Now: Popup of its own');
    await alice.goto(home);
    await barSays(alice, 'Popup of its own', /as soon as you log in/);
    const opening = alice.waitForEvent('popup');
    await clickInside(inside(alice, 'Popup of its own').getByRole('button', { name: 'Personalise' }));
    await decide(await opening, 'Approve');
    await shows(alice, 'Popup of its own', 'data of alice');
    assert.equal(alice.url(), home);
  });

  it('ends on Wiki’s Connections page, one gadget at a time', async () => {
    await alice.goto(`${wiki.url}/oauth/connections`);
    await assertAccessible(alice);
    await follow(alice, 'Disconnect the gadget “Mine there” from Tracker');
    assert.match(
      await alice.innerText('main'),
      /access token of the gadget “Mine there”.*other connections to Tracker stay/,
    );
    await assertAccessible(alice);
    await press(alice, 'Disconnect');
    assert.match(await alice.innerText('main'), /for the gadget Popup of its own/);
    assert.doesNotMatch(await alice.innerText('main'), /for the gadget Mine there/);
  });

  async function revoke(): Promise<void> {
    await tracker.command(['token', 'revoke', '--user', 'alice']);
  }
});
