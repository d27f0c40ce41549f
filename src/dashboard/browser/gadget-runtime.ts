/**
 * The interface that gadgets are written against, put together: `gadgets.*` of OpenSocial as far as gadgets of
 * dashboards use it, and the `_IG_` names of the first years. It is an ordinary script, because a gadget's own scripts
 * stand in its document and expect it to be there when they run.
 */
import { facts, hearChannel, sayToPage } from './gadget-channel.ts';
import { io } from './gadget-io.ts';
import { escapeText, Prefs } from './gadget-prefs.ts';
import { frameWindow, Popup, views } from './gadget-surface.ts';

type Handler = () => void;

/** Null as soon as the document is there. */
let onLoad: Handler[] | null = [];

function whenLoaded(handler: Handler): void {
  if (onLoad === null) setTimeout(handler);
  else onLoad.push(handler);
}

/** One handler's mistake is not the others'. */
function runOnLoadHandlers(): void {
  const handlers = onLoad ?? [];
  onLoad = null;
  for (const handler of handlers) {
    try {
      handler();
    } catch (error) {
      reportError(error);
    }
  }
}

if (document.readyState === 'loading') addEventListener('DOMContentLoaded', runOnLoadHandlers);
else setTimeout(runOnLoadHandlers);

const util = {
  registerOnLoadHandler: whenLoaded,
  runOnLoadHandlers,
  escapeString: (text: unknown) => (typeof text === 'string' ? escapeText(text) : text),
  unescapeString: (text: string) =>
    new DOMParser().parseFromString(text.replaceAll('<', '&lt;'), 'text/html').body.textContent,
  hasFeature: (name: string) => Object.hasOwn(facts.features, name),
  getFeatureParameters(name: string): Record<string, string | readonly string[]> | null {
    const parameters = util.hasFeature(name) ? facts.features[name] : undefined;
    if (parameters === undefined) return null;
    const plain = Object.entries(parameters).map(([key, values]) => [
      key,
      values.length === 1 ? values[0]! : values,
    ]);
    return Object.fromEntries(plain) as Record<string, string | readonly string[]>;
  },
  getUrlParameters: () => Object.fromEntries(new URLSearchParams(location.search)),
  makeClosure:
    (scope: unknown, callback: (...all: unknown[]) => unknown, ...first: unknown[]) =>
    (...rest: unknown[]) =>
      callback.apply(scope, [...first, ...rest]),
  makeEnum: (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name])),
  attachBrowserEvent: (element: EventTarget, name: string, handler: EventListener, capture = false) =>
    element.addEventListener(name, handler, capture),
  removeBrowserEvent: (element: EventTarget, name: string, handler: EventListener, capture = false) =>
    element.removeEventListener(name, handler, capture),
};

const json = {
  parse(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      return false;
    }
  },
  stringify: (value: unknown) => JSON.stringify(value),
};

/** Messages between gadgets travel as JSON. */
const pubsub = {
  publish: (channel: string, message: unknown) =>
    sayToPage({ kind: 'publish', channel: String(channel), message: JSON.stringify(message ?? null) }),
  subscribe: (channel: string, callback: (sender: string, message: unknown) => void) =>
    hearChannel(String(channel), (sender, message) => callback(sender, JSON.parse(message))),
  unsubscribe: (channel: string) => hearChannel(String(channel), null),
};

/** The services of the container that gadgets call by name, and no others. */
const services: Readonly<Record<string, (...all: never[]) => void>> = {
  resize_iframe: (pixels: number) => frameWindow.adjustHeight(pixels),
  set_title: (title: string) => frameWindow.setTitle(title),
  set_pref: (_: unknown, ...pairs: unknown[]) => new Prefs().set(...pairs),
  requestNavigateTo: (view: string) => views.requestNavigateTo(view),
};

const rpc = {
  call(_target: unknown, service: string, _callback: unknown, ...all: unknown[]): void {
    if (Object.hasOwn(services, service)) services[service]?.(...(all as never[]));
  },
  register: () => {},
  unregister: () => {},
};

const gadgets = {
  io,
  util,
  json,
  pubsub,
  rpc,
  views,
  Prefs,
  window: frameWindow,
  oauth: { Popup },
};

/** What the first gadgets called the same things. */
const firstNames = {
  _IG_Prefs: Prefs,
  _IG_RegisterOnloadHandler: whenLoaded,
  _IG_AdjustIFrameHeight: frameWindow.adjustHeight,
  _IG_SetTitle: frameWindow.setTitle,
  _IG_FetchContent: (url: string, callback: (text: string) => void) =>
    io.makeRequest(url, ({ text }) => callback(text)),
  _IG_FetchXmlContent: (url: string, callback: (data: unknown) => void) =>
    io.makeRequest(url, ({ data }) => callback(data), { CONTENT_TYPE: 'DOM' }),
  _gel: (id: string) => document.getElementById(id),
  _esc: encodeURIComponent,
  _unesc: decodeURIComponent,
  _hesc: escapeText,
  _args: util.getUrlParameters,
};

Object.assign(window, { gadgets }, firstNames);
