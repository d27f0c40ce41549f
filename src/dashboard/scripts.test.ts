import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Script } from 'node:vm';
import { browserScriptText } from '../web/index.ts';
import { GADGET_RUNTIME, PAGE_SCRIPTS } from './scripts.ts';

/** What is used of the page's side, in a browser at this address. */
async function carry(url: string): Promise<{ readonly rc: number; readonly fetched: readonly string[] }> {
  const fetched: string[] = [];
  const fetch = async (address: string) => {
    fetched.push(address);
    return new Response('{}', { headers: { 'content-type': 'application/json' } });
  };
  const before = globalThis.fetch;
  const page = { href: 'https://wiki.example/w/dashboards/1', origin: 'https://wiki.example' };
  Object.assign(globalThis, { fetch, location: page });
  try {
    // Types of browsers are known in that folder only.
    const { carryRequest } = await import(String(new URL('browser/carry-request.ts', import.meta.url)));
    const frame = { dataset: { own: '', gadgets: '/w/gadgets' } };
    const { rc } = await carryRequest(frame, { url, method: 'GET' });
    return { rc, fetched };
  } finally {
    Object.assign(globalThis, { fetch: before });
    Reflect.deleteProperty(globalThis, 'location');
  }
}

describe('an own gadget', () => {
  it('gets data of this installation, as its viewer', async () => {
    const url = 'https://wiki.example/w/rest/gadgets/1.0/connections';
    assert.deepEqual(await carry(url), { rc: 200, fetched: [url] });
  });

  it('asks no provider and no administration as its viewer, whatever path its dashboard’s owner entered', async () => {
    for (const path of ['/oauth/out/Tracker/rest', '/rest/../oauth/admin/users/csv', '/%2e/oauth/out/x/y'])
      assert.deepEqual(await carry(`https://wiki.example/w${path}`), { rc: 403, fetched: [] }, path);
  });
});

describe('the scripts of dashboards', () => {
  for (const script of [...PAGE_SCRIPTS, GADGET_RUNTIME]) {
    it(`${script.name} is one script that browsers can read, and small`, () => {
      const text = browserScriptText(script);
      assert.ok(new Script(text));
      assert.ok(text.length <= 12_000, `${text.length} bytes`);
    });
  }
});
