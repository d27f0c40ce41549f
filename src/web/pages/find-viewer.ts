/**
 * Who is at a browser, by the session in its cookies: what pages go by, and everything else that takes a session where
 * it takes a signature.
 */
import { type AccountsContext, findSession, type SignedIn } from '../../accounts/index.ts';
import type { User } from '../../model/index.ts';
import { nameIn, type UserHeaderWord } from '../user-header.ts';
import { createCookieJar } from './cookies.ts';

/**
 * Who is at the browser that sent this Cookie header; nobody while they have to turn on a second factor first.
 * @param word of a trusted proxy in the same request, which a session may be bound to; by itself it is nobody
 */
export type FindViewer = (
  cookieHeader: string | undefined,
  word?: UserHeaderWord,
) => Promise<SignedIn | null>;

/** What finding them needs. */
export interface ViewerOptions {
  readonly publicUrl: URL;
  readonly accounts: AccountsContext;
  /** Whether a user has to go somewhere before anything else. */
  isHeld(user: User): Promise<boolean>;
}

export function viewerFinder({ publicUrl, accounts, isHeld }: ViewerOptions): FindViewer {
  const cookies = createCookieJar(publicUrl);
  return async (header, word = { kind: 'silent' }) => {
    const viewer = await findSession(accounts, cookies.read('session', header), nameIn(word));
    return viewer === null || (await isHeld(viewer.user)) ? null : viewer;
  };
}
