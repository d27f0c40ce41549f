/**
 * What makes a dashboard handier where scripts run: menus that close by themselves, minimising and colouring without
 * a new page, refreshing by hand and by the clock (never while nobody looks). Every deed is a form's button as well.
 */
import { all, announce, board, say, send } from './sending.ts';

const openMenus = () => all<HTMLDetailsElement>('[data-menu][open]', board);

/** Closes the open menu, with its button in focus. */
function closeMenu(): void {
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector('summary')?.focus();
  }
}

addEventListener('keydown', ({ key }) => key === 'Escape' && closeMenu());
// Whoever goes elsewhere, by pointer or keyboard, has left it.
for (const going of ['pointerdown', 'focusin'])
  addEventListener(going, ({ target }) => {
    for (const menu of openMenus()) if (!menu.contains(target as Node)) menu.open = false;
  });

for (const gadget of all('[data-module]', board)) equip(gadget);

function equip(gadget: HTMLElement): void {
  for (const refresh of all('[data-refresh]', gadget)) {
    refresh.hidden = false;
    refresh.onclick = () => {
      closeMenu();
      reload(gadget);
      tell('refreshed', gadget);
    };
  }
  gadget.onsubmit = (event) => void submitted(gadget, event);
  listen(gadget, 'gadget-title', ({ title }) => {
    for (const heading of all('h2:not([data-own])', gadget)) heading.textContent = String(title);
  });
  listen(gadget, 'gadget-preferences', ({ preferences }) => {
    for (const form of all<HTMLFormElement>('[data-menu] form', gadget))
      void send(form.action, { deed: 'set-preferences', preferences: JSON.stringify(preferences) });
  });
  const seconds = Number(gadget.dataset.refreshSeconds);
  if (seconds > 0) keepFresh(gadget, seconds * 1000);
}

function listen(gadget: HTMLElement, type: string, hear: (detail: Record<string, unknown>) => void): void {
  gadget.addEventListener(type, (event) => hear((event as CustomEvent).detail));
}

/** Loads anew each time the interval is over; while nobody looks, not before somebody does. */
function keepFresh(gadget: HTMLElement, interval: number): void {
  let due = Date.now() + interval;
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(turn, due - Date.now());
  };
  const turn = () => {
    if (all('.gadget-body:not([hidden])', gadget).length > 0) reload(gadget);
    due = Date.now() + interval;
    wait();
  };
  document.addEventListener('visibilitychange', wait);
  wait();
}

function reload(gadget: HTMLElement): void {
  for (const frame of all('iframe', gadget))
    frame.dispatchEvent(new Event('gadget-reload', { bubbles: true }));
}

/** Minimises or colours here and now; other buttons of the form go their usual way. */
async function submitted(gadget: HTMLElement, event: SubmitEvent): Promise<void> {
  const button = event.submitter as HTMLButtonElement;
  const { name, value } = button;
  const [deed = '', choice = ''] = value.split(' ');
  if (!['minimise', 'expand', 'color'].includes(deed)) return;
  event.preventDefault();
  const undo = deed === 'color' ? paint(gadget, choice) : fold(gadget, button, deed);
  closeMenu();
  if (!(await send((event.target as HTMLFormElement).action, { [name]: value }))) undo();
}

/** Shows a gadget folded or unfolded; gives what takes it back. */
function fold(gadget: HTMLElement, button: HTMLButtonElement, deed: string): () => void {
  const next = deed === 'minimise' ? 'expand' : 'minimise';
  for (const body of all('.gadget-body', gadget)) body.hidden = next === 'expand';
  button.value = next;
  button.textContent = say(next);
  tell(next === 'expand' ? 'minimised' : 'expanded', gadget);
  return () => void fold(gadget, button, next);
}

/** Shows a gadget in a colour; gives what takes it back. */
function paint(gadget: HTMLElement, color: string): () => void {
  const before = gadget.className;
  const wear = (className: string) => {
    gadget.className = className;
    for (const swatch of all('.swatch', gadget))
      swatch.ariaPressed = String(
        className.endsWith((swatch as HTMLButtonElement).value.replace('color ', '-')),
      );
  };
  wear(`gadget is-${color}`);
  return () => wear(before);
}

function tell(sentence: string, gadget: HTMLElement): void {
  announce(sentence, { title: gadget.querySelector('h2')?.textContent ?? '' });
}
