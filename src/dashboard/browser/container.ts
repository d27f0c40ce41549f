/**
 * The page's side of its gadgets: takes the port of each frame that stands on the page, answers what comes over it,
 * and tells the rest of the page by events on the frame's element. A frame gets answers, never a token or a cookie: the
 * requests are made from here. Whatever a frame sends, it costs a bounded amount of work, and nothing but its own frame
 * changes by it.
 */
import { carryRequest } from './carry-request.ts';
import { type FrameMessage, type GadgetAnswer, HELLO, type PageMessage } from './messages.ts';
import { readFrameMessage } from './read-frame-message.ts';

/** Tallest frame, CSS pixels. */
const TALLEST = 2000;

/** A frame that sends more than this many messages at once, or this many a second for long, is stopped. */
const BURST = 200;
const PER_SECOND = 40;

/** Requests under way, of one frame and of all: while providers are slow, the others and the frames' documents go on. */
const MOST_ON_THE_WAY = 2;
const MOST_OF_PAGE = sharesConnection() ? 16 : 4;
const MOST_WAITING = 60;

const FRAMES = 'iframe[data-gadget-frame]';

/** One frame's connection. */
interface Channel {
  readonly frame: HTMLIFrameElement;
  readonly port: MessagePort;
  readonly subscriptions: Set<string>;
  readonly waiting: (() => Promise<void>)[];
  onTheWay: number;
  servedAt: number;
  isApproving: boolean;
  /** The timer of a wish that waits for its viewer's click. */
  looking: number;
  credit: number;
  countedAt: number;
}

const channels = new Map<HTMLIFrameElement, Channel>();
let onTheWay = 0;

addEventListener('message', ({ data, source, ports }) => {
  if (source === null || data !== HELLO || ports.length !== 1) return;
  const frame = allFrames().find((one) => one.contentWindow === source);
  if (frame !== undefined) openChannel(frame, ports[0]!);
});

// Also for events that do not bubble.
document.addEventListener('gadget-reload', ({ target }) => isGadgetFrame(target) && reload(target), true);

for (const frame of allFrames()) frame.contentWindow?.postMessage(HELLO, '*');

/** Without HTTP/2, browsers have six connections to one host for everything. */
function sharesConnection(): boolean {
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return /^h[23]/.test(page?.nextHopProtocol ?? '');
}

function allFrames(): HTMLIFrameElement[] {
  return [...document.querySelectorAll<HTMLIFrameElement>(FRAMES)];
}

function isGadgetFrame(target: unknown): target is HTMLIFrameElement {
  return target instanceof HTMLIFrameElement && target.matches(FRAMES);
}

function openChannel(frame: HTMLIFrameElement, port: MessagePort): void {
  closeChannel(frame);
  const subscriptions = new Set<string>();
  const channel: Channel = {
    frame,
    port,
    subscriptions,
    waiting: [],
    onTheWay: 0,
    servedAt: 0,
    isApproving: false,
    looking: 0,
    credit: BURST,
    countedAt: performance.now(),
  };
  channels.set(frame, channel);
  port.onmessage = ({ data }) => {
    const message = mayGoOn(channel) ? readFrameMessage(data) : stop(channel);
    if (message !== null) hear(channel, message);
  };
  say(channel, { kind: 'welcome' });
}

function closeChannel(frame: HTMLIFrameElement): void {
  const channel = channels.get(frame);
  if (channel === undefined) return;
  channel.port.onmessage = null;
  channel.port.close();
  clearTimeout(channel.looking);
  channel.waiting.length = 0;
  channels.delete(frame);
}

/** Counts a message. */
function mayGoOn(channel: Channel): boolean {
  const now = performance.now();
  const earned = ((now - channel.countedAt) / 1000) * PER_SECOND;
  channel.credit = Math.min(BURST, channel.credit + earned) - 1;
  channel.countedAt = now;
  return channel.credit >= 0;
}

/** Takes a frame's document away: what floods the page does not listen to it, either. */
function stop({ frame }: Channel): null {
  closeChannel(frame);
  frame.src = 'about:blank';
  tell(frame, 'gadget-state', { state: 'stopped', text: frame.dataset.stopped ?? '' });
  return null;
}

function say({ port }: Channel, message: PageMessage): void {
  port.postMessage(message);
}

function tell(frame: HTMLIFrameElement, type: string, detail: unknown): void {
  frame.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
}

