import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aConsumer, anEvent } from '../../test/support/records.ts';
import { FixedClock } from '../base/index.ts';
import { type Refusal, type Storage, unpackRefusal } from '../model/index.ts';
import { Problem } from '../oauth/index.ts';
import { createMemoryStorage } from '../storage/memory/index.ts';
import type { WireRequest } from '../web/index.ts';
import { RefusalRecorder } from './refusal-recorder.ts';

const NOW = 1_800_000_000;
const ALL = { search: '', offset: 0, limit: 1000 };
const INVALID = new Problem('signature_invalid');

let requests = 0;

/** A request as the listener would have read it. */
function aWire(changes: Partial<WireRequest> = {}): WireRequest {
  requests += 1;
  const path = '/rest/issues';
  return {
    incoming: {
      rawHeaders: ['X-Forwarded-Proto', 'https'],
      socket: { remoteAddress: '10.0.0.1', localPort: 8080 },
    },
    policy: { proxies: { trusts: () => false } },
    method: 'GET',
    target: `${path}?q=1`,
    path,
    localPath: path,
    query: 'q=1',
    baseUri: `https://tracker.example${path}`,
    clientAddress: '192.0.2.1',
    isSecureTransport: true,
    requestId: `request-${requests}`,
    authorization: ['OAuth oauth_consumer_key="wiki", oauth_token="t"'],
    contentType: [],
    hasBody: false,
    header: () => 'tracker.example',
    ...changes,
  } as unknown as WireRequest;
}

async function openRecorder(changes: Partial<Storage['refusals']> = {}) {
  const clock = new FixedClock(NOW);
  const storage = createMemoryStorage({ clock });
  await storage.consumers.add(aConsumer(), anEvent());
  const trouble: unknown[] = [];
  const recorder = new RefusalRecorder({
    storage: { ...storage, refusals: { ...storage.refusals, ...changes } },
    clock,
    publicUrl: new URL('https://tracker.example'),
    onTrouble: (error) => trouble.push(error),
  });
  const kept = async () => (await storage.refusals.list({}, ALL)).rows;
  return { clock, storage, recorder, trouble, kept };
}

describe('the recorder of refusals', () => {
  it('keeps the request as it was judged, and what was seen of its way', async () => {
    const { storage, recorder } = await openRecorder();
    recorder.note(aWire({ requestId: 'this-one' }), INVALID);
    await recorder.stop();
    const refusal = (await storage.refusals.find('this-one')) as Refusal;
    const { consumerKey, isKnownConsumer, problem, at } = refusal;
    assert.deepEqual([consumerKey, isKnownConsumer, problem, at], ['wiki', true, 'signature_invalid', NOW]);
    const request = unpackRefusal(refusal);
    assert.equal(request.kind, 'resource');
    assert.deepEqual(request.forwarded, { 'x-forwarded-proto': 'https' });
    assert.deepEqual([request.peerAddress, request.listenPort, request.scheme], ['10.0.0.1', 8080, 'http']);
    assert.equal(request.isBodyWhole, true);
  });

  it('says so when the body is not there', async () => {
    const { storage, recorder } = await openRecorder();
    recorder.note(aWire({ requestId: 'streamed', hasBody: true }), INVALID);
    await recorder.stop();
    assert.equal(unpackRefusal((await storage.refusals.find('streamed')) as Refusal).isBodyWhole, false);
  });

  it('tells strangers from consumers, and finds the key also where the request cannot be taken apart', async () => {
    const { recorder, kept } = await openRecorder();
    recorder.note(aWire({ authorization: ['OAuth oauth_consumer_key="made-up"'] }), INVALID);
    recorder.note(
      aWire({ authorization: ['OAuth oauth_consumer_key="wiki", oauth_consumer_key="wiki"'] }),
      INVALID,
    );
    recorder.note(aWire({ authorization: [] }), INVALID);
    await recorder.stop();
    const found = (await kept()).map(({ consumerKey, isKnownConsumer }) => [consumerKey, isKnownConsumer]);
    assert.deepEqual(
      found.toSorted(),
      [
        [null, false],
        ['made-up', false],
        ['wiki', true],
      ].toSorted(),
    );
  });

  it('takes all addresses of an IPv6 network for one', async () => {
    const { recorder, kept } = await openRecorder();
    for (let i = 1; i <= 40; i += 1) recorder.note(aWire({ clientAddress: `2001:db8::${i}` }), INVALID);
    await recorder.stop();
    assert.equal((await kept()).length, 20);
  });

  it('drops what one address sends beyond twenty a minute, and still keeps the others’', async () => {
    const { clock, recorder, kept } = await openRecorder();
    for (let index = 0; index < 100; index += 1) recorder.note(aWire(), INVALID);
    recorder.note(aWire({ clientAddress: '192.0.2.2', requestId: 'honest' }), INVALID);
    await recorder.stop();
    const rows = await kept();
    assert.equal(rows.length, 21);
    assert.ok(rows.some(({ requestId }) => requestId === 'honest'));
    clock.advance(60);
    recorder.note(aWire({ requestId: 'a-minute-later' }), INVALID);
    await recorder.stop();
    assert.ok((await kept()).some(({ requestId }) => requestId === 'a-minute-later'));
  });

  it('has a short queue: a flood from everywhere costs no more than that', async () => {
    const written: number[] = [];
    const { recorder } = await openRecorder({ add: async (refusals) => void written.push(refusals.length) });
    for (let index = 0; index < 5000; index += 1)
      recorder.note(aWire({ clientAddress: `2001:db8:${index.toString(16)}::1` }), INVALID);
    await recorder.stop();
    assert.deepEqual(written, [50]);
  });

  it('never fails, tells of trouble, and goes on after it', async () => {
    let isDown = true;
    const added: string[] = [];
    const { recorder, trouble } = await openRecorder({
      async add(refusals) {
        if (isDown) throw new Error('disk full');
        added.push(...refusals.map(({ requestId }) => requestId));
      },
    });
    recorder.note(aWire(), INVALID);
    await recorder.stop();
    isDown = false;
    recorder.note(aWire({ requestId: 'afterwards' }), INVALID);
    await recorder.stop();
    assert.equal(trouble.length, 1);
    assert.deepEqual(added, ['afterwards']);
  });
});
