/** Which fault happens to a request: one ordered for the next requests, one that the request asks for, or a standing one. */
import type { WireRequest } from '../web/index.ts';
import { type Fault, type FaultPlace, happensAt, parseFault } from './fault.ts';

/** The header, and the name of the query parameter, by which a request asks for a fault. */
export const FAULT_NAME = 'x-mock-fault';

/** Faults that were ordered. */
export class FaultPlan {
  readonly #standing: Fault[];
  readonly #next: { readonly fault: Fault; times: number }[] = [];

  constructor(standing: readonly Fault[]) {
    this.#standing = [...standing];
  }

  /** Orders a fault for the next so many requests that it can happen to. */
  order(fault: Fault, times: number): void {
    this.#next.push({ fault, times });
  }

  /** Takes back everything that was ordered, standing faults included. */
  clear(): void {
    this.#standing.length = 0;
    this.#next.length = 0;
  }

  /** The fault of this request, null for none; an ordered one is used up by it. @throws {FaultRefused} */
  take(wire: WireRequest, place: FaultPlace): Fault | null {
    const at = this.#next.findIndex(({ fault }) => happensAt(fault, place));
    const ordered = this.#next[at];
    if (ordered !== undefined) {
      ordered.times -= 1;
      if (ordered.times <= 0) this.#next.splice(at, 1);
      return ordered.fault;
    }
    const asked = askedFor(wire);
    if (asked !== null && (asked.place === null || asked.place === place)) return asked;
    return this.#standing.find((fault) => happensAt(fault, place)) ?? null;
  }
}

/** In the query it is a parameter like others: it has to be signed with them. */
function askedFor(wire: WireRequest): Fault | null {
  const header = wire.header(FAULT_NAME);
  if (header !== undefined) return parseFault(header);
  for (const [name, value] of new URLSearchParams(wire.query)) {
    if (name.toLowerCase() === FAULT_NAME) return parseFault(value);
  }
  return null;
}
