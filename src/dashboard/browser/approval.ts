/**
 * The bar of a gadget that waits for its viewer: in the middle while the gadget has nothing to show, below it beside
 * what everybody may see. It opens the provider's page in a window of its own, waits for its end, and loads the gadget
 * anew, while the page stays as it is. Where no window opens, the same link leads there and back in this one.
 */

/** What `gadget-state` tells. */
interface Notice {
  readonly state: string;
  readonly provider?: string;
  readonly text?: string;
  readonly hasContent?: boolean;
  readonly approvalUrl?: string | null;
  readonly inspectUrl?: string | null;
}

/** An approval that is under way. */
interface Waiting {
  readonly bar: HTMLElement;
  readonly provider: string;
  readonly opened: Window;
  /** Tells the gadget, where the gadget began it: it then asks again by itself. */
  readonly done: (() => void) | null;
  /** Its window has closed, and the gadget was told. What was decided in it may be heard later still. */
  isOver: boolean;
}

const POPUP = 'popup,width=820,height=680';

/** How often a window is looked after that its viewer may have closed, in milliseconds. */
const LOOK_AFTER = 500;

/** What is shown about each bar. */
const notices = new WeakMap<HTMLElement, Notice>();

/** Gadgets that have shown something, whatever they are refused besides. */
const shown = new WeakSet<Element>();

const approvals = new Map<string, Waiting>();

document.addEventListener('gadget-state', ({ target, detail }: CustomEventInit & Event) => {
  const gadget = target instanceof Element ? target.closest('.gadget') : null;
  const bar = gadget?.querySelector<HTMLElement>('[data-gadget-bar]');
  if (gadget != null && bar != null) showNotice(gadget, bar, detail as Notice);
});

document.addEventListener('gadget-approve', ({ target, detail }: CustomEventInit & Event) => {
  const gadget = target instanceof Element ? target.closest('.gadget') : null;
  const bar = gadget?.querySelector<HTMLElement>('[data-gadget-bar]');
  const { approvalUrl, done } = detail as { readonly approvalUrl: string; readonly done: () => void };
  const address = bar == null ? null : ownAddress(approvalUrl, bar.dataset.approvePath);
  // A gadget that asks by itself, and not because its viewer pressed something in it, opens nothing.
  const isWished = navigator.userActivation.isActive;
  if (bar != null && address !== null && isWished) approve(bar, address, done);
});

new BroadcastChannel('countersign-approval').onmessage = ({ data }) => {
  const { outcome, module, provider, text } = data as Readonly<Record<string, string>>;
  const waiting = approvals.get(module ?? '');
  const asking = waiting?.isOver === false && waiting.done !== null ? waiting.bar : null;
  approvals.delete(module ?? '');
  if (waiting !== undefined) end(waiting);
  if (outcome === 'connected') {
    for (const bar of barsOf(provider ?? '')) if (bar !== asking) loadAnew(bar);
  } else if (waiting !== undefined && !waiting.bar.hidden) {
    const before = notices.get(waiting.bar) ?? { state: 'denied' };
    render(waiting.bar, { ...before, state: 'denied', text: text ?? '' });
    waiting.bar.querySelector('a')?.focus();
  }
};

function barsOf(provider: string): HTMLElement[] {
  const bars = document.querySelectorAll<HTMLElement>('[data-gadget-bar]:not([hidden])');
  return [...bars].filter((bar) => notices.get(bar)?.provider === provider);
}

function showNotice(gadget: Element, bar: HTMLElement, notice: Notice): void {
  if (notice.state === 'ok' || notice.hasContent) shown.add(gadget);
  if (notice.state !== 'ok') render(bar, notice);
  else if (notice.provider === undefined || notice.provider === notices.get(bar)?.provider) hide(bar);
}

/** Everything it says is text; addresses are our own or not there. */
function render(bar: HTMLElement, notice: Notice): void {
  notices.set(bar, notice);
  const text = document.createElement('p');
  text.textContent = notice.text ?? '';
  const row = document.createElement('p');
  row.className = 'gadget-bar-actions';
  const approveAddress = ownAddress(notice.approvalUrl, bar.dataset.approvePath);
  if (approveAddress !== null) row.append(approveLink(bar, approveAddress, notice.provider ?? ''));
  const inspectAddress = ownAddress(notice.inspectUrl, bar.dataset.inspectPath);
  const { inspect = '', inspectNamed = '' } = bar.dataset;
  if (inspectAddress !== null) row.append(link(inspectAddress, inspect, inspectNamed));
  bar.replaceChildren(text, row);
  place(bar);
  announce(notice.text ?? '');
}

