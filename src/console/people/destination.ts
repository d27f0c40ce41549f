/** Where somebody goes after a login, by whichever way: a path of our own (`next`), or where their work begins. */
import { localPathOr } from '../../web/index.ts';
import { ACCESS_PATH, ADMINISTRATION_PATH, LOGIN_PATH, LOGOUT_PATH } from './paths.ts';

/** The path; login and logout themselves would be a circle. */
export function destination(next: string | null, isAdministrator: boolean): string {
  const start = isAdministrator ? ADMINISTRATION_PATH : ACCESS_PATH;
  const path = localPathOr(next, start);
  return path.startsWith(LOGIN_PATH) || path.startsWith(LOGOUT_PATH) ? start : path;
}
