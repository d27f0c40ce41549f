/**
 * A dashboard in a real browser with one honest gadget and others beside it, an attacker's server that writes down
 * whatever reaches it, and a server that gadgets may reach.
 */
import { createSocket } from 'node:dgram';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Frame, Page } from 'playwright-core';
import { createOutbound } from '../../src/web/index.ts';
import { freePorts } from '../support/free-ports.ts';
import {
  type Container,
  type ContainerOptions,
  DASHBOARD,
  openContainer,
  servePages,
  sessionCookie,
} from '../support/gadget-container.ts';
import { newVisitor, waitUntil } from './browser.ts';

/** What a test works with. */
export interface GadgetStage {
  /** Of the server that gadgets may reach. It answers `data of …`; `/away` redirects to the attacker, `/never` hangs. */
  readonly listed: string;
  /** Of the attacker's server. */
  readonly evil: string;
  /** What has reached the attacker since the dashboard was opened. */
  readonly reached: string[];
  /** Opens a dashboard with the honest gadget `good` and these, for somebody. */
  open(gadgets: Readonly<Record<string, string>>, options?: OpenOptions): Promise<OpenDashboard>;
  close(): Promise<void>;
}

export interface OpenOptions extends Pick<ContainerOptions, 'preferences' | 'authorizedFetch' | 'bundles'> {
  readonly userName?: string;
  /** Does not wait for the honest one. */
  readonly isHurried?: boolean;
  /** A script that runs first in each document, the page's and the gadgets'. */
  readonly beforehand?: string;
  /** Waits until this is so in the frame of the gadget `evil`; until the honest one shows data, anyway. */
  readonly until?: string;
}

export interface OpenDashboard {
  readonly page: Page;
  readonly container: Container;
  /** The document of the gadget at a place. */
  frame(place: string): Frame;
  /** The events that the page's script fired so far, as `type detail`. */
  events(): Promise<string[]>;
}

/** A spec of one script. */
export function scripted(script: string, prefs = ''): string {
  return `<Module><ModulePrefs title="Evil"><Require feature="setprefs"/></ModulePrefs>${prefs}<Content type="html"><![CDATA[<p id="log"></p><script>${script}</script>]]></Content></Module>`;
}

function honest(listed: string): string {
  return `<Module><ModulePrefs title="Good"><Require feature="dynamic-height"/><Require feature="setprefs"/></ModulePrefs>
<UserPref name="secret" datatype="hidden" default_value="kept"/>
<Content type="html"><![CDATA[<button id="again">Again</button><p id="data"></p><script>
var count = 0;
function load() {
  gadgets.io.makeRequest('${listed}/good', function (answer) {
    count += 1;
    document.getElementById('data').textContent = answer.text + ' ' + count + ' ' + new gadgets.Prefs().getString('secret');
    gadgets.window.adjustHeight();
  }, { REFRESH_INTERVAL: 0 });
}
document.getElementById('again').onclick = load;
gadgets.util.registerOnLoadHandler(load);
</script>]]></Content></Module>`;
}

/** A gadget's page on a server of its own, which loads the functions from the container. */
function pageElsewhere(container: string, own: string): string {
  return `<!doctype html><p id="log"></p><script src="${container}/gadgets/js/core:setprefs.js"></script><script>
gadgets.io.makeRequest('${own}/from-page', function (answer) {
  document.getElementById('log').textContent = [new gadgets.Prefs().getString('town'), answer.text, origin].join(' ');
});</script>`;
}

/** What the server that gadgets may reach has beside its usual answer. */
const DATA: Readonly<Record<string, string>> = {
  '/json': '{"a":[1,2]}',
  '/xml': '<a id="x"/>',
  '/feed': '<rss><channel><title>N</title><item><title>First</title></item></channel></rss>',
};

/** Opens the stage. */
export async function openGadgetStage(browser: Browser): Promise<GadgetStage> {
  const reached: string[] = [];
  const evil = createServer((request, response) => {
    reached.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('<!doctype html><h1>Evil</h1>');
  });
  evil.on('upgrade', (request, socket) => {
    reached.push(`UPGRADE ${request.url}`);
    socket.destroy();
  });
  const evilOrigin = await listen(evil);
  const datagrams = createSocket('udp4');
  datagrams.on('message', () => void reached.push('UDP'));
  await new Promise<void>((resolve) =>
    datagrams.bind(Number(new URL(evilOrigin).port), '127.0.0.1', resolve),
  );
  const [port = 0] = await freePorts(1);
  let listedOrigin = '';
  const listed = createServer((request, response) => {
    if (request.url === '/away') response.writeHead(302, { location: `${evilOrigin}/redirected` }).end();
    else if (request.url?.startsWith('/page?')) {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(pageElsewhere(`http://127.0.0.1:${port}`, listedOrigin));
    } else if (request.url !== '/never') response.end(DATA[request.url ?? ''] ?? `data of ${request.url}`);
  });
  listedOrigin = await listen(listed);
  const outbound = createOutbound({ allowHosts: [new URL(listedOrigin).host, new URL(evilOrigin).host] });
  let present: Container | null = null;
  const server = await servePages(() => present!.pages, port);
  return {
    listed: listedOrigin,
    evil: evilOrigin,
    reached,
    async open(gadgets, { userName = 'bob', until, beforehand, isHurried = false, ...options } = {}) {
      const publicUrl = `http://127.0.0.1:${port}`;
      const all = { good: honest(listedOrigin), ...gadgets };
      present = await openContainer({ publicUrl, gadgets: all, rules: [listedOrigin], outbound, ...options });
      reached.length = 0;
      return openPage(browser, present, userName, { until, beforehand, isHurried });
    },
    async close() {
      server.close();
      for (const one of [evil, listed]) {
        one.closeAllConnections();
        one.close();
      }
      datagrams.close();
    },
  };
}

async function openPage(
  browser: Browser,
  container: Container,
  userName: string,
  { until, beforehand, isHurried = false }: Pick<OpenOptions, 'until' | 'beforehand' | 'isHurried'>,
): Promise<OpenDashboard> {
  const page = await newVisitor(browser);
  const { name, value } = await sessionCookie(container, userName);
  await page
    .context()
    .addCookies([{ name, value, url: container.publicUrl.href, httpOnly: true, sameSite: 'Lax' }]);
  await page.addInitScript(`if (window === top) {
    window.seen = [];
    for (const type of ['gadget-title', 'gadget-preferences', 'gadget-state', 'gadget-approve'])
      document.addEventListener(type, ({ detail }) => window.seen.push(type + ' ' + JSON.stringify(detail)));
  }`);
  if (beforehand !== undefined) await page.addInitScript(beforehand);
  await page.goto(`${container.publicUrl.href}dashboards/${DASHBOARD}`);
  const frame = (place: string) => {
    const found = page.frames().find((one) => one.url().includes(`module=${place}&`));
    if (found === undefined)
      throw new Error(`no frame of ${place}: ${page.frames().map((one) => one.url())}`);
    return found;
  };
  if (!isHurried) {
    const data = page.frameLocator('[data-gadget-frame=good]').locator('#data');
    await data.filter({ hasText: 'data of /good 1 kept' }).waitFor();
    // Then it tells its height, and what stands below it moves.
    await page.locator('[data-gadget-frame=good][style*="height"]').waitFor();
  }
  if (until !== undefined) await waitUntil(frame('evil'), until);
  return { page, container, frame, events: () => page.evaluate('window.seen') };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
