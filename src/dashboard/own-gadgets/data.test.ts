import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createGadgetsWorld } from '../../../test/support/gadgets-world.ts';
import {
  aConnection,
  aConsumer,
  anEvent,
  aRefusal,
  aServiceProvider,
} from '../../../test/support/records.ts';
import { nowSeconds } from '../../base/index.ts';
import { audienceOf, dayOf } from '../../model/index.ts';
import { connectionsData } from './connections-data.ts';
import { consumersData } from './consumers-data.ts';

describe('the data about a user’s connections', () => {
  it('tells the state of each and never a token', async () => {
    const { context } = await createGadgetsWorld();
    const { storage } = context;
    const now = nowSeconds(context.clock);
    const names = ['Active', 'Renewed', 'Over', 'Dead', 'Moved'];
    for (const name of names) await storage.serviceProviders.add(aServiceProvider({ name }), anEvent());
    const save = (providerName: string, fields: object) =>
      storage.connections.save(
        aConnection(providerName, { providerName, userName: 'bob', ...fields }),
        anEvent(),
      );
    const past = now - 1;
    await save('Active', { sessionHandle: null, expiresAt: now + 60 });
    await save('Renewed', { expiresAt: past });
    await save('Over', { expiresAt: past, sessionHandle: null });
    await save('Dead', { state: 'dead', problem: 'token_revoked' });
    await save('Moved', { audience: audienceOf(aServiceProvider({ consumerKey: 'another' })) });
    const data = (await connectionsData(storage, 'BOB', now)) as {
      connections: { provider: string; state: string }[];
    };
    deepEqual(Object.fromEntries(data.connections.map(({ provider, state }) => [provider, state])), {
      Active: 'active',
      Dead: 'ended',
      Moved: 'ended',
      Over: 'over',
      Renewed: 'active',
    });
    equal(/token of|secret of|handle of/.test(JSON.stringify(data)), false);
    deepEqual(await connectionsData(storage, 'alice', now), { connections: [] });
  });
});

describe('the data about consumers', () => {
  it('counts requests and refusals of the week, and puts trouble first', async () => {
    const { context } = await createGadgetsWorld();
    const { storage } = context;
    const now = nowSeconds(context.clock);
    for (const key of ['quiet', 'old', 'refused']) {
      await storage.consumers.add(aConsumer({ key, name: key }), anEvent());
    }
    const count = { day: dayOf(now), version: '1.0a', lastAt: now } as const;
    await storage.usage.add([
      { ...count, consumerKey: 'quiet', method: 'HMAC-SHA256', requests: 7 },
      { ...count, consumerKey: 'old', method: 'PLAINTEXT', requests: 2 },
      { ...count, consumerKey: 'old', method: 'HMAC-SHA256', requests: 3 },
    ]);
    const bounds = { perConsumer: 10, inAll: 10 };
    await storage.refusals.add(
      [
        aRefusal('r1', { consumerKey: 'refused', at: now }),
        aRefusal('r2', { consumerKey: 'refused', at: now - 30 * 86_400 }),
      ],
      bounds,
    );
    const data = (await consumersData(context, now)) as { consumers: Record<string, unknown>[] };
    deepEqual(
      data.consumers.map(({ key, requests, refusals, oldWays }) => [key, requests, refusals, oldWays]),
      [
        ['refused', 0, 1, []],
        ['old', 5, 0, ['plaintext']],
        ['quiet', 7, 0, []],
      ],
    );
  });
});
