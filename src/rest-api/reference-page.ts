/**
 * The API for people to read: every operation with what goes in and comes out, and every problem, made from the
 * operations themselves. Anybody may read it; it is the same in every installation.
 */
import { copyBlock, fill, type Html, html, type PageContext, type PageSet, table } from '../web/index.ts';
import { API_PROBLEMS, type ApiProblemCode } from './api-problem.ts';
import { referenceMessages } from './messages.ts';
import { describeApi } from './openapi.ts';
import { OPERATION_GROUPS, type Operation, type OperationGroup } from './operation.ts';
import { OPERATIONS } from './operations/index.ts';

const PATH = '/oauth/api';

/** The page at `/oauth/api`. */
export function apiReferencePages(): PageSet {
  return { routes: [{ method: 'GET', path: PATH, access: 'anyone', handle: page }], navigation: [] };
}

function page(c: PageContext): Promise<Response> {
  const t = c.messages(referenceMessages);
  const description = describeApi(`${c.publicUrl.origin}${c.url('')}`.replace(/\/$/, ''));
  const example = `curl -H 'Authorization: Bearer KEY' ${c.publicUrl.origin}${c.url('/oauth/api/v1/consumers')}`;
  return c.page({
    title: t.title,
    lead: t.lead,
    body: html`${copyBlock(c, example, t.title)}
<p>${t.conventions} <a href="${c.url('/oauth/api/openapi.json')}">openapi.json</a></p>
${OPERATION_GROUPS.map((group) => groupSection(c, group, description))}
<section><h2>${t.problemsTitle}</h2><p>${t.problemsLead}</p>${problemTable(c)}</section>`,
  });
}

function groupSection(c: PageContext, group: OperationGroup, description: Description): Html {
  const operations = OPERATIONS.filter((operation) => operation.group === group);
  return html`<section><h2>${group}</h2>${operations.map((one) => operationEntry(c, one, description))}</section>`;
}

type Description = ReturnType<typeof describeApi>;

function operationEntry(c: PageContext, operation: Operation, description: Description): Html {
  const t = c.messages(referenceMessages);
  const { method, path, summary, scope, id } = operation;
  const documents = documentsOf(operation, description);
  return html`<details class="more" id="${id}"><summary><code>${method} ${path}</code> ${summary}</summary>
<p>${fill(t.needs, { scope })}</p>
${documents.map(
  ([name, document]) =>
    html`<h3>${t[name]}</h3><pre tabindex="0"><code>${JSON.stringify(document, null, 2)}</code></pre>`,
)}</details>`;
}

type Part = 'parameters' | 'body' | 'answer';

/** The parts of the description that say what goes in and comes out. */
function documentsOf({ path, method, status }: Operation, { paths }: Description): [Part, unknown][] {
  const described = (paths as Record<string, Record<string, OperationDescription>>)[path]![
    method.toLowerCase()
  ]!;
  const parts: [Part, unknown][] = [
    ['parameters', described.parameters],
    ['body', described.requestBody?.content['application/json'].schema],
    ['answer', described.responses[status]?.content?.['application/json']?.schema],
  ];
  return parts.filter(([, document]) => document !== undefined);
}

interface OperationDescription {
  readonly parameters?: readonly unknown[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: unknown } } };
  readonly responses: Readonly<
    Record<string, { readonly content?: { readonly 'application/json'?: { readonly schema: unknown } } }>
  >;
}

function problemTable(c: PageContext): Html {
  const t = c.messages(referenceMessages);
  return table(c, {
    caption: t.problemsTitle,
    rows: Object.keys(API_PROBLEMS) as ApiProblemCode[],
    columns: [
      { header: t.columnCode, isName: true, cell: (code) => html`<code id="${code}">${code}</code>` },
      { header: t.columnStatus, isNumber: true, cell: (code) => API_PROBLEMS[code].status },
      { header: t.columnMeaning, cell: (code) => API_PROBLEMS[code].title },
    ],
  });
}
