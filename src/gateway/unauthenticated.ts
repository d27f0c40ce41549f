/** What a request without any credentials is answered: a person is sent to log in, a program is told to sign. */
import type { ServerResponse } from 'node:http';
import { sendChallenge, sendText, type WireRequest, wantsPage } from '../web/index.ts';

/** A 303 to the login page for a browser that wants a page, a 401 with the challenge for everybody else. */
export function sendUnauthenticated(wire: WireRequest, response: ServerResponse): void {
  if (!wantsPage(wire)) {
    sendChallenge(response, wire);
    return;
  }
  sendText(response, wire, 303, 'Log in first.\n', undefined, { Location: loginAddress(wire) });
}

/** The login page that leads back to where the request wanted to go; below the same origin. */
export function loginAddress({ localPath, query, policy }: WireRequest): string {
  const next = encodeURIComponent(query === '' ? localPath : `${localPath}?${query}`);
  return `${policy.publicPath}/oauth/login?next=${next}`;
}
