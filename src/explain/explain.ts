/**
 * Explains a request: what the provider answers and why. It runs the provider's own stages on what is known, searches
 * for the mistake behind a signature that does not fit, and cleans all that it says. Who may read it, and how often
 * they may ask, is for the faces to see to.
 */
import { type OAuthMessage, signatureBaseString } from '../oauth/index.ts';
import type { ProviderRequest } from '../provider/index.ts';
import { causeOf } from './causes.ts';
import { checklist } from './checklist.ts';
import { addressOf, compareBaseStrings } from './compare-base-strings.ts';
import { evidentMistakes } from './evident-mistakes.ts';
import { examine } from './examine.ts';
import type { BaseStringComparison, Explanation } from './explanation.ts';
import { describeJourney } from './journey.ts';
import type { Knowledge, Language } from './knowledge.ts';
import { createRedactor, type Redact } from './redactor.ts';
import { type SignatureFindings, searchSignature } from './signature-search.ts';

/** Explains what becomes of a request. Changes nothing; never rejects because of what the request holds. */
export async function explain(
  request: ProviderRequest,
  knowledge: Knowledge,
  language: Language = 'en',
): Promise<Explanation> {
  const findings = await examine(request, knowledge);
  const message = findings.isParsed ? findings.examination.message : null;
  const outcome = findings.topics.get('signature')?.outcome;
  const searched =
    message === null || outcome === undefined
      ? null
      : searchSignature(request, message, knowledge, outcome === 'passed');
  const redact = redactorFor(knowledge, message);
  const causes = [
    ...evidentMistakes(request, findings, knowledge).map((code) => ({ code, values: {} })),
    ...(searched?.mistakes ?? []),
  ];
  const told = causes.map(({ code, values }) => causeOf(code, values, language));
  const others = (searched?.alternatives ?? []).map(({ code, values }) => causeOf(code, values, language));
  const remark = outcome === 'failed' ? (searched?.remark ?? null) : null;
  const baseString = compare(message, searched, knowledge.clientBaseString);
  const signedAddress = baseString.yours === null ? null : addressOf(baseString.yours);
  return clean(
    {
      requestId: knowledge.requestId,
      problem: findings.problem?.code ?? null,
      checks: checklist(request, findings, knowledge, language, remark),
      baseString,
      causes: told,
      alternatives: others,
      journey: describeJourney(request.baseUri, signedAddress, knowledge.arrival),
      tried: searched?.tried ?? 0,
    },
    redact,
  );
}

function compare(
  message: OAuthMessage | null,
  searched: SignatureFindings | null,
  printed: string | null,
): BaseStringComparison {
  const ours = message === null ? null : signatureBaseString(message);
  const yours = printed ?? searched?.signedText ?? null;
  const source = yours === null ? null : printed === null ? 'reconstructed' : 'printed';
  if (ours === null || yours === null) return { ours, yours, source, rows: [], firstDifference: -1 };
  return { ours, yours, source, ...compareBaseStrings(yours, ours) };
}

function redactorFor({ consumer, presented }: Knowledge, message: OAuthMessage | null): Redact {
  const secrets = [consumer?.credential, consumer?.retiring?.credential].flatMap((credential) =>
    credential?.kind === 'shared-secret' ? [credential.secret.reveal()] : [],
  );
  for (const token of [presented.accessToken, presented.requestToken]) {
    if (token !== null) secrets.push(token.secret.reveal());
  }
  const { token, verifier, sessionHandle } = message?.protocol ?? {};
  return createRedactor(
    [...secrets, verifier ?? '', sessionHandle ?? ''],
    token === undefined ? [] : [token],
  );
}

function clean(explanation: Explanation, redact: Redact): Explanation {
  const text = (value: string | null) => (value === null ? null : redact(value));
  const { baseString, causes, alternatives } = explanation;
  return {
    ...explanation,
    checks: explanation.checks.map((check) => ({
      ...check,
      yours: text(check.yours),
      ours: text(check.ours),
    })),
    baseString: {
      ...baseString,
      ours: text(baseString.ours),
      yours: text(baseString.yours),
      rows: baseString.rows.map((row) => cleanRow(row, redact)),
    },
    causes: causes.map((cause) => ({ ...cause, advice: redact(cause.advice) })),
    alternatives: alternatives.map((cause) => ({ ...cause, advice: redact(cause.advice) })),
    journey: explanation.journey.map((row) => ({
      ...row,
      signed: text(row.signed),
      seen: text(row.seen),
      forwarded: text(row.forwarded),
      ours: redact(row.ours),
    })),
  };
}

/** A row is cleaned as `name=value`, so that what must not be shown is known by its name too. */
function cleanRow<Row extends { name: string; yours: string | null; ours: string | null }>(
  row: Row,
  redact: Redact,
): Row {
  const cleaned = (value: string | null) =>
    value === null ? null : redact(`${row.name}=${value}`).slice(redact(`${row.name}=`).length);
  return { ...row, name: redact(row.name), yours: cleaned(row.yours), ours: cleaned(row.ours) };
}
