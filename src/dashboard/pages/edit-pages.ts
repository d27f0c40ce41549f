/** Making a dashboard, empty or as a copy of another; editing its name, layout and who sees it; removing it. */
import {
  BUILT_IN_NAME,
  copyDashboard,
  createDashboard,
  editDashboard,
  removeDashboard,
  seeDashboard,
} from '../../gadgets/index.ts';
import type { Dashboard } from '../../model/index.ts';
import {
  buttonRow,
  type Content,
  confirmation,
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
} from '../../web/index.ts';
import { dashboardFields, nameField, type TypedDashboard, typedDashboard } from './dashboard-form.ts';
import type { DashboardPagesDependencies } from './dependencies.ts';
import { messages } from './messages.ts';
import { DASHBOARDS_PATH, dashboardPath, dashboardRoute, NEW_PATH } from './paths.ts';
import { attempt, changed, changeOf, dashboardName, personal } from './route.ts';

/** The routes of these pages. */
export function editRoutes(deps: DashboardPagesDependencies): readonly PageRoute[] {
  return [
    personal('GET', NEW_PATH, (c) => newPage(deps, c)),
    personal('POST', NEW_PATH, (c) => make(deps, c)),
    personal('GET', dashboardRoute('edit'), (c) => editPage(deps, c)),
    personal('POST', dashboardRoute('edit'), (c) => save(deps, c)),
    personal('POST', dashboardRoute('layout'), (c) => changeLayout(deps, c)),
    personal('GET', dashboardRoute('remove'), (c) => askToRemove(deps, c)),
    personal('POST', dashboardRoute('remove'), (c) => remove(deps, c)),
  ];
}

const EMPTY: TypedDashboard = { name: '', description: '', layout: 'AA', sharing: 'private' };

/** The dashboard that is to be copied, if one is. */
async function original(
  { gadgets }: DashboardPagesDependencies,
  c: SignedInContext,
): Promise<Dashboard | null> {
  const id = c.query.get('of') ?? c.field('of');
  return id === '' ? null : (await seeDashboard(gadgets, c.viewer.user, id)).dashboard;
}

async function newPage(deps: DashboardPagesDependencies, c: SignedInContext): Promise<Response> {
  const of = await original(deps, c);
  if (of === null) return makePage(c, null, EMPTY, []);
  return makePage(
    c,
    of,
    { ...EMPTY, name: fill(c.messages(messages).copyName, { name: dashboardName(c, of) }) },
    [],
  );
}

async function make(deps: DashboardPagesDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  const of = await original(deps, c);
  const typed = typedDashboard(c);
  const { user } = c.viewer;
  const result = await attempt(c, () =>
    of === null
      ? createDashboard(deps.gadgets, user, typed)
      : copyDashboard(deps.gadgets, user, of.id, typed.name),
  );
  if ('errors' in result) return makePage(c, of, typed, result.errors);
  const { id, name } = result.done;
  return c.redirect(dashboardPath(id), fill(of === null ? t.created : t.copied, { name }));
}

function makePage(
  c: SignedInContext,
  of: Dashboard | null,
  typed: TypedDashboard,
  errors: readonly FieldError[],
): Promise<Response> {
  const t = c.messages(messages);
  const fields =
    of === null
      ? dashboardFields(c, typed, errors, 'new')
      : html`${hiddenField('of', of.id)}${errorSummary(c, errors)}${nameField(c, typed, errors)}`;
  const form = html`${fields}
${buttonRow(submitButton(of === null ? t.create : t.copy), linkButton(c, of === null ? DASHBOARDS_PATH : dashboardPath(of.id), t.cancel))}`;
  return c.page({
    title: of === null ? t.newTitle : fill(t.copyTitle, { name: dashboardName(c, of) }),
    ...frame(c, of, errors),
    ...(of !== null && { lead: t.copyLead }),
    body: postForm(c, NEW_PATH, form),
  });
}

async function editPage({ gadgets }: DashboardPagesDependencies, c: SignedInContext): Promise<Response> {
  const { dashboard, mayEdit } = await seeDashboard(gadgets, c.viewer.user, c.param('id'));
  if (!mayEdit) return c.redirect(dashboardPath(dashboard.id));
  return formPage(c, dashboard, { ...dashboard, name: dashboardName(c, dashboard) }, []);
}

