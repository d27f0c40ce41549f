import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Secret } from '../base/index.ts';
import { openTicket, sealTicket, ticketKey } from './index.ts';

const KEY = ticketKey({ assertionKey: new Secret('the installation’s own') });
const SEAL = { key: KEY, purpose: 'approval', sessionHash: 'session of alice' };
const FACTS = { provider: 'Tracker', module: 'm-1', title: 'Überfällig' };

describe('a ticket', () => {
  it('comes back as it was made, and says when its time is over', () => {
    const ticket = sealTicket(SEAL, FACTS, 1_000);
    assert.deepEqual(openTicket(SEAL, ticket, 999), { facts: FACTS, isOver: false });
    assert.deepEqual(openTicket(SEAL, ticket, 1_000), { facts: FACTS, isOver: true });
    assert.match(ticket, /^[\w-]+\.[\w-]+$/);
  });

  it('is nothing in another session, for another purpose, or at another installation', () => {
    const ticket = sealTicket(SEAL, FACTS, 1_000);
    assert.equal(openTicket({ ...SEAL, sessionHash: 'session of bob' }, ticket, 0), null);
    assert.equal(openTicket({ ...SEAL, purpose: 'other' }, ticket, 0), null);
    const key = ticketKey({ assertionKey: new Secret('another') });
    assert.equal(openTicket({ ...SEAL, key }, ticket, 0), null);
  });

  it('does not tell the session', () => {
    const ticket = sealTicket(SEAL, FACTS, 1_000);
    const [payload = ''] = ticket.split('.');
    assert.doesNotMatch(Buffer.from(payload, 'base64url').toString(), /session/);
  });

  it('cannot be changed', () => {
    const ticket = sealTicket(SEAL, FACTS, 1_000);
    const [, mac = ''] = ticket.split('.');
    const later = Buffer.from(JSON.stringify([9_999, FACTS])).toString('base64url');
    const changed = [`${later}.${mac}`, `${later}.`, later, '', '.', `${ticket}.x`, `${ticket}A`];
    for (const text of [...changed, ticket.slice(1), 'x'.repeat(10_000)]) {
      assert.equal(openTicket(SEAL, text, 0), null, text.slice(0, 40));
    }
  });
});
