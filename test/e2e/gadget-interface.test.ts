import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Frame } from 'playwright-core';
import type { AskedRequest, AuthorizedAnswer } from '../../src/gadgets/index.ts';
import { assertAccessible, startBrowser, waitUntil } from './browser.ts';
import { type GadgetStage, type OpenDashboard, openGadgetStage, scripted } from './gadget-stage.ts';
import { clickInside } from './gestures.ts';

function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/gadgets/${name}.xml`, import.meta.url), 'utf8');
}

/** Gadgets as they were written for other containers, and the interface that they are written against. */
describe('a gadget in the browser', () => {
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
  afterEach(() => open?.page.context().close());

  /** What a script in a gadget gives to `done`. */
  async function outcome(script: string, prefs = ''): Promise<unknown> {
    const evil = scripted(
      `function done(value) { window.value = value; window.finished = true; } ${script}`,
      prefs,
    );
    open = await stage.open({ evil }, { until: 'window.finished' });
    return open.frame('evil').evaluate('window.value');
  }

  it('of the first years is rendered with its preferences and messages', async () => {
    const preferences = { evil: { town: 'Kyoto <b>' } };
    open = await stage.open({ evil: fixture('weather') }, { preferences, bundles: bundles() });
    const shown = open.page.frameLocator('[data-gadget-frame=evil]').locator('div[id^=m]');
    await shown.filter({ hasText: 'Weather in: Kyoto <b>' }).waitFor();
    assert.equal(await shown.getAttribute('title'), 'Kyoto <b>');
    await assertAccessible(open.page);
  });

  it('shows another view when it asks for one that it has', async () => {
    const spec = fixture('issues').replace(
      '<p id="list"></p>',
      `<p id="list"></p><script>gadgets.util.registerOnLoadHandler(function () { gadgets.views.requestNavigateTo('canvas'); });</script>`,
    );
    open = await stage.open({ evil: spec });
    const frame = open.page.frameLocator('[data-gadget-frame=evil]');
    await frame.locator('h1', { hasText: 'All' }).waitFor();
    await waitUntil(
      open.page,
      `document.querySelector('[data-gadget-frame=evil]').src.includes('view=canvas')`,
    );
  });

  it('finds the functions of gadgets.util, json, Prefs and views', async () => {
    const value = await outcome(
      `gadgets.util.registerOnLoadHandler(function () {
        var prefs = new gadgets.Prefs();
        prefs.set('n', '7', 'flag', 'true');
        prefs.setArray('list', ['a|b', '<c>']);
        done([
          gadgets.util.escapeString('<&">'), gadgets.util.unescapeString('&lt;&amp;&quot;&#39;'),
          gadgets.util.hasFeature('setprefs'), gadgets.util.hasFeature('flash'), gadgets.util.hasFeature('core.io'),
          gadgets.json.parse('{"a":[1]}').a[0], gadgets.json.parse('{'), gadgets.json.stringify({ a: 1 }),
          prefs.getString('text'), prefs.getInt('n'), prefs.getFloat('n'), prefs.getBool('flag'), prefs.getArray('list'),
          prefs.getString('none'), prefs.getMsg('none'), prefs.getLang(), prefs.getCountry(), typeof Number(prefs.getModuleId()),
          gadgets.views.getCurrentView().getName(), gadgets.io.encodeValues({ 'a b': '&', c: 1 }), typeof _IG_FetchContent,
        ]);
        gadgets.window.setTitle('last');
      });`,
      '<UserPref name="text" default_value="a &lt; b"/><UserPref name="n"/><UserPref name="flag"/><UserPref name="list"/>',
    );
    assert.deepEqual(value, [
      '&lt;&amp;&quot;&gt;',
      `<&"'`,
      true,
      false,
      true,
      1,
      false,
      '{"a":1}',
      'a &lt; b',
      7,
      7,
      true,
      ['a|b', '&lt;c&gt;'],
      '',
      '',
      'en',
      'GB',
      'number',
      'default',
      'a%20b=%26&c=1',
      'function',
    ]);
    await waitUntil(open.page, `window.seen.some((one) => one.startsWith('gadget-title'))`);
    assert.deepEqual(await open.events(), [
      'gadget-preferences {"preferences":{"n":"7","flag":"true"}}',
      'gadget-preferences {"preferences":{"list":"a%7Cb|<c>"}}',
      'gadget-title {"title":"last"}',
    ]);
  });

  it('gets answers as text, JSON, XML and feeds, and the reason where there is none', async () => {
    const value =
      await outcome(`var types = gadgets.io.ContentType, params = gadgets.io.RequestParameters, values = {}, left = 5;
      function ask(name, path, type, read) {
        var p = {}; p[params.CONTENT_TYPE] = types[type]; p[params.NUM_ENTRIES] = 1;
        gadgets.io.makeRequest('${stage.listed}' + path, function (answer) {
          values[name] = read(answer); left -= 1; if (left === 0) done(values);
        }, p);
      }
      ask('text', '/t', 'TEXT', function (a) { return [a.data, a.text, a.rc, a.errors.length]; });
      ask('json', '/json', 'JSON', function (a) { return a.data; });
      ask('xml', '/xml', 'DOM', function (a) { return a.data.documentElement.getAttribute('id'); });
      ask('feed', '/feed', 'FEED', function (a) { return a.data.Entry[0].Title; });
      ask('broken', '/t', 'JSON', function (a) { return [a.data, a.errors.length]; });`);
    assert.deepEqual(value, {
      text: ['data of /t', 'data of /t', 200, 0],
      json: { a: [1, 2] },
      xml: 'x',
      feed: 'First',
      broken: [null, 1],
    });
  });

  it('hears what others publish, and not itself', async () => {
    const other = scripted(`gadgets.pubsub.subscribe('c', function (sender, message) {
      document.getElementById('log').textContent = sender + ' ' + JSON.stringify(message);
      gadgets.pubsub.publish('back', message.n + 1);
    }); gadgets.pubsub.publish('ready', 1);`);
    const evil =
      scripted(`window.heard = []; var say = function () { gadgets.pubsub.publish('c', { n: 1 }); };
      gadgets.pubsub.subscribe('c', function () { heard.push('own'); });
      gadgets.pubsub.subscribe('ready', say); say();
      gadgets.pubsub.subscribe('back', function (sender, message) { heard.push(sender + message); });`);
    open = await stage.open({ evil, other }, { until: `window.heard && window.heard.includes('other2')` });
    const log = open.page.frameLocator('[data-gadget-frame=other]').locator('#log');
    assert.equal(await log.innerText(), 'evil {"n":1}');
    const heard = (await open.frame('evil').evaluate('window.heard')) as string[];
    assert.equal(heard.includes('own'), false);
  });

  it('asks for approval by a click, and retries when it is over', async () => {
    const asked: AskedRequest[] = [];
    const notice = {
      state: 'needs-approval',
      provider: 'Tracker',
      text: 'x',
      approvalUrl: '/gadgets/oauth/approve',
      inspectUrl: null,
      hasContent: false,
    } as const;
    const authorizedFetch = async (one: AskedRequest): Promise<AuthorizedAnswer> => {
      asked.push(one);
      const approvalUrl = notice.approvalUrl;
      if (asked.length === 1)
        return { kind: 'refused', approvalUrl, oauthError: null, oauthErrorText: null, notice };
      const body = Buffer.from('private');
      return {
        kind: 'answer',
        provider: 'Tracker',
        status: 200,
        headers: {},
        body,
        approvalUrl: null,
        notice: null,
      };
    };
    const evil = scripted(`function load() {
      gadgets.io.makeRequest('${stage.listed}/x', function (answer) {
        var log = document.getElementById('log');
        if (!answer.oauthApprovalUrl) { log.textContent = answer.text; return; }
        var popup = new gadgets.oauth.Popup(answer.oauthApprovalUrl, null, null, load);
        log.innerHTML = '<button>Approve</button>';
        log.firstChild.onclick = popup.createOpenerOnClick();
      }, { AUTHORIZATION: 'OAUTH', OAUTH_SERVICE_NAME: 'tracker' });
    } load();`);
    open = await stage.open({ evil }, { authorizedFetch });
    await open.page.evaluate(
      `document.addEventListener('gadget-approve', ({ detail }) => { window.approve = detail; })`,
    );
    const log = open.page.frameLocator('[data-gadget-frame=evil]').locator('#log');
    await clickInside(log.getByRole('button', { name: 'Approve' }));
    await waitUntil(open.page, 'window.approve');
    await open.page.evaluate('window.approve.done()');
    await log.filter({ hasText: 'private' }).waitFor();
    const events = await open.events();
    assert.match(events[0] ?? '', /^gadget-state \{"state":"needs-approval","provider":"Tracker"/);
    assert.equal(events.at(-1), 'gadget-state {"state":"ok","provider":"Tracker"}');
    assert.equal(asked[0]?.serviceName, 'tracker');
  });

  const withLink = () =>
    scripted(`document.getElementById('log').innerHTML = '<a href="${stage.listed}/linked?a=b">Issue</a>';`);
  const link = () => open.page.frameLocator('[data-gadget-frame=evil]').getByRole('link', { name: 'Issue' });

  it('opens its links in a new window when a person clicks one', async () => {
    open = await stage.open({ evil: withLink() });
    const [opened] = await Promise.all([open.page.context().waitForEvent('page'), clickInside(link())]);
    await opened.waitForURL(`${stage.listed}/linked?a=b`);
    assert.equal(await opened.evaluate('window.opener'), null);
  });

  it('opens them, too, where the browser is slow to say that a person clicked', async () => {
    open = await stage.open({ evil: withLink() });
    await open.page.evaluate(`(() => {
      let looks = 0;
      Object.defineProperty(navigator, 'userActivation', { get: () => ({ isActive: (looks += 1) > 40 }) });
      window.open = (address) => { window.led = address; };
    })()`);
    await clickInside(link());
    await waitUntil(open.page, 'window.led');
    assert.equal(
      await open.page.evaluate('window.led'),
      `/gadgets/leave?to=${encodeURIComponent(`${stage.listed}/linked?a=b`)}`,
    );
  });

  it('is heard where the page began to listen while its first word was on the way', async () => {
    const evil = scripted(`gadgets.io.makeRequest('${stage.listed}/x', function (answer) {
      document.getElementById('log').textContent = answer.text;
    });`);
    open = await stage.open({ evil }, { beforehand: OFFER_TWICE });
    const log = open.page.frameLocator('[data-gadget-frame=evil]').locator('#log');
    await log.filter({ hasText: 'data of /x' }).waitFor();
  });

  it('is painted with nineteen others while no provider answers any of them', async () => {
    const waiting = scripted(`document.getElementById('log').textContent = 'painted';
      gadgets.io.makeRequest('${stage.listed}/never', function () { document.getElementById('log').textContent = 'answered'; });`);
    const gadgets = Object.fromEntries(Array.from({ length: 19 }, (_, index) => [`slow${index}`, waiting]));
    open = await stage.open(gadgets, { isHurried: true });
    await open.page.setViewportSize({ width: 1280, height: 6000 });
    for (const place of Object.keys(gadgets)) {
      const log = open.page.frameLocator(`[data-gadget-frame=${place}]`).locator('#log');
      await log.filter({ hasText: 'painted' }).waitFor();
    }
  });

  it('that is a page elsewhere is framed there, in the same sandbox, and may call the same functions', async () => {
    const evil = `<Module><ModulePrefs title="P"><Require feature="setprefs"/></ModulePrefs><UserPref name="town" default_value="Bremen"/><Content type="url" href="${stage.listed}/page"/></Module>`;
    open = await stage.open({ evil });
    const frame = open.page.frameLocator('[data-gadget-frame=evil]');
    await frame.locator('#log', { hasText: 'Bremen data of /from-page null' }).waitFor();
    assert.equal(
      await open.page.locator('[data-gadget-frame=evil]').getAttribute('sandbox'),
      'allow-scripts allow-forms',
    );
  });

  it('is reloaded when the page asks for it', async () => {
    open = await stage.open({ evil: scripted(`gadgets.pubsub.publish('x', 1);`) });
    const before: Frame = open.frame('evil');
    await before.evaluate('window.isOld = true');
    await open.page.evaluate(
      `document.querySelector('[data-gadget-frame=evil]').dispatchEvent(new CustomEvent('gadget-reload'))`,
    );
    await waitUntil(open.frame('evil'), 'window.isOld === undefined && window.gadgets');
  });
});

/** The page greets each frame that has spoken already; what comes over the port that it spoke by first, comes last. */
const OFFER_TWICE = `if (window === top) {
  const greeted = new Set();
  addEventListener('message', ({ data, source }) => {
    if (!greeted.has(source)) source.postMessage(data, '*');
    greeted.add(source);
  });
} else {
  const { set } = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
  let ports = 0;
  let held = [];
  const give = () => { for (const one of held.splice(0)) one(); };
  Object.defineProperty(MessagePort.prototype, 'onmessage', {
    set(hear) {
      const isFirst = (ports += 1) === 1;
      set.call(this, (event) => {
        if (isFirst) held.push(() => hear(event));
        else give();
        if (!isFirst) hear(event);
      });
    },
  });
}`;

function bundles(): Record<string, string> {
  const base = 'https://gadgets.example/messages/';
  return {
    [`${base}ALL_ALL.xml`]:
      '<messagebundle><msg name="weather">Weather in</msg><msg name="town">Town</msg></messagebundle>',
    [`${base}ja_ALL.xml`]: '<messagebundle/>',
  };
}
