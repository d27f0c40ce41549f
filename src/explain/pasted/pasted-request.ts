/** What a pasted text is read as, before anything is known about the installation it was meant for. */

/** How a text is written. */
export type PastedKind = 'http' | 'curl' | 'har' | 'header' | 'base-string';

/** Why a text could not be read. */
export type PastedMistake =
  | 'empty'
  | 'too-long'
  | 'not-recognised'
  | 'no-address'
  | 'curl-quote-open'
  | 'har-not-json'
  | 'har-without-request'
  | 'http-malformed'
  | 'base-string-malformed';

/** A request out of a pasted text; nothing is decoded or normalised. */
export interface PastedRequest {
  readonly kind: PastedKind;
  readonly method: string;
  /** Absolute address as written, less its fragment; its scheme is https where the text names none. */
  readonly url: string;
  /** Whether the text itself names the scheme; a raw HTTP request does not. */
  readonly hasScheme: boolean;
  /** Names as written. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** A base string found in the text. */
  readonly baseString: string | null;
  /** Parts of the text that were not understood and left out, such as curl options. */
  readonly ignored: readonly string[];
}

/** The outcome of reading. */
export type PastedReading =
  | { readonly ok: true; readonly request: PastedRequest }
  | { readonly ok: false; readonly mistake: PastedMistake };
