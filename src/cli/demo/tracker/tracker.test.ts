import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { FixedClock, Secret } from '../../../base/index.ts';
import { type AssertionSigner, createAssertionSigner } from '../../../gateway/index.ts';
import { startTracker, type Tracker } from './tracker.ts';

const NOW = Math.floor(Date.now() / 1000);

describe('the sample tracker', () => {
  let front: Server;
  let tracker: Tracker;
  let signer: AssertionSigner;
  before(async () => {
    front = createServer((_request, response) => response.end(signer.keySet()));
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
    tracker = await startTracker(() => `http://127.0.0.1:${(front.address() as AddressInfo).port}`);
    signer = await signerFor(tracker.url);
  });
  after(() => {
    tracker.close();
    front.close();
    front.closeAllConnections();
  });

  function signerFor(audience: string): Promise<AssertionSigner> {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const random = { bytes: (length: number) => new Uint8Array(length) };
    const clock = new FixedClock(NOW);
    return createAssertionSigner({
      privateKey: new Secret(pem),
      issuer: 'http://front',
      audience,
      clock,
      random,
    });
  }

  async function as(userName: string, signedBy = signer): Promise<Record<string, string>> {
    const identity = { userName, consumerKey: 'wiki', tokenId: 'id', via: 'three-legged' } as const;
    return { 'x-countersign-assertion': await signedBy.assert(identity) };
  }

  it('shows each person their own issues, and nobody else’s', async () => {
    const answer = await fetch(`${tracker.url}/rest/api/2/search`, { headers: await as('bob') });
    const { issues } = (await answer.json()) as { issues: { key: string; owner: string }[] };
    assert.deepEqual([...new Set(issues.map(({ owner }) => owner))], ['bob']);
    const foreign = await fetch(`${tracker.url}/rest/api/2/issue/TRACK-1`, { headers: await as('bob') });
    assert.equal(foreign.status, 404);
  });

  it('finds what is open, what happened of late, and so many of it', async () => {
    const search = async (jql: string, maxResults = 50) => {
      const query = new URLSearchParams({ jql, maxResults: String(maxResults) });
      const answer = await fetch(`${tracker.url}/rest/api/2/search?${query}`, { headers: await as('alice') });
      return (await answer.json()) as {
        total: number;
        issues: { fields: { created: string; resolutiondate: string | null } }[];
      };
    };
    const open = await search('assignee = currentUser() AND resolution = EMPTY ORDER BY updated DESC', 2);
    assert.equal(open.issues.length, 2);
    assert.ok(open.total > 2 && open.issues.every(({ fields }) => fields.resolutiondate === null));
    assert.ok(open.issues[0]!.fields.created > open.issues[1]!.fields.created);
    const week = await search('created >= -7d OR resolved >= -7d');
    assert.ok(week.total > 0 && week.total < (await search('')).total);
  });

  it('tells everybody its news, and each person what happened to their own issues', async () => {
    const read = async (headers: Record<string, string>) =>
      (await fetch(`${tracker.url}/activity`, { headers })).text();
    const anonymous = await read({});
    assert.match(anonymous, /The tracker is open/);
    assert.doesNotMatch(anonymous, /TRACK-/);
    const bobs = await read(await as('bob'));
    assert.match(bobs, /created TRACK-3: Rotate the signing key/);
    assert.doesNotMatch(bobs, /TRACK-1:/);
  });

  it('shows one’s own issue alone, and none of anybody else', async () => {
    const open = async (key: string) => fetch(`${tracker.url}/browse/${key}`, { headers: await as('alice') });
    assert.match(await (await open('TRACK-1')).text(), /Order paper/);
    assert.equal((await open('TRACK-3')).status, 404);
  });

  it('takes a comment on one’s own issue', async () => {
    const headers = { ...(await as('alice')), 'content-type': 'application/json' };
    const url = `${tracker.url}/rest/api/2/issue/TRACK-1/comment`;
    const posted = await fetch(url, { method: 'POST', headers, body: '{"body":"<b>Done & paid</b>"}' });
    assert.equal(posted.status, 201);
    const page = await (await fetch(tracker.url, { headers })).text();
    assert.match(page, /alice: &lt;b&gt;Done &amp; paid&lt;\/b&gt;/);
  });

  it('believes neither a bare header nor a statement that another key signed or that was altered', async () => {
    const stranger = await signerFor(tracker.url);
    const { 'x-countersign-assertion': good = '' } = await as('alice');
    const [head, , signature] = good.split('.');
    const claims = Buffer.from(JSON.stringify({ sub: 'bob', aud: tracker.url, exp: NOW + 60 })).toString(
      'base64url',
    );
    for (const headers of [
      {},
      { 'x-forwarded-user': 'alice' },
      await as('alice', stranger),
      { 'x-countersign-assertion': `${head}.${claims}.${signature}` },
      { 'x-countersign-assertion': 'a.b.c' },
    ]) {
      const answer = await fetch(`${tracker.url}/rest/api/2/myself`, {
        headers: headers as Record<string, string>,
      });
      assert.equal(answer.status, 401, JSON.stringify(headers));
    }
  });
});
