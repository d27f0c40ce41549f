/**
 * The frame's side of the conversation: hands a port to the page around it, says what the gadget wants and gives the
 * page's answers to whoever waits for them. What is said before the page listens is kept until it does. Nothing is
 * taken from other windows: other gadgets can reach this window, but not the port.
 */
import {
  type FrameMessage,
  type GadgetAnswer,
  type GadgetFacts,
  type GadgetRequest,
  HELLO,
  type PageMessage,
} from './messages.ts';

/** What the gadget was told with its document; what stands in its address, when it is a page of its own. */
export const facts: GadgetFacts = readFacts();

const unsaid: FrameMessage[] = [];
const answered = new Map<number, (answer: GadgetAnswer) => void>();
const approved = new Map<number, () => void>();
const hearers = new Map<string, (sender: string, message: string) => void>();
/** The port that was offered last: the page lets go of any before it. */
let offered: MessagePort | null = null;
/** The same, once the page has taken it. */
let port: MessagePort | null = null;
let lastId = 0;

function readFacts(): GadgetFacts {
  const element = document.getElementById('gadget-facts');
  if (element !== null) return JSON.parse(element.textContent ?? '') as GadgetFacts;
  const query = new URLSearchParams(location.search);
  const said = (name: string) => query.get(name) ?? '';
  const preferences = [...query].filter(([name]) => name.startsWith('up_'));
  return {
    moduleId: said('mid'),
    pageOrigin: said('parent'),
    view: said('view') || 'default',
    views: [said('view') || 'default'],
    language: said('lang') || 'all',
    country: said('country') || 'ALL',
    preferences: Object.fromEntries(preferences.map(([name, value]) => [name.slice(3), value])),
    messages: {},
    features: {},
  };
}

function offerPort(): void {
  const channel = new MessageChannel();
  offered = channel.port1;
  channel.port1.onmessage = ({ data }) => hearPage(channel.port1, data as PageMessage);
  parent.postMessage(HELLO, facts.pageOrigin, [channel.port2]);
}

function hearPage(from: MessagePort, message: PageMessage): void {
  if (from !== offered) return;
  if (message.kind === 'welcome') {
    port = from;
    for (const one of unsaid.splice(0)) port.postMessage(one);
  } else if (message.kind === 'answer') {
    take(answered, message.id)?.(message.answer);
  } else if (message.kind === 'approved') {
    take(approved, message.id)?.();
  } else {
    hearers.get(message.channel)?.(message.sender, message.message);
  }
}

function take<T>(waiting: Map<number, T>, id: number): T | undefined {
  const one = waiting.get(id);
  waiting.delete(id);
  return one;
}

/** Says something to the page. */
export function sayToPage(message: FrameMessage): void {
  if (port === null) unsaid.push(message);
  else port.postMessage(message);
}

/** Has the page make a request. */
export function requestByPage(request: GadgetRequest, callback: (answer: GadgetAnswer) => void): void {
  lastId += 1;
  answered.set(lastId, callback);
  sayToPage({ kind: 'request', id: lastId, request });
}

/** Has the page open the window in which the person approves; it calls back when that is over. */
export function approveByPage(url: string, callback: () => void): void {
  lastId += 1;
  approved.set(lastId, callback);
  sayToPage({ kind: 'approve', id: lastId, url });
}

/** Hears what other gadgets publish on a channel, until called with null. */
export function hearChannel(
  channel: string,
  hearer: ((sender: string, message: string) => void) | null,
): void {
  if (hearer === null) hearers.delete(channel);
  else hearers.set(channel, hearer);
  sayToPage({ kind: hearer === null ? 'unsubscribe' : 'subscribe', channel });
}

if (parent !== window && facts.pageOrigin !== '') {
  // The page says the word when it began to listen later than this frame began to speak.
  addEventListener('message', ({ source, data }) => {
    if (source === parent && data === HELLO && port === null) offerPort();
  });
  offerPort();
}
