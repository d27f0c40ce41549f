/**
 * Requests of gadgets: what `makeRequest` adds to a bare undici proxy in front of the same provider, without anything
 * of anybody and with the viewer's token. Viewers are many, because each has a share of what the server does.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { findSession, startSession } from '../../src/accounts/index.ts';
import { Secret } from '../../src/base/index.ts';
import { sealTicket, ticketKey } from '../../src/gadgets/index.ts';
import {
  type AuditEvent,
  audienceOf,
  type Connection,
  type ServiceProvider,
  type Storage,
  USUAL_CONDUCT,
} from '../../src/model/index.ts';
import { openSqliteDatabase } from '../../src/storage/sqlite/index.ts';
import { createCookieJar } from '../../src/web/index.ts';
import { type Comparison, comparison, measureInTurn } from '../compare.ts';
import { startBare, startCountersign } from '../processes.ts';
import { CLOCK, prepareInstallation } from '../workload.ts';

const PATH = '/rest/api/2/search?jql=assignee%3Dalice';
const SPEC_URL = 'https://gadgets.example/bench.xml';
const PROVIDER = 'Upstream';
const DASHBOARD = 'bench';
const MODULE = 'one';

/** A viewer's gadgets make at most 300 requests a minute. */
const VIEWERS = 80;
const MOST_IN_A_ROUND = 1000;
const CONNECTIONS = 16;

const SPEC = `<Module><ModulePrefs title="Bench"><OAuth><Service name="${PROVIDER}"/></OAuth></ModulePrefs><Content type="html">x</Content></Module>`;

/** Both ways of asking, each against the bare proxy. */
export async function compareGadgetRequests(
  parent: string,
  { rounds, requests }: { readonly rounds: number; readonly requests: number },
): Promise<{ readonly none: Comparison; readonly oauth: Comparison }> {
  const directory = await mkdtemp(join(parent, 'gadgets-'));
  await prepareInstallation(directory);
  const upstream = await startBare('upstream.ts', {});
  const address = `http://127.0.0.1:${upstream.port}`;
  const countersign = await startCountersign(directory, ['--allow-host', new URL(address).host]);
  const proxy = await startBare('bare-proxy.ts', { upstream: address });
  try {
    const viewers = await prepareViewers(directory, countersign.port, address);
    for (const authorization of ['NONE', 'OAUTH'])
      await assertAnswered(viewers[0]!, countersign.port, address, authorization);
    let next = 0;
    const asking = (authorization: string) => (count: number) =>
      Array.from({ length: count }, () => {
        next += 1;
        return requestOf(viewers[next % viewers.length]!, countersign.port, address + PATH, authorization);
      });
    const plain = `GET ${PATH} HTTP/1.1\r\nHost: 127.0.0.1:${proxy.port}\r\nAccept: application/json\r\n\r\n`;
    const [none, oauth, bare] = await measureInTurn(
      [
        { name: 'makeRequest NONE', server: countersign, prepare: asking('NONE') },
        { name: 'makeRequest OAUTH', server: countersign, prepare: asking('OAUTH') },
        {
          name: 'bare undici',
          server: proxy,
          prepare: (count) => Array.from({ length: count }, () => Buffer.from(plain)),
        },
      ],
      { rounds, requests: Math.min(requests, MOST_IN_A_ROUND), connections: CONNECTIONS },
    );
    return { none: comparison(none!, bare!), oauth: comparison(oauth!, bare!) };
  } finally {
    await Promise.all([countersign.stop(), proxy.stop(), upstream.stop()]);
  }
}

interface BenchViewer {
  readonly cookie: string;
  readonly csrf: string;
  readonly token: string;
}

function requestOf(
  { cookie, csrf, token }: BenchViewer,
  port: number,
  url: string,
  authorization: string,
): Buffer {
  const request = JSON.stringify({ url, authorization, serviceName: PROVIDER, refreshSeconds: '0' });
  const body = new URLSearchParams({ csrf, token, request }).toString();
  return Buffer.from(
    `POST /gadgets/makeRequest HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
}

/** What is refused is answered quickly, too. @throws when data is not what comes back */
async function assertAnswered(
  { cookie, csrf, token }: BenchViewer,
  port: number,
  address: string,
  authorization: string,
): Promise<void> {
  const request = JSON.stringify({ url: address + PATH, authorization, serviceName: PROVIDER });
  const answer = await fetch(`http://127.0.0.1:${port}/gadgets/makeRequest`, {
    method: 'POST',
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ csrf, token, request }),
  });
  const text = await answer.text();
  if (!text.includes('"rc":200')) throw new Error(`${authorization} was answered with ${text.slice(0, 300)}`);
}