async function save({ gadgets }: DashboardPagesDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  const { user } = c.viewer;
  const { dashboard } = await seeDashboard(gadgets, user, c.param('id'));
  const typed = typedDashboard(c);
  const fields = dashboard.ownerName === null ? asDefault(c, typed, dashboard) : typed;
  const result = await attempt(c, () => editDashboard(gadgets, user, changeOf(c), fields));
  if ('errors' in result) return formPage(c, dashboard, typed, result.errors);
  const { id, name } = result.done;
  return c.redirect(dashboardPath(id), fill(t.saved, { name }));
}

/** What was typed for the system default. Its built-in name stays what each reader's language makes of it. */
function asDefault(c: SignedInContext, typed: TypedDashboard, { sharing }: Dashboard): TypedDashboard {
  const isBuiltInName = typed.name === c.messages(messages).systemDefault;
  return { ...typed, sharing, ...(isBuiltInName && { name: BUILT_IN_NAME }) };
}

function formPage(
  c: SignedInContext,
  dashboard: Dashboard,
  typed: TypedDashboard,
  errors: readonly FieldError[],
): Promise<Response> {
  const t = c.messages(messages);
  const { id, updatedAt, ownerName } = dashboard;
  const form = html`${hiddenField('expected', String(updatedAt))}${dashboardFields(c, typed, errors, ownerName === null ? 'default' : 'own')}
${buttonRow(submitButton(t.save), linkButton(c, dashboardPath(id), t.cancel))}`;
  const removal: Content =
    ownerName === null
      ? ''
      : html`<p><a class="row-action is-danger" href="${c.url(dashboardPath(id, 'remove'))}">${t.removeThis}</a></p>`;
  return c.page({
    title: fill(t.editTitle, { name: dashboardName(c, dashboard) }),
    ...frame(c, dashboard, errors),
    body: html`${postForm(c, dashboardPath(id, 'edit'), form)}${removal}`,
  });
}

async function changeLayout({ gadgets }: DashboardPagesDependencies, c: SignedInContext): Promise<Response> {
  const fields = { layout: c.field('layout') };
  const dashboard = await editDashboard(gadgets, c.viewer.user, changeOf(c), fields);
  return changed(
    c,
    dashboard,
    dashboardPath(dashboard.id),
    fill(c.messages(messages).saved, { name: dashboardName(c, dashboard) }),
  );
}

async function askToRemove({ gadgets }: DashboardPagesDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  const { dashboard, mayEdit } = await seeDashboard(gadgets, c.viewer.user, c.param('id'));
  if (!mayEdit || dashboard.ownerName === null) return c.redirect(dashboardPath(dashboard.id));
  const { id, name, sharing } = dashboard;
  return c.page({
    title: fill(t.removeTitle, { name }),
    ...frame(c, dashboard, []),
    body: confirmation(c, {
      consequences: html`<p>${t.removeText}</p>${sharing === 'everyone' ? html`<p>${t.removeShared}</p>` : ''}`,
      action: dashboardPath(id, 'remove'),
      confirmLabel: t.remove,
      cancelPath: dashboardPath(id),
      cancelLabel: t.keep,
    }),
  });
}

async function remove({ gadgets }: DashboardPagesDependencies, c: SignedInContext): Promise<Response> {
  const { user } = c.viewer;
  const { dashboard } = await seeDashboard(gadgets, user, c.param('id'));
  await removeDashboard(gadgets, user, dashboard.id);
  return c.redirect(
    `${DASHBOARDS_PATH}?show=own`,
    fill(c.messages(messages).removed, { name: dashboard.name }),
  );
}

function frame(c: SignedInContext, of: Dashboard | null, errors: readonly FieldError[]) {
  const t = c.messages(messages);
  const up = { label: t.title, path: `${DASHBOARDS_PATH}?show=own` };
  return {
    section: 'dashboards',
    status: errors.length > 0 ? 422 : 200,
    breadcrumbs: of === null ? [up] : [up, { label: dashboardName(c, of), path: dashboardPath(of.id) }],
  };
}
