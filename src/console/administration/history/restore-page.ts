/** Restoring earlier settings: first what will change, then the change, which is an edit like any other. */
import { entryOf, type HistoryEntry, type SettingDifference } from '../../../administration/index.ts';
import {
  absoluteMoment,
  buttonRow,
  type Content,
  checkbox,
  errorSummary,
  type FieldError,
  fill,
  type Html,
  hiddenField,
  html,
  linkButton,
  type PageContext,
  postForm,
  type SignedInContext,
  submitButton,
  table,
} from '../../../web/index.ts';
import { fieldWords, valueWords } from '../audit/field-words.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { attempt } from '../form-errors.ts';
import { providerMessages } from '../service-providers/words.ts';
import { isTicked } from '../typed-text.ts';
import type { HistoryKind, HistoryObject } from './subject.ts';
import { historyMessages, reasonField } from './words.ts';

/** Answers with what restoring would change. */
export async function restorePage(
  deps: AdministrationDependencies,
  kind: HistoryKind,
  c: SignedInContext,
): Promise<Response> {
  return previewPage(c, kind, await kind.find(deps, c), []);
}

/** Restores. */
export async function restore(
  deps: AdministrationDependencies,
  kind: HistoryKind,
  c: SignedInContext,
): Promise<Response> {
  const object = await kind.find(deps, c);
  const { id, at } = chosenEntry(c, object);
  const { done, errors } = await attempt(c, () =>
    object.restore({
      entry: id,
      reason: c.form.get('reason') ?? '',
      expectedUpdatedAt: Number(c.field('updatedAt')),
      endsConnections: isTicked(c, 'endsConnections'),
    }),
  );
  if (done === null) return previewPage(c, kind, object, errors.list);
  return c.redirect(done, fill(c.messages(historyMessages).restored, { moment: absoluteMoment(c, at) }));
}

function chosenEntry(c: PageContext, { history }: HistoryObject): HistoryEntry {
  return entryOf(history, Number(c.query.get('entry')));
}

function previewPage(
  c: SignedInContext,
  kind: HistoryKind,
  object: HistoryObject,
  errors: readonly FieldError[],
): Promise<Response> {
  const t = c.messages(historyMessages);
  const { name, viewPath, historyPath } = object;
  const entry = chosenEntry(c, object);
  const { differences, at, actor } = entry;
  const back = linkButton(c, historyPath, t.toHistory);
  return c.page({
    title: fill(t.restoreTitle, { name }),
    section: kind.section,
    breadcrumbs: [
      { label: kind.title(c), path: kind.path },
      { label: name, path: viewPath },
      { label: fill(t.historyTitle, { name }), path: historyPath },
    ],
    lead: fill(t.restoreLead, { moment: absoluteMoment(c, at), actor }),
    status: errors.length === 0 ? 200 : 422,
    body: html`${errorSummary(c, errors)}${
      differences.length === 0
        ? html`<p>${t.same}</p>${buttonRow(back)}`
        : html`${differenceTable(c, differences)}<p>${t.stays}</p>${postForm(
            c,
            object.restorePath(entry.id),
            html`${hiddenField('updatedAt', String(object.updatedAt))}${reasonField(c, errors)}${endsConnections(c, errors)}
${buttonRow(submitButton(t.confirm), back)}`,
          )}`
    }`,
  });
}

function differenceTable(c: PageContext, rows: readonly SettingDifference[]): Html {
  const t = c.messages(historyMessages);
  const columns = [
    { header: t.field, isName: true, cell: ({ field }: SettingDifference) => fieldWords(c, field) },
    {
      header: t.now,
      cell: ({ field, now }: SettingDifference) => html`<del>${valueWords(c, field, now)}</del>`,
    },
    {
      header: t.earlier,
      cell: ({ field, earlier }: SettingDifference) => valueWords(c, field, earlier),
    },
  ];
  return table(c, { caption: t.caption, columns, rows });
}

/** Asked for only when there is something to say yes to. */
function endsConnections(c: PageContext, errors: readonly FieldError[]): Content {
  if (!errors.some(({ field }) => field === 'endsConnections')) return '';
  const t = c.messages(providerMessages);
  const { endsConnections: label, endsConnectionsHelp: help } = t;
  return checkbox(c, { name: 'endsConnections', label, help, isChecked: false, errors });
}
