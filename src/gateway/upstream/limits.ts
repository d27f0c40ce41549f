/** What is spent on the upstream at most, whichever client speaks to it. */

/** Connections; further requests wait for one. */
export const MAX_CONNECTIONS = 256;

export const CONNECT_TIMEOUT_MS = 5_000;

/** Bytes of an answer's head, and of the trailer behind a chunked body. */
export const MAX_HEAD_BYTES = 65_536;
