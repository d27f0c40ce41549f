/**
 * Mistakes that show without any signature: each belongs to one check that failed, and is told by what the request
 * carries. At most one for each check, so that what is said is what has to be mended.
 */
import { hash } from 'node:crypto';
import {
  hasOAuthScheme,
  isSignatureMethod,
  methodFamily,
  type ProtocolParameters,
  SIGNATURE_METHODS,
} from '../oauth/index.ts';
import type { ProviderRequest, StageTopic } from '../provider/index.ts';
import type { Findings } from './examine.ts';
import type { Knowledge } from './knowledge.ts';
import type { EvidentMistake } from './mistake-code.ts';

interface Evidence {
  readonly request: ProviderRequest;
  readonly protocol: ProtocolParameters;
  readonly findings: Findings;
  readonly knowledge: Knowledge;
}

type Witness = (evidence: Evidence) => EvidentMistake | null;

/** Who tells the mistake behind a failed check. */
const WITNESSES: Readonly<Partial<Record<StageTopic, Witness>>> = {
  parameters: parametersMistake,
  consumer: ({ protocol }) =>
    /^[\s"']|[\s"']$/.test(protocol.consumerKey ?? '') ? 'consumer-key-blanks' : null,
  method: methodMistake,
  clock: clockMistake,
  nonce: ({ findings }) =>
    findings.topics.get('nonce')?.problem?.code === 'nonce_used' ? 'nonce-repeated' : null,
  token: ({ knowledge }) =>
    knowledge.kind === 'resource' && knowledge.presented.requestToken !== null
      ? 'request-token-for-access-token'
      : null,
  callback: ({ protocol }) => (protocol.callback === undefined ? 'callback-missing' : null),
  verifier: ({ protocol, knowledge }) =>
    knowledge.presented.requestToken !== null && !protocol.verifier ? 'verifier-missing' : null,
  'body-hash': bodyMistake,
};

/** The evident mistakes of a request, in the order of the checks. */
export function evidentMistakes(
  request: ProviderRequest,
  findings: Findings,
  knowledge: Knowledge,
): EvidentMistake[] {
  const protocol = findings.isParsed ? findings.examination.message.protocol : {};
  const found: EvidentMistake[] = [];
  for (const [topic, { outcome }] of findings.topics) {
    if (outcome !== 'failed') continue;
    const mistake = WITNESSES[topic]?.({ request, protocol, findings, knowledge }) ?? null;
    if (mistake !== null) found.push(mistake);
  }
  return found;
}

function parametersMistake({ request, protocol, findings }: Evidence): EvidentMistake | null {
  if (findings.isParsed) {
    if (findings.examination.message.carriers.size > 0 || protocol.consumerKey !== undefined) return null;
    const other = request.authorization.some((value) => value !== '' && !hasOAuthScheme(value));
    return other ? 'other-authorization-scheme' : 'authorization-missing';
  }
  const rejected = findings.topics.get('parameters')?.problem?.particulars.rejected ?? [];
  const whole = [...request.authorization, request.query, Buffer.from(request.body).toString('latin1')];
  if (
    rejected.includes('oauth_signature') &&
    whole.some((text) => /oauth_signature=[^&,]*%0[ad]/i.test(text))
  )
    return 'signature-line-breaks';
  const carrying = whole.filter((text) => rejected.some((name) => text.includes(name)));
  return rejected.length > 0 && carrying.length > 1 ? 'parameters-in-two-places' : null;
}

function methodMistake({ request, protocol, findings }: Evidence): EvidentMistake | null {
  const method = protocol.signatureMethod ?? '';
  if (!isSignatureMethod(method)) {
    const bare = lettersOf(method);
    return SIGNATURE_METHODS.some((known) => lettersOf(known) === bare) ? 'method-name-misspelt' : null;
  }
  const { consumer } = findings.examination;
  const kinds = [consumer.credential.kind, consumer.retiring?.credential.kind];
  if (!kinds.includes(methodFamily(method) === 'rsa' ? 'public-key' : 'shared-secret'))
    return 'method-of-other-family';
  if (method !== 'PLAINTEXT') return null;
  const isProtected = request.isSecureTransport && !findings.examination.message.carriers.has('query');
  return consumer.allowPlaintext && !isProtected ? 'plaintext-unprotected' : 'plaintext-not-allowed';
}

function lettersOf(method: string): string {
  return method
    .slice(0, 64)
    .replace(/[^A-Za-z0-9]/g, '')
    .toUpperCase();
}

/** Clocks in another time zone are off by whole half hours, give or take what clocks are off anyway. */
function clockMistake({ protocol, findings }: Evidence): EvidentMistake | null {
  const text = protocol.timestamp ?? '';
  if (/^\d{13}$/.test(text)) return 'clock-milliseconds';
  if (!/^\d{1,12}$/.test(text)) return null;
  const skew = Math.abs(Number(text) - findings.examination.now);
  const halfHours = Math.round(skew / 1800);
  const isZone = halfHours >= 1 && halfHours <= 28 && Math.abs(skew - halfHours * 1800) <= 30;
  return isZone ? 'clock-time-zone' : 'clock-skew';
}

/** Hashes of what clients hash in place of the bytes they send. */
function bodyMistake({ request, protocol }: Evidence): EvidentMistake {
  const text = Buffer.from(request.body).toString('utf8');
  const others = ['', text.trim(), `${text}\n`];
  const isOther = (['sha1', 'sha256', 'sha512'] as const).some(
    (digest) =>
      others.some((other) => hash(digest, other, 'base64') === protocol.bodyHash) ||
      hash(digest, request.body, 'hex') === protocol.bodyHash?.toLowerCase() ||
      hash(digest, request.body, 'base64') === protocol.bodyHash,
  );
  return isOther ? 'body-hash-of-other-bytes' : 'body-changed';
}
