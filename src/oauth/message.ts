/**
 * What an OAuth request is once it has been taken apart: the shapes that parsing gives and that signing,
 * verifying and explaining work on. Names and values are kept in their canonical percent-encoded form
 * (RFC 5849 s3.6): two values are equal exactly if their bytes are, so no decoding can make them collide.
 */

/** Where a parameter was found. @see RFC 5849 s3.5 */
export type Carrier = 'header' | 'query' | 'body';

/** One request parameter, name and value canonically percent-encoded. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly carrier: Carrier;
}

/** A request as it arrived; nothing is decoded or normalised yet. */
export interface ArrivedRequest {
  /** Method as on the request line. */
  readonly method: string;
  /** Base string URI: scheme, authority and path as the consumer must have signed them (RFC 5849 s3.4.1.2). */
  readonly baseUri: string;
  /** Raw query without the question mark; empty if there is none. */
  readonly query: string;
  /** Every Authorization header value, as sent. */
  readonly authorization: readonly string[];
  /** Every Content-Type header value, as sent. */
  readonly contentType: readonly string[];
  /** Body bytes; empty if there is none. */
  readonly body: Uint8Array;
}

/**
 * The protocol parameters, decoded. Absent ones are undefined; present but empty ones are ''. A value may be part of the
 * text that is signed, of a few thousand characters; whoever remembers one for long remembers a copy or a digest.
 */
export interface ProtocolParameters {
  readonly consumerKey?: string;
  readonly token?: string;
  readonly signatureMethod?: string;
  readonly signature?: string;
  readonly timestamp?: string;
  readonly nonce?: string;
  readonly version?: string;
  readonly callback?: string;
  readonly verifier?: string;
  readonly bodyHash?: string;
  readonly sessionHandle?: string;
}

/** An OAuth request taken apart. */
export interface OAuthMessage {
  /** Method in upper case. */
  readonly method: string;
  readonly baseUri: string;
  /** Everything that is signed, in order of arrival: all parameters but `realm` of the header and `oauth_signature`. */
  readonly parameters: readonly Parameter[];
  readonly protocol: ProtocolParameters;
  /** Where the protocol parameters were found; more than one for clients that spread them. */
  readonly carriers: ReadonlySet<Carrier>;
  /** Whether the body is a single-part form, whose parameters are signed. */
  readonly hasFormBody: boolean;
  /** The body's bytes, for `oauth_body_hash`. */
  readonly body: Uint8Array;
}
