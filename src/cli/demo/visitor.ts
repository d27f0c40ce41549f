/**
 * A person at a browser without script, played by the demo: keeps cookies, follows redirects, fills in the real forms
 * and presses their buttons, in the installations of the demo and nowhere else. What a person could not do, it cannot
 * either.
 */
import { findLink, heading, notice, pressButton } from './page.ts';

/** What the visitor has before them. */
export interface OpenPage {
  readonly url: URL;
  readonly html: string;
  readonly heading: string;
  /** The sentence that tells what was just done; '' if there is none. */
  readonly notice: string;
}

const MOST_REDIRECTS = 10;

/** Visits the installations that it is told of. */
export class Visitor {
  readonly #origins: ReadonlySet<string>;
  readonly #cookies = new Map<string, Map<string, string>>();

  constructor(...urls: readonly string[]) {
    this.#origins = new Set(urls.map((url) => new URL(url).origin));
  }

  /** Opens an address. */
  open(address: string): Promise<OpenPage> {
    return this.#go(new URL(address), null);
  }

  /** Fetches data, as a script on a page of that installation would. */
  async fetch(address: string): Promise<{ readonly status: number; readonly body: string }> {
    const url = new URL(address);
    const headers = {
      accept: 'application/json',
      cookie: this.#cookieFor(url),
      'sec-fetch-site': 'same-origin',
    };
    const answer = await fetch(url, { headers, redirect: 'manual' });
    return { status: answer.status, body: await answer.text() };
  }

  /** Follows the first link whose address contains this text. */
  follow(page: OpenPage, part: string): Promise<OpenPage> {
    const address = findLink(page.html, part);
    if (address === null) throw new Error(`"${page.heading}" has no link to ${part}`);
    return this.#go(new URL(address, page.url), null);
  }

  /** Fills in fields of the form that has this button, and presses it. */
  press(page: OpenPage, label: string, values: Readonly<Record<string, string>> = {}): Promise<OpenPage> {
    const form = pressButton(page.html, label);
    if (form === null) throw new Error(`"${page.heading}" has no button "${label}"`);
    for (const [name, value] of Object.entries(values)) form.fields.set(name, value);
    return this.#go(new URL(form.action, page.url), form.fields);
  }

  async #go(address: URL, form: URLSearchParams | null): Promise<OpenPage> {
    let [url, body] = [address, form];
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      if (!this.#origins.has(url.origin)) throw new Error(`${url.origin} is no place to visit`);
      const answer = await fetch(url, {
        method: body === null ? 'GET' : 'POST',
        body,
        redirect: 'manual',
        headers: this.#headers(url, body !== null),
      });
      this.#keepCookies(url, answer);
      const html = await answer.text();
      const location = answer.headers.get('location');
      if (location === null) return { url, html, heading: heading(html), notice: notice(html) };
      [url, body] = [new URL(location, url), null];
    }
    throw new Error(`${address.href} redirects too often`);
  }

  #headers(url: URL, isForm: boolean): Record<string, string> {
    return {
      accept: 'text/html',
      'accept-language': 'en',
      cookie: this.#cookieFor(url),
      ...(isForm ? { origin: url.origin, 'sec-fetch-site': 'same-origin' } : {}),
    };
  }

  #cookieFor({ origin }: URL): string {
    return [...(this.#cookies.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keepCookies({ origin }: URL, answer: Response): void {
    const cookies = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, cookies);
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
      if (name === undefined || value === undefined) continue;
      if (/;\s*max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
  }
}