/** In the middle it stands in front of the frame, which is then out of reach for keyboard and screen reader, too. */
function place(bar: HTMLElement): void {
  const gadget = bar.closest('.gadget');
  const isCentred = gadget !== null && !shown.has(gadget);
  bar.classList.toggle('is-centred', isCentred);
  bar.hidden = false;
  const frame = gadget?.querySelector('iframe');
  if (frame != null) frame.inert = isCentred;
}

function hide(bar: HTMLElement): void {
  const hadFocus = bar.contains(document.activeElement);
  notices.delete(bar);
  bar.hidden = true;
  bar.replaceChildren();
  const frame = bar.closest('.gadget')?.querySelector('iframe');
  if (frame == null) return;
  frame.inert = false;
  if (hadFocus) frame.focus();
}

function approveLink(bar: HTMLElement, address: string, provider: string): HTMLElement {
  const { approve: label = '', approveNamed = '' } = bar.dataset;
  const anchor = link(
    address,
    label,
    approveNamed.replace('{provider}', () => provider),
  );
  anchor.className = 'button is-primary';
  anchor.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    approve(bar, address, null);
  });
  return anchor;
}

/** @param name what it is called by screen readers, which begins with its label or holds it */
function link(address: string, label: string, name: string): HTMLAnchorElement {
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.textContent = label;
  anchor.ariaLabel = name;
  return anchor;
}

function approve(bar: HTMLElement, address: string, done: (() => void) | null): void {
  const module = moduleOf(bar);
  const underWay = approvals.get(module);
  if (underWay !== undefined && !underWay.opened.closed) {
    underWay.opened.focus();
    return;
  }
  // Without a name of its own: a frame that calls itself by that name would be led there in its place.
  const opened = open(`${address}&way=popup`, '_blank', POPUP);
  if (opened === null) {
    // Only our own link takes the page away: what a gadget does never loses its viewer the dashboard.
    if (done === null) location.assign(address);
    return;
  }
  // What is shown there must not lead this page elsewhere meanwhile.
  opened.opener = null;
  const provider = notices.get(bar)?.provider ?? '';
  approvals.set(module, { bar, provider, opened, done, isOver: false });
  const waiting = (bar.dataset.waiting ?? '').replace('{provider}', () => provider);
  tell(bar, waiting);
  lookAfter(module);
}

/** Some providers cut the window off from this page, which then looks closed: what the bar offers stays good. */
function lookAfter(module: string): void {
  const waiting = approvals.get(module);
  if (waiting === undefined || waiting.isOver) return;
  if (!waiting.opened.closed) {
    setTimeout(lookAfter, LOOK_AFTER, module);
    return;
  }
  tell(waiting.bar, waiting.bar.dataset.closed ?? '');
  setTimeout(end, LOOK_AFTER, waiting);
}

function end(waiting: Waiting): void {
  if (!waiting.isOver) waiting.done?.();
  waiting.isOver = true;
}

function tell(bar: HTMLElement, words: string): void {
  const text = bar.querySelector('p');
  if (text !== null) text.textContent = words;
  announce(words);
}

/** The gadget begins anew; what it says then decides about the bar. */
function loadAnew(bar: HTMLElement): void {
  const gadget = bar.closest('.gadget');
  if (gadget !== null) shown.delete(gadget);
  hide(bar);
  gadget?.querySelector('iframe')?.dispatchEvent(new CustomEvent('gadget-reload'));
}

function moduleOf(bar: HTMLElement): string {
  return bar.closest<HTMLElement>('.gadget')?.dataset.module ?? '';
}

function announce(words: string): void {
  const live = document.querySelector('[data-live]');
  if (live !== null) live.textContent = words;
}

/** An address of ours at that path, or null: gadgets name addresses, too. */
function ownAddress(address: string | null | undefined, path: string | undefined): string | null {
  const url = URL.parse(address ?? '', location.href);
  if (address == null || url === null || path === undefined) return null;
  return url.origin === location.origin && url.pathname === path ? url.href : null;
}
