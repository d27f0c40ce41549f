/**
 * What is asked before something is done to several objects, and what became of it. The question lists them all and
 * says how many accesses end; where any do, the number of the objects has to be typed.
 */
import {
  buttonRow,
  type Content,
  confirmation,
  count,
  errorSummary,
  fill,
  type Html,
  hiddenField,
  html,
  linkButton,
  type PageRoute,
  readSelection,
  type SignedInContext,
  textField,
} from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { change, view } from '../route.ts';
import { type Chosen, doToEach, type Failure, type Outcome } from './each.ts';
import { type Action, actionWords, CONSUMERS, type Kind, TOKENS, USERS } from './kinds.ts';
import { selectionMessages } from './words.ts';

/** Where the form of a list leads, with the place in the list to come back to. */
export function selectedPath(c: SignedInContext, kind: Kind): string {
  return withPlace(c, `${kind.path}/selected`);
}

export function selectionRoutes(deps: AdministrationDependencies): PageRoute[] {
  return [CONSUMERS, TOKENS, USERS].flatMap((kind) => [
    view(`${kind.path}/selected`, (c) => c.redirect(withPlace(c, kind.path))),
    change(`${kind.path}/selected`, (c) => ask(deps, kind, c)),
  ]);
}

async function ask(deps: AdministrationDependencies, kind: Kind, c: SignedInContext): Promise<Response> {
  const t = c.messages(selectionMessages);
  const action = kind.actions.find(({ id }) => id === c.field('action'));
  const ids = readSelection(c);
  if (action === undefined || ids.length === 0) return c.redirect(withPlace(c, kind.path), t.nothing);
  const { chosen, failures } = await look(deps, kind, action, c, ids);
  const needsNumber = needsTyping(action, chosen);
  const isTyped = c.field('confirmation') === String(chosen.length);
  if (c.field('confirmed') !== 'yes' || (needsNumber && !isTyped)) {
    return questionPage(c, kind, action, { chosen, failures, isAsked: c.field('confirmed') === 'yes' });
  }
  const outcome = await doToEach(c, chosen, ({ id }) => action.run(deps, id, c.viewer.user.name));
  const all = { ...outcome, failures: [...failures, ...outcome.failures] };
  if (all.failures.length > 0) return partPage(c, kind, all);
  return c.redirect(withPlace(c, kind.path), doneWords(c, action, all));
}

/** The objects as they are now, and those that cannot be among them. */
async function look(
  deps: AdministrationDependencies,
  kind: Kind,
  action: Action,
  c: SignedInContext,
  ids: readonly string[],
): Promise<{ readonly chosen: readonly Chosen[]; readonly failures: readonly Failure[] }> {
  const t = c.messages(selectionMessages);
  const chosen: Chosen[] = [];
  const failures: Failure[] = [];
  for (const id of ids) {
    const found = await kind.find(deps, c, id);
    if (found === null) failures.push({ name: id, why: t.gone });
    else if (kind.isOneself?.(c, found.id)) failures.push({ name: found.name, why: t.yourself });
    else if (await action.asksAnew?.(deps, c, found.id))
      failures.push({ name: found.name, why: t.askedAnew });
    else chosen.push(found);
  }
  return { chosen, failures };
}

function needsTyping({ endsAccess, isLight }: Action, chosen: readonly Chosen[]): boolean {
  return endsAccess === true && isLight !== true && endsOf(chosen) > 0;
}

function questionPage(
  c: SignedInContext,
  kind: Kind,
  action: Action,
  asked: {
    readonly chosen: readonly Chosen[];
    readonly failures: readonly Failure[];
    readonly isAsked: boolean;
  },
): Promise<Response> {
  const { chosen, failures } = asked;
  if (chosen.length === 0) {
    return partPage(c, kind, { done: 0, ended: 0, failures, isBroken: false });
  }
  const t = c.messages(selectionMessages);
  const words = actionWords(c, action);
  const errors = asked.isAsked ? [{ field: 'confirmation', message: t.wrongNumber }] : [];
  const ends = action.endsAccess === true ? endsOf(chosen) : 0;
  return c.page({
    ...frame(c, kind),
    title: count(c, words.title, chosen.length),
    status: errors.length === 0 ? 200 : 422,
    body: html`${errorSummary(c, errors)}${confirmation(c, {
      consequences: html`${ends === 0 ? '' : html`<p><strong>${count(c, t.ends, ends)}</strong></p>`}
<p>${words.text}</p>${chosenList(c, action, chosen)}`,
      action: selectedPath(c, kind),
      fields: html`${hiddenField('action', action.id)}${hiddenField('confirmed', 'yes')}${chosen.map(({ id }) => hiddenField('selected', id))}
${
  needsTyping(action, chosen)
    ? textField(c, {
        name: 'confirmation',
        label: t.typeNumber,
        help: fill(t.typeNumberHelp, { n: chosen.length }),
        value: c.field('confirmation'),
        errors,
      })
    : ''
}`,
      confirmLabel: words.submit,
      cancelPath: withPlace(c, kind.path),
      cancelLabel: t.keep,
    })}${failureList(c, failures)}`,
  });
}

/** Each by its name, with what ends with it where that is not the same for all. */
function chosenList(c: SignedInContext, { endsAccess, isLight }: Action, chosen: readonly Chosen[]): Html {
  const t = c.messages(selectionMessages);
  const says = (ends: number): Content =>
    endsAccess !== true || isLight === true || ends === 0
      ? ''
      : html` <span class="meta">${count(c, t.endsHere, ends)}</span>`;
  return html`<ul>${chosen.map(({ name, ends }) => html`<li>${name}${says(ends)}</li>`)}</ul>`;
}

function partPage(c: SignedInContext, kind: Kind, { done, failures, isBroken }: Outcome): Promise<Response> {
  const t = c.messages(selectionMessages);
  return c.page({
    ...frame(c, kind),
    title: t.partTitle,
    status: isBroken ? 503 : 422,
    body: html`<p>${done === 0 ? t.partNone : count(c, t.partDone, done)}</p>${failureList(c, failures)}
${buttonRow(linkButton(c, withPlace(c, kind.path), t.back, 'primary'))}`,
  });
}

function failureList(c: SignedInContext, failures: readonly Failure[]): Content {
  if (failures.length === 0) return '';
  const t = c.messages(selectionMessages);
  return html`<h2>${t.failed}</h2><ul>${failures.map(({ name, why }) => html`<li><strong>${name}</strong>: ${why}</li>`)}</ul>`;
}

function doneWords(c: SignedInContext, action: Action, { done, ended }: Outcome): string {
  const t = c.messages(selectionMessages);
  const words = count(c, actionWords(c, action).done, done);
  const says = action.endsAccess === true && action.isLight !== true && ended > 0;
  return says ? `${words} (${count(c, t.endsHere, ended)})` : words;
}

function endsOf(chosen: readonly Chosen[]): number {
  return chosen.reduce((sum, { ends }) => sum + ends, 0);
}

function frame(c: SignedInContext, { section, path, title }: Kind) {
  return { section, breadcrumbs: [{ label: title(c), path }] };
}

function withPlace(c: SignedInContext, path: string): string {
  const query = new URLSearchParams(c.query);
  query.delete('lang');
  return query.size === 0 ? path : `${path}?${query}`;
}