function hear(channel: Channel, message: FrameMessage): void {
  const { frame, subscriptions } = channel;
  switch (message.kind) {
    case 'request':
      queue(channel, message.id, () => carryRequest(frame, message.request));
      break;
    case 'height':
      setHeight(frame, message.pixels);
      break;
    case 'title':
      tell(frame, 'gadget-title', { title: message.title });
      break;
    case 'preferences':
      keepPreferences(frame, message.preferences);
      break;
    case 'view':
      showView(frame, message.view);
      break;
    case 'open':
      openLink(channel, message.url);
      break;
    case 'approve':
      approve(channel, message.id, message.url);
      break;
    case 'subscribe':
      if (subscriptions.size < BURST) subscriptions.add(message.channel);
      break;
    case 'unsubscribe':
      subscriptions.delete(message.channel);
      break;
    case 'publish':
      publish(channel, message.channel, message.message);
  }
}

function queue(channel: Channel, id: number, carry: () => Promise<GadgetAnswer>): void {
  const { waiting } = channel;
  if (waiting.length < MOST_WAITING) {
    waiting.push(async () => say(channel, { kind: 'answer', id, answer: await carry() }));
    work();
  } else {
    const errors = ['too many requests at once'];
    say(channel, { kind: 'answer', id, answer: { rc: 429, body: '', errors } });
  }
}

/** A freed place goes to the frame that has fewest requests under way, and among those to the one that waits longest. */
function work(): void {
  while (onTheWay < MOST_OF_PAGE) {
    const ready = [...channels.values()].filter(
      (one) => one.waiting.length > 0 && one.onTheWay < MOST_ON_THE_WAY,
    );
    const [next] = ready.sort((one, other) => one.onTheWay - other.onTheWay || one.servedAt - other.servedAt);
    if (next === undefined) return;
    onTheWay += 1;
    next.onTheWay += 1;
    next.servedAt = performance.now();
    void next.waiting
      .shift()?.()
      .finally(() => {
        onTheWay -= 1;
        next.onTheWay -= 1;
        work();
      });
  }
}

function setHeight(frame: HTMLIFrameElement, pixels: number): void {
  frame.style.height = `${Math.min(TALLEST, Math.max(0, Math.ceil(pixels)))}px`;
}

/** Only those that the spec declares; whether they are kept is for the page, and for the server, to say. */
function keepPreferences(frame: HTMLIFrameElement, wished: Readonly<Record<string, string>>): void {
  const known = new Set((frame.dataset.preferences ?? '').split(' '));
  const preferences = Object.fromEntries(Object.entries(wished).filter(([name]) => known.has(name)));
  if (Object.keys(preferences).length > 0) tell(frame, 'gadget-preferences', { preferences });
}

function showView(frame: HTMLIFrameElement, view: string): void {
  if (!(frame.dataset.views ?? '').split(' ').includes(view)) return;
  const address = new URL(frame.src);
  address.searchParams.set('view', view);
  closeChannel(frame);
  frame.src = address.href;
}

function reload(frame: HTMLIFrameElement): void {
  closeChannel(frame);
  // biome-ignore lint/correctness/noSelfAssign: this is how a page loads a frame anew.
  frame.src = frame.src;
}

/**
 * Does something if somebody has just clicked or pressed a key, and in that frame. A frame's word may be quicker than
 * the browser's own about the click, on a slow machine by seconds: that is waited for during the five seconds for which
 * browsers count a click as just made. Of a frame's wishes, the last holds.
 */
function ifInUse(channel: Channel, action: () => void, looksLeft = 100): void {
  clearTimeout(channel.looking);
  if (navigator.userActivation.isActive && document.activeElement === channel.frame) action();
  else if (looksLeft > 0) channel.looking = setTimeout(ifInUse, 50, channel, action, looksLeft - 1);
}

/** Where it leads is judged at the address it goes to first. */
function openLink(channel: Channel, url: string): void {
  if (!/^https?:/i.test(url)) return;
  const { gadgets } = channel.frame.dataset;
  ifInUse(channel, () => open(`${gadgets}/leave?to=${encodeURIComponent(url)}`, '_blank', 'noopener'));
}

/** One at a time; and a gadget opens nothing by itself. */
function approve(channel: Channel, id: number, approvalUrl: string): void {
  const done = () => {
    channel.isApproving = false;
    say(channel, { kind: 'approved', id });
  };
  ifInUse(channel, () => {
    if (channel.isApproving) return;
    channel.isApproving = true;
    tell(channel.frame, 'gadget-approve', { approvalUrl, done });
  });
}

function publish({ frame }: Channel, name: string, message: string): void {
  const sender = frame.dataset.gadgetFrame ?? '';
  for (const other of channels.values()) {
    const hears = other.frame !== frame && other.subscriptions.has(name);
    if (hears) say(other, { kind: 'published', channel: name, message, sender });
  }
}
