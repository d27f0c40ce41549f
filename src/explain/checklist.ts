/** The checklist: for every question what the request says and what stands here, in the protocol's order. */
import { bodyHash, isSignatureMethod, type OAuthMessage } from '../oauth/index.ts';
import { allowedMethods, type ProviderRequest } from '../provider/index.ts';
import type { Findings } from './examine.ts';
import { CHECK_NAMES, type Check, type CheckName } from './explanation.ts';
import type { Knowledge, Language } from './knowledge.ts';
import { shortened } from './redactor.ts';
import { adviceInJapanese } from './texts/advice.ja.ts';
import { fillIn, moment, WORDS, type Words } from './texts/words.ts';

/** What both sides say to one question. */
interface Sides {
  readonly yours: string | null;
  readonly ours: string | null;
}

/** Everything that a line of the list is made of. */
interface Subject {
  readonly request: ProviderRequest;
  readonly message: OAuthMessage;
  readonly findings: Findings;
  readonly knowledge: Knowledge;
  readonly words: Words;
  /** What is known of the signature beyond whether it fits. */
  readonly signatureRemark: keyof Words | null;
}

/** All checks of a request. */
export function checklist(
  request: ProviderRequest,
  findings: Findings,
  knowledge: Knowledge,
  language: Language,
  signatureRemark: keyof Words | null,
): Check[] {
  const words = WORDS[language];
  return CHECK_NAMES.map((name) => {
    const { outcome, problem } = findings.topics.get(name) ?? { outcome: 'skipped', problem: null };
    const said = problem?.particulars.advice ?? null;
    const advice = said !== null && language === 'ja' ? adviceInJapanese(said) : said;
    const { message } = findings.examination;
    const sides: Sides = findings.isParsed
      ? SIDES[name]({ request, message, findings, knowledge, words, signatureRemark })
      : { yours: null, ours: null };
    return { name, outcome, yours: sides.yours, ours: sides.ours ?? advice, problem: problem?.code ?? null };
  });
}

const SIDES: Readonly<Record<CheckName, (subject: Subject) => Sides>> = {
  parameters: ({ message, words }) => ({ yours: places(message, words), ours: null }),
  version: ({ message, words }) => ({ yours: message.protocol.version ?? words.none, ours: words.version }),
  consumer: ({ message, knowledge, words }) => ({
    yours: message.protocol.consumerKey ?? words.none,
    ours: knowledge.consumer?.name ?? words.notRegistered,
  }),
  method: ({ message, knowledge, words }) => ({
    yours: message.protocol.signatureMethod ?? words.none,
    ours: knowledge.consumer === null ? null : allowedMethods(knowledge.consumer, knowledge.now).join(', '),
  }),
  clock,
  nonce: ({ message, knowledge, words }) => ({
    yours: message.protocol.nonce ?? words.none,
    ours: nonceWord(knowledge, words),
  }),
  token,
  callback: ({ message, knowledge, words }) =>
    knowledge.kind === 'requestToken'
      ? { yours: message.protocol.callback ?? words.none, ours: null }
      : { yours: null, ours: null },
  verifier,
  signature,
  'body-hash': ({ message }) => ({
    yours: message.protocol.bodyHash ?? null,
    ours: message.protocol.bodyHash === undefined ? null : ownBodyHash(message),
  }),
  rights: ({ request, findings, words }) => ({
    yours: `${request.method} ${request.path}`,
    ours: findings.topics.get('rights')?.outcome === 'passed' ? words.allowed : null,
  }),
};

function places({ parameters, carriers, protocol }: OAuthMessage, words: Words): string {
  const found = [...carriers].map((carrier) => {
    const names = parameters.filter((one) => one.carrier === carrier && one.name.startsWith('oauth_'));
    return fillIn(words.inPlace, { place: words[carrier], names: names.map(({ name }) => name).join(', ') });
  });
  if (protocol.signature !== undefined) found.push('oauth_signature');
  return found.length === 0 ? words.none : found.join('; ');
}

