/**
 * The connections to the application behind. Plain HTTP with bodies at hand goes over connections of our own, which
 * cost a third of a general client's; TLS and streamed bodies go over undici, which only they read.
 */
import { onceGiven } from '../../base/index.ts';
import type { Upstream } from './exchange.ts';
import { lateUpstream } from './late-upstream.ts';
import { createOwnUpstream } from './own-upstream.ts';

/**
 * @param url the upstream's origin; @param timeoutMs until its answer begins, and between two parts of it
 * @throws {TypeError} when the URL has a path: targets are forwarded as they are, so it would be lost
 */
export function createUpstream(url: URL, timeoutMs: number): Upstream {
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw new TypeError(
      `The upstream ${url.href} must be an origin such as http://127.0.0.1:9000, without a path.`,
    );
  }
  const openGeneral = onceGiven(async () =>
    (await import('./undici-upstream.ts')).createUndiciUpstream(url, timeoutMs),
  );
  const general = lateUpstream(openGeneral);
  if (url.protocol !== 'http:') {
    // Every request needs it: read at once. Whoever sends one is told of a failure.
    openGeneral().catch(() => undefined);
    return general;
  }
  const own = createOwnUpstream(url, timeoutMs);
  return {
    send(request, receiver) {
      const isAtHand = request.body === null || request.body instanceof Uint8Array;
      return (isAtHand ? own : general).send(request, receiver);
    },
    close: async () => void (await Promise.all([own.close(), general.close()])),
  };
}
