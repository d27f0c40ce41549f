/** Pages over memory storage, and a browser without script in front of them: it keeps cookies and fills forms. */
import { type AccountsContext, logIn } from '../../src/accounts/index.ts';
import {
  createPages,
  type PageRoute,
  type PageSet,
  type Pages,
  type PagesOptions,
  type UserHeaderWord,
} from '../../src/web/index.ts';
import { PASSWORD, peopledAccounts } from './accounts-world.ts';
import { asResponse } from './as-response.ts';

/** Where the pages of these tests live. */
export const PUBLIC_URL = 'https://tracker.example';

type Accounts = Awaited<ReturnType<typeof peopledAccounts>>;

/** Opens pages for the people of `peopledAccounts`, or of the accounts given. */
export async function openPages(
  sets: (accounts: Accounts) => readonly PageSet[],
  options: { readonly publicUrl?: string; readonly accounts?: Accounts } & Pick<
    PagesOptions,
    'secondFactorFor'
  > = {},
) {
  const accounts = options.accounts ?? (await peopledAccounts());
  const publicUrl = new URL(options.publicUrl ?? PUBLIC_URL);
  const errors: unknown[] = [];
  const pages = createPages({
    publicUrl,
    accounts,
    installationName: () => 'Tracker',
    sets: sets(accounts),
    ...(options.secondFactorFor && { secondFactorFor: options.secondFactorFor }),
    onError: (error) => errors.push(error),
  });
  return { accounts, pages, errors, browser: () => new PageBrowser(pages, publicUrl) };
}

/** A login and a logout page, where the rules around them are looked at and not the real pages. */
export function plainLogin(accounts: AccountsContext): readonly PageRoute[] {
  return [
    {
      method: 'POST',
      path: '/oauth/login',
      access: 'anyone',
      async handle(c) {
        const outcome = await logIn(accounts, {
          username: c.field('username'),
          password: c.field('password'),
          clientAddress: c.clientAddress,
        });
        return outcome.kind === 'signed-in'
          ? c.signIn(outcome.cookie, '/open')
          : c.page({ title: 'No', body: '' });
      },
    },
    {
      method: 'GET',
      path: '/oauth/logout',
      access: 'user',
      handle: (c) => c.page({ title: 'Out', body: '' }),
    },
  ];
}

/** How a request differs from what a browser sends by itself. */
export interface RequestChanges {
  readonly headers?: Readonly<Record<string, string>>;
  /** Leaves out the session's form token. */
  readonly withoutToken?: boolean;
}

/** One browser. Redirects are given, not followed. */
export class PageBrowser {
  readonly cookies = new Map<string, string>();
  /** Whom a trusted proxy names in every request of this browser. */
  word: UserHeaderWord = { kind: 'silent' };
  readonly #pages: Pages;
  readonly #origin: string;
  readonly #prefix: string;
  #csrf = '';

  constructor(pages: Pages, publicUrl: URL) {
    this.#pages = pages;
    this.#origin = publicUrl.origin;
    this.#prefix = publicUrl.pathname.replace(/\/$/, '');
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.#send('GET', path, headers, null);
  }

  /** Sends a form as one of our own pages would. */
  post(
    path: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
    changes: RequestChanges = {},
  ): Promise<Response> {
    const token: Record<string, string> = changes.withoutToken ? {} : { csrf: this.#csrf };
    const pairs = Object.entries({ ...token, ...fields }).flatMap(([name, value]) =>
      [value].flat().map((one) => [name, one] as [string, string]),
    );
    const body = new URLSearchParams(pairs).toString();
    const own = { origin: this.#origin, 'sec-fetch-site': 'same-origin' };
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.#send('POST', path, { ...type, ...(changes.headers ?? own) }, body);
  }

  /** Logs in, and reads the form token from the page that shows it. */
  async logIn(username: string, password = PASSWORD): Promise<Response> {
    const answer = await this.post('/oauth/login', { username, password });
    const page = await (await this.get('/oauth/logout')).text();
    this.#csrf = /name="csrf" value="(\w+)"/.exec(page)?.[1] ?? '';
    return answer;
  }

  async #send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string | null,
  ): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const local = path.startsWith(`${this.#prefix}/`) ? path.slice(this.#prefix.length) : path;
    const request = new Request(`http://pages.invalid${local}`, {
      method,
      headers: { ...headers, cookie },
      body,
    });
    const arrival = { clientAddress: '192.0.2.1', requestId: 'request-1', word: this.word };
    const answer = asResponse(await this.#pages.respond(request, arrival));
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    return answer;
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const [name = '', value = ''] = pair.split('=');
    if (attributes.includes('Max-Age=0')) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
