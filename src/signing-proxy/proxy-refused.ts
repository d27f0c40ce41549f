/**
 * What the proxy answers in the provider's place: a closed list of codes, as JSON that a program can act on and a
 * person can read. Every such answer names its code in `X-Countersign-Error` too, so that nobody takes it for the
 * provider's. Nothing in it is secret, and nothing is unescaped text of the provider's.
 */
import type { ServerResponse } from 'node:http';
import {
  ConnectionNeedsApproval,
  ProviderAnswerRefused,
  ProviderUnreachable,
  type RequestFault,
  RequestNotAllowed,
} from '../consumer/index.ts';
import { OutboundRefused, sendText, type WireRequest } from '../web/index.ts';

/** Everything that the proxy itself can say no with. */
export type ProxyRefusal =
  | 'credentials-missing'
  | 'credentials-rejected'
  | 'cross-site'
  | 'address-malformed'
  | 'provider-not-in-key'
  | 'key-for-administration'
  | 'too-many-at-once'
  | 'user-named'
  | 'approval-needed'
  | 'token-renewed'
  | 'provider-problem'
  | 'provider-unreachable'
  | 'provider-slow'
  | RequestFault;

/** A request that was not carried out, or whose answer is of no use to the caller. */
export class ProxyRefused extends Error {
  readonly status: number;
  readonly code: ProxyRefusal;
  /** Further members of the answer. */
  readonly particulars: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: ProxyRefusal,
    message: string,
    particulars: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ProxyRefused';
    this.status = status;
    this.code = code;
    this.particulars = particulars;
  }
}

/** Whose record or request is at fault: the administrator's is a 503, the caller's a 4xx. */
const FAULT_STATUS: Readonly<Record<RequestFault, number>> = {
  'unknown-provider': 404,
  'no-addresses': 503,
  'token-in-use': 503,
  'provider-changed': 409,
  'not-by-hand': 400,
  'malformed-token': 400,
  'invalid-url': 400,
  'other-origin': 400,
  'method-not-allowed': 405,
  'path-not-allowed': 403,
  'two-legged-off': 403,
  'plaintext-insecure': 503,
  'form-with-body': 400,
  'malformed-form': 400,
  'protocol-parameter': 400,
  'no-own-key': 503,
};

/**
 * The refusal that an error stands for; null for errors that are not the proxy's.
 * @param connectionsUrl where users connect to providers
 */
export function asProxyRefused(error: unknown, connectionsUrl: string): ProxyRefused | null {
  if (error instanceof ProxyRefused) return error;
  const options = { cause: error };
  if (error instanceof ConnectionNeedsApproval) {
    const { provider, reason } = error;
    const advice = `${error.message} Open connectUrl in a browser and choose Connect (“Login & approve”).`;
    const particulars = { provider, problem: reason, connectUrl: connectionsUrl };
    return new ProxyRefused(409, 'approval-needed', advice, particulars, options);
  }
  if (error instanceof RequestNotAllowed) {
    const { provider, code } = error;
    return new ProxyRefused(FAULT_STATUS[code], code, error.message, { provider }, options);
  }
  if (error instanceof ProviderAnswerRefused) {
    const { provider, problem } = error;
    const particulars = { provider, ...(problem !== null && { problem }) };
    return new ProxyRefused(502, 'provider-problem', error.message, particulars, options);
  }
  const isSpeaking = error instanceof ProviderUnreachable || error instanceof OutboundRefused;
  if (!isSpeaking) return null;
  return error.code === 'timeout'
    ? new ProxyRefused(504, 'provider-slow', error.message, {}, options)
    : new ProxyRefused(502, 'provider-unreachable', error.message, {}, options);
}

/** Writes a refusal. */
export function sendProxyRefused(response: ServerResponse, wire: WireRequest, refused: ProxyRefused): void {
  const { status, code, message, particulars } = refused;
  const text = JSON.stringify({ error: code, message, ...particulars, requestId: wire.requestId });
  sendText(response, wire, status, text, 'application/json; charset=utf-8', {
    'X-Countersign-Error': code,
    ...(status === 401 && { 'WWW-Authenticate': `Bearer realm="${wire.realm}"` }),
    ...((status === 503 || status === 429) && { 'Retry-After': '1' }),
  });
}
