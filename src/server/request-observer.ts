/**
 * Who follows requests from their head to the end of their answer, and what it is told. Observers are called on the
 * hot path: they must neither block nor throw, and a server that has none makes nothing for them.
 */
import type { WireRequest } from '../web/index.ts';

/** Who can answer a request; `unread` when its head was refused before that was known. */
export const FACES = ['endpoint', 'gateway', 'forward-auth', 'console', 'proxy', 'api', 'unread'] as const;

export type Face = (typeof FACES)[number];

/** A request that is over. */
export interface EndedRequest {
  readonly face: Face;
  /** Null when its head was refused. */
  readonly wire: WireRequest | null;
  readonly status: number;
  /** What was thrown over it; null when it was answered. */
  readonly refusal: unknown;
  /** Whether the whole answer has left; else one side broke off. */
  readonly isWhole: boolean;
  readonly tookMs: number;
}

/** Follows requests. */
export interface RequestObserver {
  /** The head has been read. Not called for one that is refused at once. */
  onBegin?(wire: WireRequest, face: Face): void;
  onEnd(ended: EndedRequest): void;
}