const EVENT: Omit<AuditEvent, 'action'> = {
  at: 0,
  actor: 'bench',
  object: '',
  before: null,
  after: null,
  note: null,
};

async function prepareViewers(directory: string, port: number, address: string): Promise<BenchViewer[]> {
  const { storage } = await openSqliteDatabase({ directory, clock: CLOCK });
  const provider = await addProvider(storage, address);
  await addGadget(storage);
  const key = ticketKey((await storage.installation.read())!);
  const context = { storage, clock: CLOCK, random: { bytes: (length: number) => randomBytes(length) } };
  const jar = createCookieJar(new URL(`http://127.0.0.1:${port}`));
  const viewers: BenchViewer[] = [];
  for (let index = 0; index < VIEWERS; index += 1) {
    const name = `viewer${index}`;
    const user = { ...(await storage.users.find('alice'))!, name, displayName: name };
    await storage.users.add(user, { ...EVENT, action: 'user.add' });
    await storage.connections.save(connectionOf(name, provider), { ...EVENT, action: 'connection.add' });
    const cookie = await startSession(context as never, user);
    const session = (await findSession(context as never, cookie))!.session;
    const facts = { dashboardId: DASHBOARD, moduleId: MODULE, specUrl: SPEC_URL };
    const seal = { key, purpose: 'gadget', sessionHash: session.hash };
    const token = sealTicket(seal, facts, Math.floor(Date.now() / 1000) + 3600);
    viewers.push({ cookie: `${jar.name('session')}=${cookie}`, csrf: session.csrfToken, token });
  }
  await storage.close();
  return viewers;
}

async function addProvider(storage: Storage, address: string): Promise<ServiceProvider> {
  const provider: ServiceProvider = {
    ...USUAL_CONDUCT,
    id: 'upstream',
    name: PROVIDER,
    consumerKey: 'bench',
    secret: new Secret('benchmark-consumer-secret'),
    description: '',
    signatureMethod: 'HMAC-SHA1',
    requestTokenUrl: `${address}/request`,
    authorizeUrl: `${address}/authorize`,
    accessTokenUrl: `${address}/access`,
    baseUrl: address,
    createdAt: 0,
    updatedAt: 0,
  };
  await storage.serviceProviders.add(provider, { ...EVENT, action: 'service-provider.add' });
  return provider;
}

async function addGadget({ gadgets, dashboards }: Storage): Promise<void> {
  const times = { createdAt: 1, updatedAt: 1 };
  await gadgets.add(
    {
      id: 'bench',
      specUrl: SPEC_URL,
      xml: SPEC,
      bundles: {},
      sha256: '',
      title: 'Bench',
      description: '',
      author: null,
      thumbnailUrl: null,
      categories: [],
      feedId: null,
      addedBy: 'bench',
      ...times,
    },
    { ...EVENT, action: 'gadget.add' },
  );
  const placed = {
    id: MODULE,
    specUrl: SPEC_URL,
    column: 0,
    color: 'blue',
    preferences: {},
    isMinimised: false,
    title: null,
    refreshSeconds: null,
  } as const;
  await dashboards.add(
    {
      id: DASHBOARD,
      ownerName: 'alice',
      name: 'Bench',
      description: '',
      layout: 'A',
      gadgets: [placed],
      sharing: 'everyone',
      ...times,
    },
    { ...EVENT, action: 'dashboard.add' },
  );
}

function connectionOf(userName: string, provider: ServiceProvider): Connection {
  return {
    id: `${userName} at upstream`,
    userName,
    providerName: provider.name,
    gadgetUrl: SPEC_URL,
    audience: audienceOf(provider),
    consumerKey: null,
    token: new Secret('benchToken00000000000000000000001'),
    secret: new Secret('benchmark-token-secret'),
    sessionHandle: null,
    accountLabel: null,
    expiresAt: null,
    sessionExpiresAt: null,
    state: 'active',
    problem: null,
    version: 1,
    createdAt: 0,
    renewedAt: null,
    lastUsedAt: null,
  };
}
