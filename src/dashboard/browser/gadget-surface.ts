/**
 * What of a gadget's frame the page can change or show: height, title, view, and the window in which a person
 * approves. `gadgets.window`, `gadgets.views` and `gadgets.oauth` of OpenSocial.
 */
import { approveByPage, facts, sayToPage } from './gadget-channel.ts';

/** The height that shows all of the document, CSS pixels. */
function contentHeight(): number {
  const { documentElement } = document;
  // Never higher than what it holds, margins that reach out of the body included; its scrolled height is never lower than
  // the window, so a gadget could only grow.
  const { height } = documentElement.getBoundingClientRect();
  const isScrolling = documentElement.scrollHeight > documentElement.clientHeight;
  return Math.ceil(isScrolling ? Math.max(height, documentElement.scrollHeight) : height);
}

let isWaitingForWidth = false;

/** A frame that is not laid out, or not yet, has no width, and its content would stand one letter below the other. */
function adjustOnceWide(): void {
  if (isWaitingForWidth) return;
  isWaitingForWidth = true;
  const adjust = () => {
    isWaitingForWidth = false;
    frameWindow.adjustHeight();
  };
  addEventListener('resize', adjust, { once: true });
}

/** `gadgets.window`. */
export const frameWindow = {
  adjustHeight(pixels?: number): void {
    const given = Number(pixels);
    if (given > 0) sayToPage({ kind: 'height', pixels: given });
    else if (innerWidth === 0) adjustOnceWide();
    else sayToPage({ kind: 'height', pixels: contentHeight() });
  },
  setTitle(title: unknown): void {
    sayToPage({ kind: 'title', title: String(title).slice(0, 200) });
  },
  getViewportDimensions: () => ({ width: innerWidth, height: innerHeight }),
};

/** A frame may open no window and go nowhere; the page opens what a person follows. */
addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (event.defaultPrevented || !(link instanceof HTMLAnchorElement)) return;
  if (link.getAttribute('href')?.startsWith('#') || !/^https?:$/.test(link.protocol)) return;
  event.preventDefault();
  sayToPage({ kind: 'open', url: link.href });
});

/** One view of the gadget. */
class View {
  readonly #name: string;
  constructor(name: string) {
    this.#name = name;
  }
  getName(): string {
    return this.#name;
  }
  isOnlyVisibleGadget(): boolean {
    return false;
  }
  toString(): string {
    return this.#name;
  }
}

const known = new Map(facts.views.map((name) => [name, new View(name)]));

/** `gadgets.views`. Parameters are not carried from view to view. */
export const views = {
  ViewType: { DEFAULT: 'default', HOME: 'home', CANVAS: 'canvas', PROFILE: 'profile', PREVIEW: 'preview' },
  getCurrentView: () => known.get(facts.view) ?? new View(facts.view),
  getSupportedViews: () => Object.fromEntries(known),
  getParams: () => ({}),
  requestNavigateTo(view: unknown): void {
    sayToPage({ kind: 'view', view: String(view) });
  },
};

/** `gadgets.oauth.Popup`. The page opens the window; what the gadget thinks of its size does not matter. */
export class Popup {
  readonly #url: string;
  readonly #onOpen: (() => void) | null;
  readonly #onClose: (() => void) | null;
  constructor(url: string, _size?: string, onOpen?: (() => void) | null, onClose?: (() => void) | null) {
    this.#url = String(url);
    this.#onOpen = onOpen ?? null;
    this.#onClose = onClose ?? null;
  }
  createOpenerOnClick(): () => boolean {
    return () => {
      approveByPage(this.#url, () => this.#onClose?.());
      this.#onOpen?.();
      return false;
    };
  }
  /** For "I have approved" links; the page says by itself when it is over. */
  createApprovedOnClick(): () => boolean {
    return () => {
      this.#onClose?.();
      return false;
    };
  }
}
