/**
 * The cookies of the pages: session, language, a message to show once, and a login that another provider has to
 * answer. Over https the names carry the
 * `__Host-` prefix, so neither a sibling domain nor plain http can plant one. The port and the path of the public
 * URL are part of the name: cookies ignore both, and two installations on one host would end each other's sessions.
 */

/** What a cookie of the pages is for. */
export type CookiePurpose = 'session' | 'language' | 'notice' | 'login';

/** Names, reads and writes the cookies of one installation. */
export interface CookieJar {
  name(purpose: CookiePurpose): string;
  /** The value in a `Cookie` header, decoded; undefined when absent. The first of several counts. */
  read(purpose: CookiePurpose, header: string | null | undefined): string | undefined;
  /** A `Set-Cookie` value. Zero seconds deletes the cookie. */
  write(purpose: CookiePurpose, value: string, maxAgeSeconds: number): string;
}

const BASE_NAMES: Readonly<Record<CookiePurpose, string>> = {
  session: 'countersign',
  language: 'countersign-language',
  notice: 'countersign-notice',
  login: 'countersign-login',
};

/** The cookies of the installation under a public URL. */
export function createCookieJar(publicUrl: URL): CookieJar {
  const isHttps = publicUrl.protocol === 'https:';
  const slug = publicUrl.pathname.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const suffix = [publicUrl.port, slug]
    .filter((part) => part !== '')
    .map((part) => `-${part}`)
    .join('');
  const name = (purpose: CookiePurpose) => `${isHttps ? '__Host-' : ''}${BASE_NAMES[purpose]}${suffix}`;

  return {
    name,
    read(purpose, header) {
      const wanted = name(purpose);
      for (const part of (header ?? '').split(';')) {
        const equals = part.indexOf('=');
        if (equals > 0 && part.slice(0, equals).trim() === wanted)
          return decoded(part.slice(equals + 1).trim());
      }
      return undefined;
    },
    write(purpose, value, maxAgeSeconds) {
      const secure = isHttps ? '; Secure' : '';
      return `${name(purpose)}=${encodeURIComponent(value)}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
    },
  };
}

function decoded(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
