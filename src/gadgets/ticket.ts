/**
 * Tickets: small facts that travel through a browser and come back unchanged, in the same session, for the purpose
 * they were made for, while they last. The session is part of what is sealed but does not stand in the ticket, so a
 * ticket that was copied out of a page says nothing about it and is worth nothing in another one. Every node of an
 * installation seals with the same key.
 */
import { createHmac, hkdfSync } from 'node:crypto';
import { equalInConstantTime } from '../base/index.ts';
import type { Installation } from '../model/index.ts';

/** What tickets are made of: texts by name. */
export type TicketFacts = Readonly<Record<string, string>>;

/** For whom and what a ticket is. */
export interface TicketSeal {
  readonly key: Buffer;
  /** One kind of ticket is never taken for another. */
  readonly purpose: string;
  /** SHA-256 of the browser session's id. */
  readonly sessionHash: string;
}

const LONGEST_TICKET = 6_000;

/** The key of an installation's tickets, derived from what only it has. */
export function ticketKey({ assertionKey }: Pick<Installation, 'assertionKey'>): Buffer {
  return Buffer.from(hkdfSync('sha256', assertionKey.reveal(), '', 'countersign gadget tickets', 32));
}

/** Makes a ticket. @param expiresAt seconds since 1970 */
export function sealTicket(seal: TicketSeal, facts: TicketFacts, expiresAt: number): string {
  const payload = Buffer.from(JSON.stringify([expiresAt, facts])).toString('base64url');
  return `${payload}.${macOf(seal, payload)}`;
}

/**
 * Reads a ticket.
 * @returns null when it was not made here, for this session and purpose; `isOver` when it was, but its time is over
 */
export function openTicket(
  seal: TicketSeal,
  ticket: string,
  now: number,
): { readonly facts: TicketFacts; readonly isOver: boolean } | null {
  if (ticket.length > LONGEST_TICKET) return null;
  const [payload = '', mac = '', ...rest] = ticket.split('.');
  if (rest.length > 0 || !equalInConstantTime(mac, macOf(seal, payload))) return null;
  const [expiresAt, facts] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [
    number,
    TicketFacts,
  ];
  return { facts, isOver: now >= expiresAt };
}

function macOf({ key, purpose, sessionHash }: TicketSeal, payload: string): string {
  return createHmac('sha256', key).update(`${purpose}\n${sessionHash}\n${payload}`).digest('base64url');
}
