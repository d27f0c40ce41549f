/**
 * The REST API over memory storage, on a real socket. Every answer is held against the description that the API gives
 * of itself, by a validator that knows nothing of the project: what differs fails the test that asked.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { createApiKey, findApiKeyHolder } from '../../src/accounts/index.ts';
import { createConsumerContext } from '../../src/consumer/index.ts';
import { gadgetSources } from '../../src/dashboard/index.ts';
import type { ApiScope } from '../../src/model/index.ts';
import { createRestApi } from '../../src/rest-api/index.ts';
import { createWirePolicy, type Outbound, readWireRequest } from '../../src/web/index.ts';
import { peopledAccounts } from './accounts-world.ts';
import { anOwnGadget } from './gadgets-world.ts';
import { becomeInstallation } from './own-identity.ts';

/** Where the API says it is; nothing is sent there. */
export const PUBLIC_URL = 'http://127.0.0.1/jira';

/** Programs call from this machine, which may say what it likes of who asked it. */
const TRUSTED_PROXIES = ['127.0.0.1'];

/** An answer. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what it holds has just been held against the description
  readonly body: any;
}

/** What a call is made with. */
export interface ApiCall {
  readonly body?: unknown;
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** The bytes to send, for bodies that are no JSON. */
  readonly raw?: string;
}

type Operations = Record<
  string,
  { operationId: string; parameters?: unknown[]; responses: Record<string, Described> }
>;
interface Described {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

/** Starts it. The key may write unless another is given. */
export async function createApiWorld() {
  const accounts = await peopledAccounts();
  const administration = accounts;
  await becomeInstallation(administration, 'Tracker');
  const troubles: unknown[] = [];
  const published = { xml: '', at: new Map<string, string>() };
  const outbound: Outbound = {
    async fetch(url) {
      const body = published.at.get(url) ?? published.xml;
      return { status: body === '' ? 404 : 200, headers: {}, finalUrl: url, body: Buffer.from(body) };
    },
  };
  const policy = createWirePolicy({
    publicUrl: new URL(PUBLIC_URL),
    listenAddress: () => null,
    trustedProxies: TRUSTED_PROXIES,
  });
  const api = createRestApi({
    administration,
    accounts,
    gadgets: { ...accounts, publicUrl: PUBLIC_URL, ownGadgets: [anOwnGadget('links')] },
    gadgetSources: gadgetSources(outbound, 'en'),
    consumer: createConsumerContext({ ...accounts, fetch: outbound.fetch, pause: async () => {} }),
    outbound,
    settings: {
      accessTokenTtlSeconds: 1,
      requestTokenTtlSeconds: 1,
      sessionTtlSeconds: 1,
      timestampWindowSeconds: 300,
    },
    publicUrl: PUBLIC_URL,
    trustedProxies: TRUSTED_PROXIES,
    findHolder: (key) => findApiKeyHolder(administration, key),
    onTrouble: (error) => troubles.push(error),
  });
  const server = createServer((incoming, response) =>
    api.handle(readWireRequest(incoming, policy), response),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jira/oauth/api`;

  /** Of each user and right one, since nobody may have more than a few dozen. */
  const keys = new Map<string, Promise<string>>();
  function makeKey(userName: string, scope: ApiScope): Promise<string> {
    const label = `${scope} ${userName}`;
    const known = keys.get(label);
    if (known !== undefined) return known;
    const wanted = { userName, label, lastDay: '', scope, providers: null };
    const made = createApiKey(administration, wanted).then(({ key }) => key.reveal());
    keys.set(label, made);
    return made;
  }
  const writeKey = await makeKey('root', 'write');
  const description = (await (await fetch(`${base}/openapi.json`)).json()) as {
    paths: Record<string, Operations>;
  };
  const validator = new Ajv2020({ strict: false, allErrors: true });
  formats.default(validator);
  validator.addSchema(description, 'api');

  function holdAgainstDescription(method: string, path: string, answer: ApiAnswer): void {
    const template = Object.keys(description.paths)
      .sort((a, b) => a.split('{').length - b.split('{').length)
      .find((one) => new RegExp(`^${one.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path));
    if (template === undefined) {
      assert.equal(answer.status, 404);
      return;
    }
    const operation = (description.paths[template] as Operations)[
      method === 'HEAD' ? 'get' : method.toLowerCase()
    ];
    if (operation === undefined) {
      assert.equal(answer.status, 405);
      return;
    }
    const { responses } = operation;
    const status = responses[String(answer.status)] === undefined ? 'default' : String(answer.status);
    const { content } = responses[status] ?? {};
    if (answer.status === 304 || method === 'HEAD' || content === undefined) return;
    const [type = ''] = answer.headers.get('content-type')?.split(';') ?? [];
    assert.ok(Object.hasOwn(content, type), `${method} ${path}: ${type} is not described`);
    const at = ['paths', template, method.toLowerCase(), 'responses', status, 'content', type, 'schema'];
    const pointer = at
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    const validate = validator.compile({ $ref: `api#/${pointer}` });
    assert.ok(validate(answer.body), `${method} ${path}: ${validator.errorsText(validate.errors)}`);
  }

  return {
    ...accounts,
    description,
    troubles,
    published,
    makeKey,
    base,
    /** Makes a call, and holds the answer against the description. @param path below `/v1`, with its query */
    async call(
      method: string,
      path: string,
      { body, key = writeKey, headers, raw }: ApiCall = {},
    ): Promise<ApiAnswer> {
      const response = await fetch(`${base}/v1${path}`, {
        method,
        headers: {
          connection: 'close',
          ...(key === null ? {} : { authorization: `Bearer ${key}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined && raw === undefined ? {} : { body: raw ?? JSON.stringify(body) }),
      });
      const text = await response.text();
      const answer = {
        status: response.status,
        headers: response.headers,
        body: readBody(response.headers, text),
      };
      holdAgainstDescription(method, path.split('?')[0] ?? '', answer);
      return answer;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What was answered: a document, the text of a sheet, or nothing. */
function readBody(headers: Headers, text: string): unknown {
  if (text === '') return undefined;
  return headers.get('content-type')?.startsWith('text/csv') ? text : JSON.parse(text);
}

export type ApiWorld = Awaited<ReturnType<typeof createApiWorld>>;
