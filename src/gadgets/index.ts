/** Gadgets: the rules of small programs that others wrote and that run on our users' dashboards. */
export * from './oauth/index.ts';
export { openTicket, sealTicket, type TicketFacts, type TicketSeal, ticketKey } from './ticket.ts';
