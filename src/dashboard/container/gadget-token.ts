/**
 * The token by which a page's script speaks for one gadget: for one viewer in one session, one dashboard, one place on
 * it and the spec that stood there. It is of no use without the session's cookie and form token, in another session,
 * or for another gadget. Frames never get it. What it says is looked up again with each request: a gadget that was
 * taken away, or replaced, speaks no more, whatever its token says.
 */
import {
  type FoundPlaced,
  findPlaced,
  openTicket,
  sealTicket,
  type TicketSeal,
} from '../../gadgets/index.ts';
import type { SignedInContext } from '../../web/index.ts';
import type { FrameDependencies } from './dependencies.ts';

/** An hour; the page's script has it renewed. */
const LIFETIME_SECONDS = 3600;

/** Which gadget. */
export interface GadgetPlace {
  readonly dashboardId: string;
  readonly moduleId: string;
  readonly specUrl: string;
}

/** Makes a gadget's token for the session of this request. */
export function gadgetToken(
  c: SignedInContext,
  deps: FrameDependencies,
  { dashboardId, moduleId, specUrl }: GadgetPlace,
): string {
  return sealTicket(sealOf(c, deps), { dashboardId, moduleId, specUrl }, c.now + LIFETIME_SECONDS);
}

/** What a token turned out to be. */
export type TokenReading =
  | { readonly kind: 'wrong' | 'gone' }
  | { readonly kind: 'good' | 'stale'; readonly place: GadgetPlace; readonly found: FoundPlaced };

/** Reads a token that came with a request. */
export async function readGadgetToken(
  c: SignedInContext,
  deps: FrameDependencies,
  token: string,
): Promise<TokenReading> {
  const ticket = openTicket(sealOf(c, deps), token, c.now);
  if (ticket === null) return { kind: 'wrong' };
  const { dashboardId = '', moduleId = '', specUrl = '' } = ticket.facts;
  const found = await findPlaced(deps.gadgets, c.viewer.user, dashboardId, moduleId);
  if (found === null || found.placed.specUrl !== specUrl) return { kind: 'gone' };
  return { kind: ticket.isOver ? 'stale' : 'good', place: { dashboardId, moduleId, specUrl }, found };
}

function sealOf(c: SignedInContext, { ticketKey }: FrameDependencies): TicketSeal {
  return { key: ticketKey, purpose: 'gadget', sessionHash: c.viewer.session.hash };
}
