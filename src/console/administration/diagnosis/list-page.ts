/** The last refused requests: searched, filtered by consumer, problem and time, paged. */
import type { RefusalFilter, RefusalSummary } from '../../../model/index.ts';
import { PROBLEMS, type ProblemCode } from '../../../oauth/index.ts';
import {
  type Content,
  emptyState,
  type Html,
  hiddenField,
  html,
  linkButton,
  nothingFound,
  type PageContext,
  pager,
  readList,
  type SignedInContext,
  searchBox,
  selectField,
  submitButton,
  textField,
} from '../../../web/index.ts';
import { SIGNATURE_PATH } from '../../signature/path.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { refusalTable } from './refusal-table.ts';
import { namesOfRefused, refusedConsumer } from './refused-consumer.ts';
import { DIAGNOSIS_PATH, diagnosisMessages, PASTE_PATH, refusalPath, SERVER_PATH } from './words.ts';

const SPANS = { days: 3 * 86_400, day: 86_400, hour: 3600, minutes: 600 } as const;

type Span = keyof typeof SPANS;

/** What the form of the filter says. */
interface Wish {
  readonly consumer: string;
  readonly problem: ProblemCode | '';
  readonly time: Span;
}

/** Answers with the list. A search for a whole request id goes straight to its explanation. */
export async function listPage(
  { administration, diagnosis }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(diagnosisMessages);
  const { refusals } = administration.storage;
  const list = readList(c, { sorts: ['at'], sort: 'at', descending: true });
  if (list.search !== '' && (await refusals.find(list.search)) !== null)
    return c.redirect(refusalPath(list.search));
  const wish = readWish(c);
  const { rows, total } = await refusals.list(filterOf(wish, c.now), list);
  const isUnused = total === 0 && list.search === '' && !isFiltered(wish);
  const names = await namesOfRefused(administration.storage, rows);
  const consumerCell = (row: RefusalSummary) => refusedConsumer(c, row, names);
  return c.page({
    title: t.title,
    section: 'diagnosis',
    lead: diagnosis.isCapturing ? t.lead : t.leadOff,
    action: linkButton(c, PASTE_PATH, t.paste, 'primary'),
    body: html`<p><a href="${c.url(SERVER_PATH)}">${t.server}</a> · <a href="${c.url('/oauth/problems')}">${t.problems}</a> · <a href="${c.url(SIGNATURE_PATH)}">${t.sign}</a></p>
${isUnused ? '' : html`<div class="list-tools">${searchBox(c, list, t.searchLabel)}</div>${filterForm(c, wish)}`}
${rows.length > 0 ? html`${refusalTable(c, rows, { pathOf: refusalPath, consumerCell })}${pager(c, list, total)}` : nothing(c, list.search, isUnused, () => nothingFound(c, list))}`,
  });
}

function nothing(c: PageContext, search: string, isUnused: boolean, notFound: () => Html): Content {
  const t = c.messages(diagnosisMessages);
  if (isUnused) return emptyState(t.emptyTitle, t.emptyText);
  return search === '' ? html`<p>${t.noneFound}</p>` : html`${notFound()}<p>${t.searchHelp}</p>`;
}

function readWish(c: PageContext): Wish {
  const problem = c.query.get('problem') ?? '';
  const time = c.query.get('time') ?? '';
  return {
    consumer: (c.query.get('consumer') ?? '').trim().slice(0, 200),
    problem: Object.hasOwn(PROBLEMS, problem) ? (problem as ProblemCode) : '',
    time: Object.hasOwn(SPANS, time) ? (time as Span) : 'days',
  };
}

function isFiltered({ consumer, problem, time }: Wish): boolean {
  return consumer !== '' || problem !== '' || time !== 'days';
}

function filterOf({ consumer, problem, time }: Wish, now: number): RefusalFilter {
  return {
    ...(consumer !== '' && { consumerKey: consumer }),
    ...(problem !== '' && { problem }),
    since: now - SPANS[time],
  };
}

function filterForm(c: PageContext, wish: Wish): Html {
  const t = c.messages(diagnosisMessages);
  const problems = [
    { value: '', label: t.allProblems },
    ...Object.keys(PROBLEMS).map((code) => ({ value: code, label: code })),
  ];
  const times = (Object.keys(SPANS) as Span[]).map((span) => ({ value: span, label: t.times[span] }));
  const search = c.query.get('q') ?? '';
  return html`<details class="more"${isFiltered(wish) ? html` open` : ''}><summary>${t.filterTitle}</summary>
<form method="get" action="${c.url(DIAGNOSIS_PATH)}" class="form is-inline">
${search === '' ? '' : hiddenField('q', search)}
${textField(c, { name: 'consumer', label: t.consumer, value: wish.consumer, isConditional: true })}
${selectField(c, { name: 'problem', label: t.problem, value: wish.problem, choices: problems, isConditional: true })}
${selectField(c, { name: 'time', label: t.time, value: wish.time, choices: times, isConditional: true })}
${submitButton(t.filter, 'plain')}
${isFiltered(wish) ? html`<a href="${c.url(DIAGNOSIS_PATH)}">${t.clear}</a>` : ''}
</form></details>`;
}
