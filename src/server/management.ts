/**
 * The answers of the management listener, for supervisors and load balancers: `/livez` says that the process
 * runs, `/readyz` that it should be sent requests, `/metrics` how it fares. It never shares a port with the public
 * side, and tells nothing that names a user, a consumer or a path.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Exposition, Probe } from './metrics/index.ts';

/** What the answers are made from. */
export interface Health {
  isStopping(): boolean;
  readonly probe: Probe;
  readonly metrics: Exposition;
  /** Told of trouble with a scrape. */
  onTrouble(error: unknown): void;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly contentType?: string;
}

/** Handles `/livez`, `/readyz` and `/metrics`. */
export function managementHandler(health: Health): RequestListener {
  return async (request: IncomingMessage, response: ServerResponse) => {
    const { status, text, contentType = 'text/plain; charset=utf-8' } = await answer(request, health);
    response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' });
    response.end(request.method === 'HEAD' ? undefined : text);
  };
}

async function answer({ method, url }: IncomingMessage, health: Health): Promise<Answer> {
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, text: 'only GET and HEAD\n' };
  const [path] = (url ?? '').split('?');
  if (path === '/livez') return { status: 200, text: 'alive\n' };
  if (path === '/readyz') return readiness(health);
  if (path === '/metrics') return scrape(health);
  return { status: 404, text: 'there are /livez, /readyz and /metrics\n' };
}

async function readiness({ isStopping, probe }: Health): Promise<Answer> {
  const notReady = (why: string) => ({ status: 503, text: `not ready: ${why}\n` });
  if (isStopping()) return notReady('stopping');
  const [database, nonces] = await Promise.all([probe.database(), probe.nonces()]);
  if (database === null) return notReady('storage does not answer');
  if (nonces === null) return notReady('nonces cannot be remembered');
  return { status: 200, text: 'ready\n' };
}

async function scrape({ metrics, onTrouble }: Health): Promise<Answer> {
  try {
    return { status: 200, text: await metrics.text(), contentType: metrics.contentType };
  } catch (error) {
    onTrouble(error);
    return { status: 500, text: 'the metrics could not be collected; the log says why\n' };
  }
}
