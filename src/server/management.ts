/**
 * The answers of the management listener, for supervisors and load balancers: `/livez` says that the process
 * runs, `/readyz` that it should be sent requests. It never shares a port with the public side.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** What the answers are made from. */
export interface Health {
  isStopping(): boolean;
  /** Rejects when storage cannot answer. */
  probeStorage(): Promise<unknown>;
}

/** Handles `/livez` and `/readyz`, in plain text. */
export function managementHandler(health: Health): RequestListener {
  return async (request: IncomingMessage, response: ServerResponse) => {
    const { status, text } = await answer(request, health);
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
    response.end(request.method === 'HEAD' ? undefined : `${text}\n`);
  };
}

async function answer(
  { method, url }: IncomingMessage,
  health: Health,
): Promise<{ status: number; text: string }> {
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, text: 'only GET and HEAD' };
  const [path] = (url ?? '').split('?');
  if (path === '/livez') return { status: 200, text: 'alive' };
  if (path !== '/readyz') return { status: 404, text: 'there are /livez and /readyz' };
  if (health.isStopping()) return { status: 503, text: 'not ready: stopping' };
  try {
    await health.probeStorage();
    return { status: 200, text: 'ready' };
  } catch {
    return { status: 503, text: 'not ready: storage does not answer' };
  }
}
