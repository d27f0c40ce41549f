/**
 * Pages about problem codes and mistakes: for anybody, because whoever meets a refusal is seldom an administrator of
 * the server that refused. They say what a word means, never anything about a request.
 */
import {
  groupMistakes,
  MISTAKE_GROUP_TITLES,
  MISTAKE_TEXTS,
  type MistakeCode,
  mistakesOf,
  PROBLEM_TEXTS,
  problemOf,
} from '../../explain/index.ts';
import { PROBLEMS, type ProblemCode } from '../../oauth/index.ts';
import {
  buttonRow,
  fillHtml,
  type Html,
  html,
  linkButton,
  type PageContext,
  type PageRoute,
  type PageSet,
  table,
} from '../../web/index.ts';
import { clientLines } from '../client-lines.ts';
import { SIGNATURE_PATH } from '../signature/path.ts';
import { problemMessages } from './messages.ts';

const PROBLEMS_PATH = '/oauth/problems';
const MISTAKES_PATH = '/oauth/mistakes';

/** The pages under `/oauth/problems` and `/oauth/mistakes`. */
export function problemPages(): PageSet {
  const routes: PageRoute[] = [
    { method: 'GET', path: PROBLEMS_PATH, access: 'anyone', handle: indexPage },
    { method: 'GET', path: MISTAKES_PATH, access: 'anyone', handle: (c) => c.redirect(PROBLEMS_PATH) },
    ...(Object.keys(PROBLEMS) as ProblemCode[]).map(
      (code): PageRoute => ({
        method: 'GET',
        path: `${PROBLEMS_PATH}/${code}`,
        access: 'anyone',
        handle: (c) => problemPage(c, code),
      }),
    ),
    ...(Object.keys(MISTAKE_TEXTS.en) as MistakeCode[]).map(
      (code): PageRoute => ({
        method: 'GET',
        path: `${MISTAKES_PATH}/${code}`,
        access: 'anyone',
        handle: (c) => mistakePage(c, code),
      }),
    ),
  ];
  const label = { en: problemMessages.en.title, ja: problemMessages.ja.title };
  const also = { en: 'oauth_problem codes mistakes 401', ja: 'エラー コード 間違い 401' };
  return { routes, navigation: [], actions: [{ path: PROBLEMS_PATH, label, also, access: 'user' }] };
}

function indexPage(c: PageContext): Promise<Response> {
  const t = c.messages(problemMessages);
  const texts = PROBLEM_TEXTS[c.locale];
  return c.page({
    title: t.title,
    styles: ['diagnosis.css'],
    lead: t.lead,
    action: linkButton(c, SIGNATURE_PATH, t.signLink),
    body: html`<section><h2>${t.problemsTitle}</h2>${table(c, {
      caption: t.caption,
      rows: Object.keys(PROBLEMS) as ProblemCode[],
      columns: [
        {
          header: t.columnCode,
          isName: true,
          cell: (code) => html`<a href="${c.url(`${PROBLEMS_PATH}/${code}`)}"><code>${code}</code></a>`,
        },
        { header: t.columnStatus, isNumber: true, cell: (code) => PROBLEMS[code].status },
        { header: t.columnMeaning, cell: (code) => texts[code].meaning },
      ],
    })}</section>
<section><h2>${t.mistakesTitle}</h2><p>${t.mistakesLead}</p>${mistakeList(c, Object.keys(MISTAKE_TEXTS.en) as MistakeCode[])}</section>`,
  });
}

function problemPage(c: PageContext, code: ProblemCode): Promise<Response> {
  const t = c.messages(problemMessages);
  const { title, meaning, advice } = PROBLEM_TEXTS[c.locale][code];
  const mistakes = mistakesOf(code);
  const command = html`<code>countersign explain --request-id ID</code>`;
  return c.page({
    title,
    styles: ['diagnosis.css'],
    breadcrumbs: [{ label: t.title, path: PROBLEMS_PATH }],
    lead: html`<code>${code}</code> · ${t.status} ${PROBLEMS[code].status}`,
    body: html`<p>${meaning}</p>
<section><h2>${t.whatToDo}</h2><p>${advice}</p></section>
${mistakes.length === 0 ? '' : html`<section><h2>${t.causesTitle}</h2>${mistakeList(c, mistakes)}</section>`}
<section><h2>${t.howToSee}</h2><p>${fillHtml(t.seeText, { command })}</p>${buttonRow(linkButton(c, '/oauth/admin/diagnosis', t.seeLink), linkButton(c, SIGNATURE_PATH, t.signLink))}</section>`,
  });
}

function mistakePage(c: PageContext, code: MistakeCode): Promise<Response> {
  const t = c.messages(problemMessages);
  const { title, advice } = MISTAKE_TEXTS[c.locale][code];
  const problem = problemOf(code);
  const command = html`<code>countersign explain --request-id ID</code>`;
  return c.page({
    title,
    styles: ['diagnosis.css'],
    breadcrumbs: [{ label: t.title, path: PROBLEMS_PATH }],
    lead: html`<code>${code}</code>`,
    body: html`<section><h2>${t.whatToDo}</h2><p>${advice}</p>${clientLines(c, code, { isOpen: true })}</section>
<p>${t.leadsTo} <a href="${c.url(`${PROBLEMS_PATH}/${problem}`)}"><code>${problem}</code></a>.</p>
<section><h2>${t.howToSee}</h2><p>${fillHtml(t.seeText, { command })}</p></section>`,
  });
}

/** Under the headings of what they are about, as soon as they are about several things. */
function mistakeList(c: PageContext, codes: readonly MistakeCode[]): Html {
  const groups = groupMistakes(codes);
  const titles = MISTAKE_GROUP_TITLES[c.locale];
  return html`<div class="columns">${
    groups.length === 1
      ? links(c, codes)
      : groups.map(
          ([group, ofGroup]) => html`<section><h3>${titles[group]}</h3>${links(c, ofGroup)}</section>`,
        )
  }</div>`;
}

function links(c: PageContext, codes: readonly MistakeCode[]): Html {
  const texts = MISTAKE_TEXTS[c.locale];
  return html`<ul>${codes.map(
    (code) => html`<li><a href="${c.url(`${MISTAKES_PATH}/${code}`)}">${texts[code].title}</a></li>`,
  )}</ul>`;
}