function clock({ message, knowledge: { now, settings }, words }: Subject): Sides {
  const text = message.protocol.timestamp;
  if (text === undefined) return { yours: words.none, ours: null };
  if (!/^\d{1,13}$/.test(text)) return { yours: text, ours: null };
  const timestamp = text.length === 13 ? Number(text) / 1000 : Number(text);
  const skew = Math.abs(timestamp - now);
  const values = { now, at: moment(now), skew: Math.round(skew), window: settings.timestampWindowSeconds };
  return {
    yours: fillIn(words.clock, { timestamp: text, at: moment(Math.floor(timestamp)) }),
    ours: fillIn(
      skew === 0 ? words.clockRight : timestamp < now ? words.clockBehind : words.clockAhead,
      values,
    ),
  };
}

function nonceWord({ nonce }: Knowledge, words: Words): string {
  if (nonce === null) return words.nonceUnknown;
  if (nonce.outcome === 'used' && nonce.firstSeenAt !== null)
    return fillIn(words.nonceUsedAt, { at: moment(nonce.firstSeenAt) });
  const byOutcome = {
    fresh: words.nonceFresh,
    used: words.nonceUsed,
    unsure: words.nonceUnsure,
    limited: words.nonceLimited,
  };
  return byOutcome[nonce.outcome];
}

function token({ message, knowledge, words }: Subject): Sides {
  const sent = message.protocol.token;
  if (sent === undefined) return { yours: words.none, ours: null };
  if (sent === '') return { yours: words.emptyToken, ours: null };
  if (knowledge.unknown.includes('token')) return { yours: shortened(sent), ours: null };
  return { yours: shortened(sent), ours: describeToken(knowledge, words) };
}

/** A token of another consumer is described like none: whoever reads this may not know of it. */
function describeToken({ presented, consumer, now }: Knowledge, words: Words): string {
  const { accessToken, requestToken } = presented;
  if ((accessToken ?? requestToken)?.consumerKey !== consumer?.key || consumer === null)
    return words.tokenUnknown;
  if (requestToken !== null) {
    return fillIn(words.requestToken, {
      state: words[requestToken.state],
      at: moment(requestToken.expiresAt),
    });
  }
  if (accessToken === null) return words.tokenUnknown;
  const { userName: user, revokedAt, expiresAt } = accessToken;
  if (revokedAt !== null) return fillIn(words.accessTokenRevoked, { user, at: moment(revokedAt) });
  return fillIn(now >= expiresAt ? words.accessTokenExpired : words.accessToken, {
    user,
    at: moment(expiresAt),
  });
}

/** Verifiers and session handles give access, so no more is told of them than that they were sent. */
function verifier({ message, findings, knowledge, words }: Subject): Sides {
  if (knowledge.kind !== 'accessToken') return { yours: null, ours: null };
  const { verifier: sent, sessionHandle } = message.protocol;
  const outcome = findings.topics.get('verifier')?.outcome;
  return {
    yours: sent || sessionHandle ? words.sent : words.notSent,
    ours: outcome === 'passed' ? words.fits : !sent && !sessionHandle ? words.needed : words.fitsNot,
  };
}

function signature({ message, findings, words, signatureRemark }: Subject): Sides {
  const { signature: sent, signatureMethod } = message.protocol;
  if (sent === undefined) return { yours: words.none, ours: null };
  const isDigest = /^[A-Za-z0-9+/=_ %-]{16,2048}$/.test(sent) && isSignatureMethod(signatureMethod ?? '');
  const mayBeShown = isDigest && signatureMethod !== 'PLAINTEXT';
  const outcome = findings.topics.get('signature')?.outcome;
  const plain = outcome === 'passed' ? words.signatureFits : words.signatureFitsNot;
  return {
    yours: mayBeShown ? sent : words.hidden,
    ours: outcome === undefined ? null : signatureRemark === null ? plain : words[signatureRemark],
  };
}

function ownBodyHash({ protocol, body }: OAuthMessage): string {
  const method = protocol.signatureMethod ?? '';
  return bodyHash(isSignatureMethod(method) ? method : 'HMAC-SHA1', body);
}
