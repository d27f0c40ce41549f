/** What is asked of the guarded client, what it gives, and the single requests in between. */

/** One outgoing request and its bounds. */
export interface OutboundRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | null;
  /** Most bytes of the decoded answer body; 256 KiB unless given. */
  readonly maxBytes?: number;
  /** For everything together, redirects and body included; 10 000 unless given. */
  readonly timeoutMs?: number;
  /** 3 unless given. */
  readonly maxRedirects?: number;
  /** Whether a redirect may be followed to there; everywhere that may be reached at all unless given. */
  readonly mayFollow?: (url: URL) => boolean;
}

/** What came back. */
export interface OutboundAnswer {
  readonly status: number;
  /** Names in lower case; repeated ones joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded body bytes. */
  readonly body: Uint8Array;
  /** Where it came from after all redirects. */
  readonly finalUrl: string;
}

/** One request of a chain of redirects. */
export interface Hop {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
}
