/**
 * Carries a gadget's request to the server and its answer back. The server gets the session's cookie, the form token
 * and the gadget's own token from here; the frame that asked has none of them. A gadget of this very installation is
 * answered by the installation itself when it asks for data of it, as the person at the browser.
 */
import type { GadgetAnswer, GadgetRequest } from './messages.ts';

/** What the server says beside the answer; for the page, not for the frame. */
interface Notice {
  readonly state: string;
}

/** An answer behind this cannot be run as a script by another site. */
const PREFIX = "throw 1; < don't be evil' >";

/** The server takes no longer form. */
const LONGEST_FORM = 250_000;
const LONGEST_OWN_ANSWER = 1_048_576;

/** Makes the request; every failure is an answer, too. */
export async function carryRequest(frame: HTMLIFrameElement, request: GadgetRequest): Promise<GadgetAnswer> {
  try {
    if (isOwnData(frame, request)) return await fetchOwnData(frame, request.url);
    return await askServer(frame, request);
  } catch (error) {
    return failed(0, String(error));
  }
}

function failed(rc: number, error: string): GadgetAnswer {
  return { rc, body: '', errors: [error] };
}

function isOwnData(frame: HTMLIFrameElement, { url, method }: GadgetRequest): boolean {
  return (
    'own' in frame.dataset && method === 'GET' && URL.parse(url, location.href)?.origin === location.origin
  );
}

/**
 * Data only: a page of ours would bring the form token of the session with it. Nothing below `/oauth/`: part of the
 * address may be a preference of the dashboard's owner, who would have the signing proxy ask a provider as the viewer.
 */
async function fetchOwnData(frame: HTMLIFrameElement, url: string): Promise<GadgetAnswer> {
  const closed = (frame.dataset.gadgets ?? '').replace(/gadgets$/, 'oauth/');
  if (new URL(url, location.href).pathname.startsWith(closed)) return failed(403, 'not data');
  const answer = await fetch(url, { redirect: 'error', headers: { accept: 'application/json' } });
  const type = answer.headers.get('content-type') ?? '';
  if (!/^(?:application\/(?:[\w.+-]*\+)?(?:json|xml)|text\/(?:plain|xml|csv))\s*(?:;|$)/i.test(type)) {
    return failed(406, 'not data');
  }
  const body = await answer.text();
  if (body.length > LONGEST_OWN_ANSWER) return failed(413, 'too large');
  return { rc: answer.status, body, headers: { 'content-type': type } };
}

async function askServer(frame: HTMLIFrameElement, request: GadgetRequest): Promise<GadgetAnswer> {
  const first = await post(frame, '/makeRequest', request);
  // The token of a dashboard that is open for long comes to its end before the session does.
  const answer =
    first.rc === 401 && first.isStale === true && (await renewToken(frame))
      ? await post(frame, '/makeRequest', request)
      : first;
  const { notice, isStale: _, ...forFrame } = answer;
  if (request.authorization === 'OAUTH') {
    frame.dispatchEvent(
      new CustomEvent('gadget-state', { bubbles: true, detail: notice ?? { state: 'ok' } }),
    );
  }
  return forFrame;
}

async function renewToken(frame: HTMLIFrameElement): Promise<boolean> {
  const { token } = await post(frame, '/token', {});
  if (token === undefined) return false;
  frame.dataset.token = token;
  return true;
}

interface ServerAnswer extends GadgetAnswer {
  readonly notice?: Notice | null;
  readonly isStale?: boolean;
  readonly token?: string;
}

async function post(frame: HTMLIFrameElement, path: string, fields: object): Promise<ServerAnswer> {
  const { csrf = '', token = '', gadgets = '' } = frame.dataset;
  const body = new URLSearchParams({ csrf, token, request: JSON.stringify(fields) });
  if (body.toString().length > LONGEST_FORM) return failed(413, 'too large');
  const answer = await fetch(gadgets + path, { method: 'POST', body, redirect: 'error' });
  const text = await answer.text();
  if (!text.startsWith(PREFIX)) return failed(answer.ok ? 502 : answer.status, 'not answered');
  const [one] = Object.values(JSON.parse(text.slice(PREFIX.length)) as Record<string, ServerAnswer>);
  return one ?? failed(502, 'not answered');
}
