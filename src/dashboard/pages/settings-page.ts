/**
 * The settings of a gadget on a dashboard: what it shows (the preferences that its spec asks for), how it looks here,
 * and where it stands. Everything that the menu and the handle do can be done here as well.
 */
import { configureGadget, type PlacedChanges, seeDashboard } from '../../gadgets/index.ts';
import { columnsOf, type Dashboard, GADGET_COLORS, type PlacedGadget } from '../../model/index.ts';
import {
  buttonRow,
  type Content,
  count,
  errorSummary,
  type FieldError,
  fill,
  type Html,
  hiddenField,
  html,
  linkButton,
  type PageRoute,
  postForm,
  type SignedInContext,
  selectField,
  submitButton,
  textField,
} from '../../web/index.ts';
import type { DashboardPagesDependencies } from './dependencies.ts';
import { messages } from './messages.ts';
import { DASHBOARDS_PATH, dashboardPath, gadgetAnchor, gadgetPath, gadgetRoute } from './paths.ts';
import { type Described, describePlaced, placedOn, placedTitles } from './placed.ts';
import { preferenceField, preferenceFieldName, readPreferences } from './preference-field.ts';
import { attempt, changeOf, dashboardName, personal } from './route.ts';

/** Times after which a gadget can load anew, in seconds. */
const INTERVALS = [300, 900, 1800, 3600, 7200] as const;

/** The routes of the settings. */
export function settingsRoutes(deps: DashboardPagesDependencies): readonly PageRoute[] {
  return [
    personal('GET', gadgetRoute('edit'), (c) => show(deps, c)),
    personal('POST', gadgetRoute('edit'), (c) => save(deps, c)),
  ];
}

/** What the page shows. */
interface Settings {
  readonly dashboard: Dashboard;
  readonly placed: PlacedGadget;
  readonly described: Described;
  /** Titles of all gadgets of the dashboard, by their ids. */
  readonly titles: ReadonlyMap<string, string>;
}

async function read(
  { gadgets }: DashboardPagesDependencies,
  c: SignedInContext,
): Promise<Settings | Response> {
  const { dashboard, mayEdit } = await seeDashboard(gadgets, c.viewer.user, c.param('id'));
  if (!mayEdit) return c.redirect(dashboardPath(dashboard.id));
  const placed = placedOn(dashboard, c.param('module'));
  const titles = await placedTitles(gadgets, c, dashboard);
  return { dashboard, placed, described: await describePlaced(gadgets, c, placed), titles };
}

async function show(deps: DashboardPagesDependencies, c: SignedInContext): Promise<Response> {
  const settings = await read(deps, c);
  return settings instanceof Response ? settings : settingsPage(c, settings, {}, []);
}

async function save(deps: DashboardPagesDependencies, c: SignedInContext): Promise<Response> {
  const settings = await read(deps, c);
  if (settings instanceof Response) return settings;
  const { dashboard, placed, described } = settings;
  const entered = readPreferences(c, described.preferences);
  const changes: PlacedChanges = {
    title: c.field('title'),
    color: c.field('color'),
    refreshSeconds: c.field('refreshSeconds') === '' ? null : Number(c.field('refreshSeconds')),
    preferences: { ...placed.preferences, ...entered },
  };
  const missing = missingIn(c, described, entered);
  if (missing.length > 0) return settingsPage(c, settings, changes, missing);
  const result = await attempt(c, () =>
    configureGadget(deps.gadgets, c.viewer.user, changeOf(c), placed.id, changes),
  );
  if ('errors' in result) return settingsPage(c, settings, changes, result.errors);
  const title = changes.title || described.title;
  return c.redirect(gadgetAnchor(dashboard.id, placed.id), fill(c.messages(messages).gadgetSaved, { title }));
}

function missingIn(
  c: SignedInContext,
  { preferences }: Described,
  entered: Readonly<Record<string, string>>,
): readonly FieldError[] {
  const t = c.messages(messages);
  return preferences
    .filter(({ name, isRequired }) => isRequired && entered[name] === '')
    .map(({ name, displayName }) => ({
      field: preferenceFieldName(name),
      message: fill(t.preferenceMissing, { name: displayName || name }),
    }));
}

