/**
 * Collects when access tokens were last used, and writes them down in batches: the hot path must not wait for a
 * write that is only a courtesy to the reader of a list. Bounded: a token has one entry, whatever its traffic.
 */
import type { AccessTokenStore } from '../model/index.ts';

/** The uses since the last batch. */
export class TokenUses {
  readonly #uses = new Map<string, number>();

  /** Notes a use of the token with this public id, in seconds since 1970. */
  note(tokenId: string, at: number): void {
    this.#uses.set(tokenId, at);
  }

  /** Writes what was collected. What could not be written is kept for the next time, unless it was used since. */
  async flush(store: AccessTokenStore): Promise<void> {
    if (this.#uses.size === 0) return;
    const batch = new Map(this.#uses);
    this.#uses.clear();
    try {
      await store.noteUse(batch);
    } catch (error) {
      for (const [tokenId, at] of batch) if (!this.#uses.has(tokenId)) this.#uses.set(tokenId, at);
      throw error;
    }
  }
}
