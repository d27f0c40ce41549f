/** How a request came that this server received itself, from a connection of its own: pasted texts know less. */
import type { ArrivalFacts } from '../knowledge.ts';

/** What the listener saw, and what it made of it. */
export interface ReceivedArrival extends ArrivalFacts {
  readonly scheme: 'http' | 'https';
  /** The nearest address that is not a listed proxy. */
  readonly clientAddress: string;
  /** Whether the connection counts as protected. */
  readonly isSecureTransport: boolean;
}
