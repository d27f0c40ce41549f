/** What a request without any credentials is answered: a person is sent to log in, a program is told to sign. */
import type { ServerResponse } from 'node:http';
import { sendChallenge, sendText, type WireRequest } from '../web/index.ts';

/** A 303 to the login page for a browser that wants a page, a 401 with the challenge for everybody else. */
export function sendUnauthenticated(wire: WireRequest, response: ServerResponse): void {
  if (!wantsPage(wire)) {
    sendChallenge(response, wire);
    return;
  }
  const { localPath, query } = wire;
  const next = encodeURIComponent(query === '' ? localPath : `${localPath}?${query}`);
  const login = `${wire.policy.publicPath}/oauth/login?next=${next}`;
  sendText(response, wire, 303, 'Log in first.\n', undefined, { Location: login });
}

/** Browsers name text/html when they open a page; scripts and frames of other kinds do not. */
function wantsPage(wire: WireRequest): boolean {
  return (
    wire.method === 'GET' && /(?:^|,)[ \t]*text\/html[ \t]*(?:[;,]|$)/i.test(wire.header('accept') ?? '')
  );
}
