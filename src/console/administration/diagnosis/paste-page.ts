/**
 * A pasted request, explained at once. It is read leniently, held against what is registered here, and forgotten:
 * nothing is stored, no nonce is used up.
 */
import {
  arrivedFromPasted,
  explain,
  gatherKnowledge,
  type Knowledge,
  type PastedReading,
  type PastedRequest,
  readPastedRequest,
} from '../../../explain/index.ts';
import { Problem, parseMessage } from '../../../oauth/index.ts';
import type { ProviderRequest } from '../../../provider/index.ts';
import { signedRequestKind } from '../../../provider/index.ts';
import {
  buttonRow,
  type Content,
  errorSummary,
  type FieldError,
  fill,
  type Html,
  html,
  notice,
  type PageContext,
  postForm,
  type SignedInContext,
  submitButton,
  textArea,
  textField,
} from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { causesView } from './causes-view.ts';
import { evidenceView } from './evidence-view.ts';
import { refuseTooMany } from './limit.ts';
import { DIAGNOSIS_PATH, diagnosisMessages, PASTE_PATH } from './words.ts';

/** Longest text of the form's fields; a form holds 256 KiB encoded. */
const LONGEST_TEXT = 200_000;

/** Answers with the empty form. */
export function pastePage(c: SignedInContext): Promise<Response> {
  return answer(c, 200, [], '');
}

/** Answers with the explanation above the form. */
export async function explainPasted(deps: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(diagnosisMessages);
  const at = readTime(c.field('at'));
  if (Number.isNaN(at)) return answer(c, 422, [{ field: 'at', message: t.atMistake }], '');
  const reading = read(c);
  if (!reading.ok)
    return answer(c, 422, [{ field: 'request', message: t.pasteMistakes[reading.mistake] }], '');
  const arrived = arrivedFromPasted(reading.request, c.publicUrl.href);
  if (arrived === null)
    return answer(c, 422, [{ field: 'request', message: t.pasteMistakes['no-address'] }], '');
  const refused = await refuseTooMany(deps.administration.storage, c, 'diagnosis');
  if (refused !== null) return refused;
  const { request, arrival } = arrived;
  const context = { ...deps.administration, settings: deps.diagnosis.settings };
  const clock = at === null ? clockOf(request, c.now) : { now: at, isKnown: true };
  const gathered = await gatherKnowledge(context, request, {
    kind: signedRequestKind(request.path),
    now: clock.now,
    publicUrl: c.publicUrl.href,
    arrival,
    clientBaseString: reading.request.baseString,
  });
  const knowledge: Knowledge = clock.isKnown
    ? gathered
    : { ...gathered, unknown: [...gathered.unknown, 'clock'] };
  const explanation = await explain(request, knowledge, c.locale);
  return answer(
    c,
    200,
    [],
    html`${readingView(c, reading.request)}${causesView(c, explanation)}${evidenceView(c, explanation)}<h2>${t.anotherTitle}</h2>`,
  );
}

/** The request, with the printed base string beside it if one was given. */
function read(c: PageContext): PastedReading {
  const text = (c.form.get('request') ?? '').slice(0, LONGEST_TEXT);
  const baseString = c.field('base').slice(0, LONGEST_TEXT);
  const reading = readPastedRequest(text.trim() === '' ? baseString : text);
  if (!reading.ok || baseString === '') return reading;
  return { ok: true, request: { ...reading.request, baseString } };
}

/** Without a time the request's own is taken, unless it cannot be one: then its clock is what has to be looked at. */
function clockOf(request: ProviderRequest, now: number): { now: number; isKnown: boolean } {
  const text = timestampOf(request);
  return text !== undefined && /^\d{9,10}$/.test(text)
    ? { now: Number(text), isKnown: false }
    : { now, isKnown: text !== undefined };
}

function timestampOf(request: ProviderRequest): string | undefined {
  try {
    return parseMessage(request).protocol.timestamp;
  } catch (refusal) {
    if (refusal instanceof Problem) return undefined;
    throw refusal;
  }
}

/** Seconds since 1970; null for none, NaN for what is no time. */
function readTime(text: string): number | null {
  if (text === '') return null;
  return /^\d{1,11}$/.test(text) ? Number(text) : Math.floor(Date.parse(text) / 1000);
}

function readingView(c: PageContext, { kind, method, url, ignored }: PastedRequest): Html {
  const t = c.messages(diagnosisMessages);
  const shown = url.split('?', 1)[0]!.slice(0, 300);
  return html`<p class="meta">${fill(t.readAs, { kind: t.kinds[kind], method, url: shown })}</p>
${
  ignored.length === 0
    ? ''
    : notice(
        'info',
        html`<p>${t.ignoredTitle}: ${ignored.slice(0, 20).map((part, index) => html`${index === 0 ? '' : ', '}<code class="breakable">${part.slice(0, 100)}</code>`)}</p>`,
      )
}`;
}

function answer(
  c: SignedInContext,
  status: number,
  errors: readonly FieldError[],
  explanation: Content,
): Promise<Response> {
  const t = c.messages(diagnosisMessages);
  return c.page({
    title: t.pasteTitle,
    section: 'diagnosis',
    styles: ['diagnosis.css'],
    status,
    breadcrumbs: [{ label: t.title, path: DIAGNOSIS_PATH }],
    lead: t.pasteLead,
    body: html`${errorSummary(c, errors)}${explanation}${form(c, errors)}`,
  });
}

/** What was pasted comes back, so that it can be mended and tried again. */
function form(c: PageContext, errors: readonly FieldError[]): Html {
  const t = c.messages(diagnosisMessages);
  return postForm(
    c,
    PASTE_PATH,
    html`${textArea(c, {
      name: 'request',
      label: t.pasteField,
      help: t.pasteHelp,
      value: c.form.get('request') ?? '',
      rows: 12,
      autocomplete: 'off',
      isMonospaced: true,
      isConditional: true,
      errors,
    })}
${textArea(c, {
  name: 'base',
  label: t.baseField,
  help: t.baseHelp,
  value: c.form.get('base') ?? '',
  rows: 3,
  isMonospaced: true,
  isOptional: true,
  errors,
})}
${textField(c, { name: 'at', label: t.atField, help: t.atHelp, value: c.field('at'), isOptional: true, errors })}
${buttonRow(submitButton(t.explainPasted))}`,
    'form is-wide',
  );
}
