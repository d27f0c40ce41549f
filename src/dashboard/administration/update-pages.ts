/**
 * A newer spec: fetched, compared with the pinned one, taken when confirmed. What a gadget asks for is compared in
 * words, its text line by line, so that an administrator sees what they let in.
 */
import { findGadget, specDigest, takeNewerSpec } from '../../gadgets/index.ts';
import type { Gadget } from '../../model/index.ts';
import {
  buttonRow,
  type Content,
  errorSummary,
  type FieldError,
  fill,
  hiddenField,
  html,
  linkButton,
  type PageRoute,
  postForm,
  type SignedInContext,
  submitButton,
  table,
} from '../../web/index.ts';
import { openSpec } from '../specs.ts';
import type { GadgetAdministrationDependencies } from './dependencies.ts';
import { type Fetched, type FetchedGadget, fetchedSpec } from './fetched.ts';
import { lineChanges } from './line-changes.ts';
import { attempt, change, view } from './route.ts';
import { specFacts } from './spec-summary.ts';
import { frame, GADGETS_PATH, messages } from './words.ts';

const UPDATE_PATH = `${GADGETS_PATH}/update`;

/** Changed lines that are shown. */
const MOST_LINES = 400;

/** The routes of newer specs. */
export function updateRoutes(deps: GadgetAdministrationDependencies): readonly PageRoute[] {
  return [
    view(UPDATE_PATH, async (c) => compare(deps, c, await findGadget(deps.gadgets, idOf(c)), [])),
    change(UPDATE_PATH, (c) => take(deps, c)),
  ];
}

function idOf(c: SignedInContext): string {
  return c.query.get('id') ?? c.field('id');
}

async function compare(
  deps: GadgetAdministrationDependencies,
  c: SignedInContext,
  gadget: Gadget,
  errors: readonly FieldError[],
): Promise<Response> {
  const result = await fetchedSpec(deps, c, gadget.specUrl);
  const t = c.messages(messages);
  const isNew = 'fetched' in result && specDigest(result.fetched) !== gadget.sha256;
  return c.page({
    ...frame(c, { label: t.title, path: GADGETS_PATH }),
    title: fill(t.updateTitle, { title: gadget.title }),
    styles: ['gadgets.css'],
    status: errors.length > 0 ? 409 : 200,
    ...(isNew && { lead: t.updateLead }),
    body: html`${errorSummary(c, errors)}${isNew ? newer(c, gadget, result) : nothingNew(c, result)}`,
  });
}

function nothingNew(c: SignedInContext, result: Fetched): Content {
  const t = c.messages(messages);
  const words = 'trouble' in result ? result.trouble : t.updateSame;
  return html`<p>${words}</p>${buttonRow(linkButton(c, GADGETS_PATH, t.back, 'primary'))}`;
}

function newer(c: SignedInContext, gadget: Gadget, { fetched, read }: FetchedGadget): Content {
  const t = c.messages(messages);
  const before = specFacts(c, gadget, openSpec(gadget));
  const after = specFacts(c, fetched, read);
  const rows = after.flatMap(({ label, values }, index) => {
    const was = before[index]?.values.join(', ') ?? '';
    const is = values.join(', ');
    return was === is ? [] : [{ label, was, is }];
  });
  const text = (words: string) => (words === '' ? html`<span class="never">${t.none}</span>` : words);
  const changes = table(c, {
    caption: t.changes,
    columns: [
      { header: t.columnWhat, isName: true, cell: ({ label }) => label },
      { header: t.columnBefore, cell: ({ was }) => text(was) },
      { header: t.columnAfter, cell: ({ is }) => text(is) },
    ],
    rows,
  });
  const form = html`${hiddenField('id', gadget.id)}${hiddenField('digest', specDigest(fetched))}${hiddenField('expected', String(gadget.updatedAt))}
${buttonRow(submitButton(t.updateSubmit), linkButton(c, GADGETS_PATH, t.cancel))}`;
  return html`<section><h2>${t.changes}</h2>${rows.length === 0 ? html`<p>${t.changesNothing}</p>` : changes}</section>
${textChanges(c, gadget.xml, fetched.xml)}${postForm(c, UPDATE_PATH, form)}`;
}

function textChanges(c: SignedInContext, before: string, after: string): Content {
  const t = c.messages(messages);
  const lines = lineChanges(before, after);
  if (lines.length === 0) return html`<p>${t.linesSame}</p>`;
  const shown = lines
    .slice(0, MOST_LINES)
    .map(({ kind, number, text }) =>
      kind === 'added'
        ? html`<ins><span class="sr-only">${t.lineAdded}</span>+${number} ${text}</ins>\n`
        : html`<del><span class="sr-only">${t.lineRemoved}</span>−${number} ${text}</del>\n`,
    );
  return html`<details class="more" open><summary>${t.lines}</summary><pre class="line-changes" tabindex="0" role="region" aria-label="${t.lines}"><code>${shown}${lines.length > MOST_LINES ? '…' : ''}</code></pre></details>`;
}

async function take(deps: GadgetAdministrationDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  const gadget = await findGadget(deps.gadgets, idOf(c));
  const result = await fetchedSpec(deps, c, gadget.specUrl);
  const refuse = (message: string) => compare(deps, c, gadget, [{ field: '', message }]);
  if ('trouble' in result) return refuse(result.trouble);
  if (specDigest(result.fetched) !== c.field('digest')) return refuse(t.changedSince);
  const expected = Number(c.field('expected'));
  const outcome = await attempt(c, () =>
    takeNewerSpec(deps.gadgets, gadget.id, result.fetched, expected, c.viewer.user.name),
  );
  if ('errors' in outcome) return compare(deps, c, gadget, outcome.errors);
  return c.redirect(GADGETS_PATH, fill(t.updated, { title: outcome.done.title }));
}
