/** What is said of the way a request came, in English. */
import type { ArrivalTrouble } from '../arrival/find-trouble.ts';
import type { ForwardingReason } from '../arrival/judge-forwarding.ts';

const findings: Readonly<Record<ArrivalTrouble, string>> = {
  'untrusted-forwarding':
    'Forwarded headers come from {peer}, which is not a listed proxy. If it is your proxy, add --trust-proxy {peer}; if it is not, they are ignored rightly.',
  'scheme-differs':
    'The proxy says the client came by {seen}, and public-url says {ours}. Set --public-url to the address that clients use, beginning with {seen}://.',
  'host-differs':
    'The client asked for the host {seen}, and public-url says {ours}. A client that signs {seen} is refused: use the public URL, or set --public-url to the one that is used.',
  'no-scheme-header':
    'public-url is https, and the proxy {peer} does not say by which scheme the client came. Let it send X-Forwarded-Proto.',
  'no-proxy-listed':
    'public-url is https and the connection from {peer} is plain HTTP, so a proxy stands in front. Let it send X-Forwarded-For and X-Forwarded-Proto, and add --trust-proxy {peer}.',
};

const reasons: Readonly<Record<ForwardingReason, string>> = {
  'client-address': 'Counted: by it, the client is {client}.',
  protection:
    'Counted: it says whether the connection is protected. What has to be signed never depends on it.',
  host: 'Counted: the host that was asked for has to be ours, {ours}. What has to be signed never depends on it.',
  'not-listed': 'Ignored: {peer} is not in trust-proxy.',
  'other-request': 'Not read here: only at /oauth/verify, where a listed proxy asks about another request.',
  'never-read': 'Never read: only X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Host are.',
};

export const en = {
  findings,
  reasons,
  isListed: 'Yes: it is in trust-proxy ({list}), so its headers are believed.',
  isUnlisted: 'No: it is not in trust-proxy ({list}), so its forwarded headers are ignored.',
  trustsNobody: 'No: trust-proxy is empty, so nobody’s forwarded headers are believed.',
  isProtected: 'Yes, so PLAINTEXT could be accepted.',
  isUnprotected: 'No, so PLAINTEXT is refused.',
};
