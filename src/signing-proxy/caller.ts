/**
 * Who asks: a program with an API key, or a page of ours in the browser of somebody who is logged in. A key that was
 * sent decides alone: a wrong one is refused and never made good by a cookie. A session counts for requests that
 * scripts of our own pages make, and programs, whatever the method: providers of OAuth 1 change things by GET, too, so
 * a link in somebody else's page or mail must not make a signed request.
 */
import type { ApiKeyHolder } from '../accounts/index.ts';
import type { User } from '../model/index.ts';
import { sentKeys, type WireRequest } from '../web/index.ts';
import { ProxyRefused } from './proxy-refused.ts';

/** A caller. */
export interface Caller {
  readonly user: User;
  /** Ids of the providers that may be reached; null for all. */
  readonly providers: readonly string[] | null;
}

/** How callers are found. */
export interface CallerSources {
  /** The user whose session the Cookie header names, or null. */
  findSession(cookieHeader: string, wire: WireRequest): Promise<User | null>;
  /** Whose API key it is, or null. */
  findHolder(key: string): Promise<ApiKeyHolder | null>;
}

/** @throws {ProxyRefused} credentials-missing, credentials-rejected, cross-site */
export async function identifyCaller(sources: CallerSources, wire: WireRequest): Promise<Caller> {
  const keys = sentKeys(wire);
  if (keys.length === 0) return sessionCaller(sources, wire);
  const [key] = keys;
  const holder = keys.length > 1 || key == null ? null : await sources.findHolder(key);
  if (holder === null) {
    throw new ProxyRefused(
      401,
      'credentials-rejected',
      'This is no API key of an active user, or it has ended. Send one key, as “Authorization: Bearer KEY” or “X-Api-Key: KEY”.',
    );
  }
  if (holder.record.scope !== 'providers')
    throw new ProxyRefused(
      403,
      'key-for-administration',
      'This key is for the administration; make one for service providers.',
    );
  return { user: holder.user, providers: holder.record.providers };
}

async function sessionCaller({ findSession }: CallerSources, wire: WireRequest): Promise<Caller> {
  const cookie = wire.headerValues('cookie').join('; ');
  const user = cookie === '' ? null : await findSession(cookie, wire);
  if (user === null) {
    throw new ProxyRefused(
      401,
      'credentials-missing',
      'Send an API key as “Authorization: Bearer KEY”, or log in. Keys are made on the page “API keys”.',
    );
  }
  if (!isFromOwnScript(wire)) {
    throw new ProxyRefused(
      403,
      'cross-site',
      'This request did not come from a script of a page of this installation, so it was not carried out. Programs send an API key.',
    );
  }
  return { user, providers: null };
}

/**
 * Stricter than for forms, which carry a token of their session besides. A link in a mail comes with `none`, and over
 * plain http browsers tell nothing with a link: what says nothing is not ours. Nor may an element load an answer: as
 * a script of our own origin it would pass the policy of our pages. Where browsers do not say what a request is for,
 * a field that only scripts can set says it: our own login page is a referrer, too, of whatever its `next` names.
 */
function isFromOwnScript(wire: WireRequest): boolean {
  const site = wire.header('sec-fetch-site');
  if (site !== undefined)
    return site === 'same-origin' && (wire.header('sec-fetch-dest') ?? 'empty') === 'empty';
  if (isFromProgram(wire)) return true;
  if (wire.header('x-requested-with') === undefined) return false;
  const page = wire.header('origin') ?? URL.parse(wire.header('referer') ?? '')?.origin;
  return page === wire.policy.origin;
}

/**
 * Over https and on this machine itself today's browsers say where a request comes from; one that says nothing at all
 * there, and wants no page, is a program that somebody gave their session to.
 */
function isFromProgram(wire: WireRequest): boolean {
  const { isPublicHttps, hosts } = wire.policy;
  const isSilent = ['origin', 'referer'].every((name) => wire.header(name) === undefined);
  const wantsPage = wire.header('accept')?.includes('text/html') === true;
  const isQuietBrowser = QUIET_BROWSER.test(wire.header('user-agent') ?? '');
  return (isPublicHttps || hosts.isPublicHostLoopback) && isSilent && !wantsPage && !isQuietBrowser;
}

/**
 * Browsers that load a picture or a film for a neighbour's page with the session and without a word: Safari before 16.4,
 * Firefox before 90, Chrome before 76, and what plays films for Safari. No page can make them go by another name.
 */
const QUIET_BROWSER = /^(?:Mozilla|Opera)\/(?!.*Chrome\/(?:7[6-9]|[89]\d|\d{3}))|AppleCoreMedia/i;
