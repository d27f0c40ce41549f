/**
 * The last refusal that each gadget of each viewer got from a provider, for explaining it. A courtesy, not a record:
 * bounded, in this process only, and forgotten with it; the problem that ended a connection stands in its record.
 */
import type { ProviderRefusal } from '../../consumer/index.ts';
import { userNameKey } from '../../model/index.ts';

/** Whose request to whom. */
export interface RequestOwner {
  readonly userName: string;
  readonly specUrl: string;
  readonly provider: string;
}

/** A refusal, and when it came. */
export interface NotedRefusal extends ProviderRefusal {
  /** Seconds since 1970. */
  readonly at: number;
}

const MOST = 1_000;

export class LastRefusals {
  readonly #refusals = new Map<string, NotedRefusal>();

  /** Notes one in place of the one before; null forgets that. */
  note(owner: RequestOwner, refusal: NotedRefusal | null): void {
    const key = keyOf(owner);
    this.#refusals.delete(key);
    if (refusal === null) return;
    this.#refusals.set(key, refusal);
    if (this.#refusals.size > MOST) this.#refusals.delete(this.#refusals.keys().next().value!);
  }

  /** The last one, unless a request was let through since. */
  find(owner: RequestOwner): NotedRefusal | null {
    return this.#refusals.get(keyOf(owner)) ?? null;
  }
}

function keyOf({ userName, specUrl, provider }: RequestOwner): string {
  return JSON.stringify([userNameKey(userName), specUrl, provider]);
}