function settingsPage(
  c: SignedInContext,
  settings: Settings,
  changes: PlacedChanges,
  errors: readonly FieldError[],
): Promise<Response> {
  const t = c.messages(messages);
  const { dashboard, placed, titles } = settings;
  const { id, updatedAt } = dashboard;
  const form = html`${hiddenField('expected', String(updatedAt))}${ownFields(c, settings, changes, errors)}${lookFields(c, settings, changes, errors)}
${buttonRow(submitButton(t.save), linkButton(c, gadgetAnchor(id, placed.id), t.cancel))}`;
  return c.page({
    title: fill(t.gadgetTitle, { title: titles.get(placed.id) ?? '' }),
    section: 'dashboards',
    status: errors.length > 0 ? 422 : 200,
    breadcrumbs: [
      { label: t.title, path: `${DASHBOARDS_PATH}?show=own` },
      { label: dashboardName(c, dashboard), path: dashboardPath(id) },
    ],
    body: html`${errorSummary(c, errors)}${postForm(c, gadgetPath(id, placed.id, 'edit'), form)}${moveSection(c, settings)}`,
  });
}

/** What the spec asks for. */
function ownFields(
  c: SignedInContext,
  { placed, described }: Settings,
  changes: PlacedChanges,
  errors: readonly FieldError[],
): Html {
  const t = c.messages(messages);
  const values = changes.preferences ?? placed.preferences;
  const fields = described.preferences
    .filter(({ datatype }) => datatype !== 'hidden')
    .map((preference) =>
      preferenceField(c, preference, values[preference.name] ?? preference.defaultValue, errors),
    );
  return html`<fieldset class="group"><legend>${t.ownPreferences}</legend>${fields.length === 0 ? html`<p class="help">${t.noPreferences}</p>` : fields}</fieldset>`;
}

function lookFields(
  c: SignedInContext,
  { placed, described }: Settings,
  changes: PlacedChanges,
  errors: readonly FieldError[],
): Html {
  const t = c.messages(messages);
  const seconds = changes.refreshSeconds === undefined ? placed.refreshSeconds : changes.refreshSeconds;
  return html`<fieldset class="group"><legend>${t.howItLooks}</legend>
${textField(c, { name: 'title', label: t.ownTitle, help: t.ownTitleHelp, value: changes.title ?? placed.title ?? '', placeholder: described.title, isOptional: true, errors, maxLength: 100 })}
${selectField(c, { name: 'color', label: t.color, value: changes.color ?? placed.color, choices: GADGET_COLORS.map((value) => ({ value, label: t.colors[value] })), errors })}
${selectField(c, { name: 'refreshSeconds', label: t.refreshEvery, help: t.refreshHelp, value: seconds === null ? '' : String(seconds), choices: intervals(c, seconds), isConditional: true, errors })}
</fieldset>`;
}

function intervals(c: SignedInContext, present: number | null) {
  const t = c.messages(messages);
  const all = new Set<number>([...INTERVALS, ...(present === null ? [] : [present])]);
  const words = (seconds: number) =>
    seconds % 3600 === 0 ? count(c, t.hours, seconds / 3600) : count(c, t.minutes, Math.round(seconds / 60));
  return [
    { value: '', label: t.never },
    ...[...all]
      .toSorted((a, b) => a - b)
      .map((seconds) => ({ value: String(seconds), label: words(seconds) })),
  ];
}

/** Moving without a pointer or a script. */
function moveSection(c: SignedInContext, { dashboard, placed, titles }: Settings): Content {
  const t = c.messages(messages);
  const { id, layout, updatedAt, gadgets } = dashboard;
  const choices = Array.from({ length: columnsOf(layout) }, (_, column) => {
    const others = gadgets.filter((one) => one.column === column && one.id !== placed.id);
    const above = others.map((one) => ({
      value: `${column} ${one.id}`,
      label: fill(t.placeAbove, { column: column + 1, title: titles.get(one.id) ?? '' }),
    }));
    return [...above, { value: String(column), label: fill(t.placeEnd, { column: column + 1 }) }];
  }).flat();
  const own = gadgets.filter(({ column }) => column === placed.column);
  const next = own[own.indexOf(placed) + 1];
  const value = next === undefined ? String(placed.column) : `${placed.column} ${next.id}`;
  const form = html`${hiddenField('expected', String(updatedAt))}${hiddenField('module', placed.id)}
${selectField(c, { name: 'place', label: t.toPlace, help: t.toPlaceHelp, value, choices })}${buttonRow(submitButton(t.moveSubmit, 'plain'))}`;
  return html`<section id="where"><h2>${t.where}</h2>${postForm(c, dashboardPath(id, 'move'), form)}</section>`;
}
