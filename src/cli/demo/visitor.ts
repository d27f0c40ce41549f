/**
 * A person at a browser without script, played by the demo: keeps cookies, follows redirects within the
 * installation, fills in the real forms and presses their buttons. What a person could not do, it cannot either.
 */
import { findLink, heading, pressButton } from './page.ts';

/** What the visitor has before them. */
export interface OpenPage {
  readonly url: URL;
  readonly html: string;
  readonly heading: string;
  /** Where the installation sent the visitor away to, if it did; nothing was fetched there. */
  readonly leftFor: URL | null;
}

const MOST_REDIRECTS = 10;

/** Visits one installation. */
export class Visitor {
  readonly #home: URL;
  readonly #cookies = new Map<string, string>();

  constructor(homeUrl: string) {
    this.#home = new URL(homeUrl);
  }

  /** Opens an address. */
  open(address: string): Promise<OpenPage> {
    return this.#go(new URL(address, this.#home), null);
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
      const answer = await fetch(url, {
        method: body === null ? 'GET' : 'POST',
        body,
        redirect: 'manual',
        headers: this.#headers(body !== null),
      });
      this.#keepCookies(answer);
      const html = await answer.text();
      const location = answer.headers.get('location');
      if (location === null) return { url, html, heading: heading(html), leftFor: null };
      const next = new URL(location, url);
      if (next.origin !== this.#home.origin) return { url, html, heading: heading(html), leftFor: next };
      [url, body] = [next, null];
    }
    throw new Error(`${address.href} redirects too often`);
  }

  #headers(isForm: boolean): Record<string, string> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return {
      accept: 'text/html',
      'accept-language': 'en',
      cookie,
      ...(isForm ? { origin: this.#home.origin, 'sec-fetch-site': 'same-origin' } : {}),
    };
  }

  #keepCookies(answer: Response): void {
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
      if (name === undefined || value === undefined) continue;
      if (/;\s*max-age=0/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}
