/** Why the guarded client did not deliver an answer: a closed list of codes, each with a sentence for people. */

/** Everything that can stop an outgoing request. */
export const OUTBOUND_REFUSALS = [
  'invalid-url',
  'port-not-allowed',
  'host-unknown',
  'address-forbidden',
  'too-many-redirects',
  'redirect-refused',
  'timeout',
  'too-large',
  'unreadable',
  'tls-failed',
  'unreachable',
] as const;

export type OutboundRefusal = (typeof OUTBOUND_REFUSALS)[number];

/** A refused or failed outgoing request. The message is an English sentence that may be shown. */
export class OutboundRefused extends Error {
  readonly code: OutboundRefusal;

  constructor(code: OutboundRefusal, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutboundRefused';
    this.code = code;
  }
}
