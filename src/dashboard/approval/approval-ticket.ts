/**
 * The tickets of an approval: which gadget on which dashboard asks for which provider. A browser gets one for what it
 * was refused, in its own session, and comes back with it. So no link that somebody else prepared begins an approval
 * here, and where it leads afterwards is not for the link to say.
 */
import { openTicket, sealTicket } from '../../gadgets/index.ts';
import type { SignedInContext } from '../../web/index.ts';
import type { ApprovalDependencies, Place } from './dependencies.ts';
import { APPROVE_PATH, DONE_PATH, INSPECT_PATH } from './paths.ts';

/** Who asks for what. */
export interface Approval extends Place {
  readonly provider: string;
  readonly specUrl: string;
}

/** How the browser came to approve, and how it goes back: a window of its own, or the dashboard's own page. */
export type Way = 'popup' | 'page';

/** An hour: a dashboard that was left open for longer asks anew with its next request. */
const SECONDS = 3_600;

type Sealing = Pick<ApprovalDependencies, 'ticketKey'>;

const PURPOSES = { [APPROVE_PATH]: 'approve', [INSPECT_PATH]: 'inspect', [DONE_PATH]: 'done' } as const;

/** A local address with a ticket. @param now seconds since 1970 */
export function ticketAddress(
  { ticketKey: key }: Sealing,
  path: keyof typeof PURPOSES,
  approval: Approval,
  { sessionHash, now, way }: { readonly sessionHash: string; readonly now: number; readonly way?: Way },
): string {
  const { provider, specUrl, dashboardId, moduleId } = approval;
  const facts = { provider, specUrl, dashboardId, moduleId, ...(way !== undefined && { way }) };
  const ticket = sealTicket({ key, purpose: PURPOSES[path], sessionHash }, facts, now + SECONDS);
  return `${path}?${new URLSearchParams({ ticket })}`;
}

/** A ticket that a browser brought. */
export interface BroughtTicket extends Approval {
  readonly way: Way;
  readonly isOver: boolean;
}

/** Reads the ticket of a request to one of these addresses; null where it is not this session's. */
export function readTicket({ ticketKey: key }: Sealing, c: SignedInContext): BroughtTicket | null {
  const purpose = Object.entries(PURPOSES).find(([path]) => path === c.path)?.[1];
  if (purpose === undefined) return null;
  const seal = { key, purpose, sessionHash: c.viewer.session.hash };
  const opened = openTicket(seal, c.query.get('ticket') ?? '', c.now);
  if (opened === null) return null;
  const { facts, isOver } = opened;
  const fact = (name: keyof Approval) => facts[name] ?? '';
  return {
    provider: fact('provider'),
    specUrl: fact('specUrl'),
    dashboardId: fact('dashboardId'),
    moduleId: fact('moduleId'),
    way: (facts.way ?? c.query.get('way')) === 'popup' ? 'popup' : 'page',
    isOver,
  };
}
