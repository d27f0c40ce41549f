/**
 * A person at a browser without script: follows redirects within an installation, keeps cookies, fills the real
 * forms and presses buttons by their label. Leaves the installation only by being told where a redirect leads.
 */
import { type Form, readForms, readLinks, readText } from './html-page.ts';

/** What the person has before them. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly html: string;
  /** The words on it. */
  readonly text: string;
  /** Where the installation sent the person away to, if it did: a consumer's callback. Nothing was fetched there. */
  readonly leftFor: string | null;
}

/** What somebody is called and how they prove it. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

const MAX_REDIRECTS = 10;

export class Person {
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();
  readonly #language: string;

  /** @param url the installation's public URL */
  constructor(url: string, language = 'en') {
    this.#origin = new URL(url).origin;
    this.#language = language;
  }

  /** Opens an address of the installation. */
  async open(url: string): Promise<Page> {
    return this.#fetch(new URL(url, this.#origin).href, 'GET', null);
  }

  /** Presses the button with that label, after filling fields of its form. @throws if there is no such button */
  async press(page: Page, label: RegExp, values: Readonly<Record<string, string>> = {}): Promise<Page> {
    return this.#submit(page, ...fill(page, label, values));
  }

  /** Presses it, and follows nowhere. Gives the status of what was answered; 0 when the connection broke. */
  async pressOnly(page: Page, label: RegExp, values: Readonly<Record<string, string>> = {}): Promise<number> {
    const [form, sent] = fill(page, label, values);
    const target = new URL(form.action, page.url).href;
    const body = new URLSearchParams([...sent]);
    try {
      return (await this.#ask(target, 'POST', body, page.url)).status;
    } catch {
      return 0;
    }
  }

  /** Logs in on the page that asks for it, and gives the page that follows. */
  async logIn(page: Page, credentials: Credentials): Promise<Page> {
    return this.press(page, /^log in$/i, { ...credentials });
  }

  /** Opens a consumer's authorization link, logs in where asked, and approves or denies. */
  async decide(authorizeUrl: string, credentials: Credentials, decision: 'Approve' | 'Deny'): Promise<Page> {
    let page = await this.open(authorizeUrl);
    if (new URL(page.url).pathname.endsWith('/oauth/login')) page = await this.logIn(page, credentials);
    return this.press(page, new RegExp(`^${decision}$`));
  }

  /** Follows the first link with that label. @throws if there is none */
  async follow(page: Page, label: RegExp): Promise<Page> {
    const link = readLinks(page.html).find((one) => label.test(one.label));
    if (link === undefined) throw new Error(`no link ${label} on ${page.url}: ${page.text.slice(0, 400)}`);
    return this.open(new URL(link.href, page.url).href);
  }

  /** Withdraws what a consumer was granted, on the person's own page. */
  async revoke(consumerName: string): Promise<Page> {
    const list = await this.open('/oauth/users/access-tokens');
    const question = await this.follow(list, new RegExp(`^Revoke access of ${RegExp.escape(consumerName)}$`));
    return this.press(question, /^Revoke OAuth Access Token$/);
  }

  #submit(page: Page, form: Form, values: ReadonlyMap<string, string>): Promise<Page> {
    const target = new URL(form.action, page.url);
    const body = new URLSearchParams([...values]);
    if (form.method === 'GET') {
      target.search = body.toString();
      return this.#fetch(target.href, 'GET', null);
    }
    return this.#fetch(target.href, 'POST', body, page.url);
  }

  async #fetch(url: string, method: string, body: URLSearchParams | null, from?: string): Promise<Page> {
    let [target, verb, payload] = [url, method, body];
    for (let hop = 0; hop < MAX_REDIRECTS; hop += 1) {
      const response = await this.#ask(target, verb, payload, from);
      this.#keepCookies(response);
      const location = response.headers.get('location');
      const html = await response.text();
      const page = { url: target, status: response.status, html, text: readText(html), leftFor: null };
      if (location === null) return page;
      const next = new URL(location, target);
      if (next.origin !== this.#origin) return { ...page, leftFor: location };
      [target, verb, payload] = [next.href, 'GET', null];
    }
    throw new Error(`more than ${MAX_REDIRECTS} redirects from ${url}`);
  }

  #ask(url: string, method: string, body: URLSearchParams | null, from?: string): Promise<Response> {
    return fetch(url, { method, body, redirect: 'manual', headers: this.#headers(from) });
  }

  #headers(from: string | undefined): Record<string, string> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return {
      'accept-language': this.#language,
      accept: 'text/html',
      ...(cookie === '' ? {} : { cookie }),
      ...(from === undefined ? {} : { origin: this.#origin, referer: from, 'sec-fetch-site': 'same-origin' }),
    };
  }

  #keepCookies(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (value === '' || /max-age=0/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}

/** The form with that button, and what it sends. @throws if there is no such button */
function fill(
  page: Page,
  label: RegExp,
  values: Readonly<Record<string, string>>,
): [Form, Map<string, string>] {
  for (const form of readForms(page.html)) {
    const button = form.buttons.find((one) => label.test(one.label));
    if (button === undefined) continue;
    const sent = new Map([...form.fields, ...Object.entries(values)]);
    if (button.name !== null) sent.set(button.name, button.value);
    return [form, sent];
  }
  throw new Error(`no button ${label} on ${page.url} (${page.status}): ${page.text.slice(0, 400)}`);
}
