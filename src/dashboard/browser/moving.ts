/**
 * Moving gadgets: by mouse or finger from the handle, or with the keyboard (space lifts, arrows choose, space drops,
 * Escape takes it back; each step is announced). Only a mark moves until the drop, so that no frame loads anew on the
 * way. The gadget stands in its new place at once, and goes back if the server does not confirm it.
 */
import { all, announce, board, send } from './sending.ts';

/** A place for a gadget: before another one of a column, or at its end. */
interface Place {
  readonly column: Element;
  readonly before: Element | null;
}

/** A gadget under way. */
interface Flight {
  readonly gadget: HTMLElement;
  readonly grip: HTMLElement;
  place: Place;
}

/** Movement of a pointer, in pixels, that is not meant as a move yet. */
const SLACK = 5;
/** So near to an edge of the window, in pixels, the page scrolls. */
const EDGE = 48;

const mark = document.createElement('div');
mark.className = 'landing';
const columns = all('[data-column]', board);
let flight: Flight | null = null;

for (const grip of all('[data-grip]', board)) {
  grip.hidden = false;
  grip.onkeydown = byKey;
  grip.onpointerdown = byPointer;
  grip.onblur = () => flight?.grip === grip && cancel();
}

/** The gadgets that one may be put between: all of a column but the one under way. */
function othersIn(column: Element): Element[] {
  return all('[data-module]', column).filter((one) => one !== flight?.gadget);
}

function lift(grip: HTMLElement): Flight | null {
  const gadget = grip.closest<HTMLElement>('[data-module]');
  const column = gadget?.parentElement;
  if (!gadget || !column) return null;
  flight = { gadget, grip, place: { column, before: gadget.nextElementSibling } };
  showFlight(flight, true);
  return flight;
}

function land(): void {
  mark.remove();
  if (flight !== null) showFlight(flight, false);
  flight = null;
}

function showFlight({ gadget, grip }: Flight, isOn: boolean): void {
  gadget.classList.toggle('is-lifted', isOn);
  board?.classList.toggle('is-moving', isOn);
  grip.ariaPressed = String(isOn);
}

function cancel(): void {
  if (flight !== null) announce('cancelled', { title: titleOf(flight.gadget) });
  land();
}

function aim(place: Place): void {
  if (flight !== null) flight.place = place;
  place.column.insertBefore(mark, place.before);
}

/** The words for where something lies: counted from 1, as people do. */
function whereabouts({ gadget, place: { column, before } }: Flight) {
  const others = othersIn(column);
  const position = (before === null ? others.length : others.indexOf(before)) + 1;
  const number = columns.indexOf(column as HTMLElement) + 1;
  return { title: titleOf(gadget), column: number, position, count: others.length + 1 };
}

async function drop(): Promise<void> {
  if (flight === null) return;
  const { gadget, grip, place } = flight;
  const where = whereabouts(flight);
  land();
  const back = { column: gadget.parentElement ?? place.column, before: gadget.nextElementSibling };
  put(gadget, place);
  grip.focus();
  announce('dropped', where);
  const above = place.before instanceof HTMLElement ? place.before.dataset.module : '';
  const fields = { module: gadget.dataset.module ?? '', place: `${where.column - 1} ${above}` };
  if (await send(board?.dataset.move ?? '', fields)) return;
  put(gadget, back);
  announce('returned');
}

/** Where the browser can, without its frame loading anew. */
function put(gadget: Element, { column, before }: Place): void {
  if (before === gadget) return;
  const parent = column as Element & { moveBefore?: Element['insertBefore'] };
  if (parent.moveBefore) parent.moveBefore(gadget, before);
  else parent.insertBefore(gadget, before);
}

function titleOf(gadget: Element): string {
  return gadget.querySelector('h2')?.textContent ?? '';
}

function byKey(event: KeyboardEvent): void {
  const { key } = event;
  if (key === ' ' || key === 'Enter') {
    if (flight !== null) void drop();
    else stepTo(lift(event.currentTarget as HTMLElement)?.place, 'lifted');
  } else if (flight === null) return;
  else if (key === 'Escape') cancel();
  else if (!step(flight, key)) return;
  event.preventDefault();
}

/** One place up or down, or one column on. False for keys that mean nothing here. */
function step({ place: { column, before } }: Flight, key: string): boolean {
  const others = othersIn(column);
  const at = before === null ? others.length : others.indexOf(before);
  const sideways = { ArrowLeft: -1, ArrowRight: 1 }[key];
  const along = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (sideways !== undefined) {
    const next = columns[columns.indexOf(column as HTMLElement) + sideways];
    if (next !== undefined) stepTo({ column: next, before: othersIn(next)[at] ?? null }, 'aimed');
  } else if (along !== undefined) {
    const next = Math.max(0, Math.min(others.length, at + along));
    stepTo({ column, before: others[next] ?? null }, 'aimed');
  } else return false;
  return true;
}

function stepTo(place: Place | undefined, sentence: string): void {
  if (place === undefined || flight === null) return;
  aim(place);
  mark.scrollIntoView({ block: 'nearest' });
  announce(sentence, whereabouts(flight));
}

function byPointer(down: PointerEvent): void {
  const grip = down.currentTarget as HTMLElement;
  if (down.button !== 0 || flight !== null) return;
  grip.setPointerCapture(down.pointerId);
  grip.onpointermove = ({ clientX, clientY }) => {
    const isFar = Math.hypot(clientX - down.clientX, clientY - down.clientY) > SLACK;
    if (flight === null && !(isFar && lift(grip))) return;
    if (clientY < EDGE) scrollBy(0, -EDGE / 3);
    if (clientY > innerHeight - EDGE) scrollBy(0, EDGE / 3);
    aim(placeAt(clientX, clientY));
  };
  grip.onpointerup = grip.onpointercancel = ({ type }) => {
    grip.onpointermove = grip.onpointerup = grip.onpointercancel = null;
    if (type === 'pointerup') void drop();
    else cancel();
  };
}

/** The column that a point is in or nearest to, and there the first gadget whose middle lies below it. */
function placeAt(x: number, y: number): Place {
  const distance = (column: Element) => {
    const { left, right, top, bottom } = column.getBoundingClientRect();
    return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
  };
  const [column] = columns.toSorted((a, b) => distance(a) - distance(b)) as [HTMLElement];
  const below = othersIn(column).find((one) => {
    const { top, height } = one.getBoundingClientRect();
    return y < top + height / 2;
  });
  return { column, before: below ?? null };
}
