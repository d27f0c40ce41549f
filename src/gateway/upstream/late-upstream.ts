/**
 * An upstream whose client is read when it is first needed. Requests that come before it is there wait for it; what
 * comes later goes straight on. A client that cannot be read, for want of a descriptor say, is read with a later request.
 */
import { onceGiven } from '../../base/index.ts';
import {
  type AnswerReceiver,
  type Flow,
  type Upstream,
  UpstreamFailed,
  type UpstreamRequest,
} from './exchange.ts';

/** @param open reads it; called with the first request, and until it has given it once */
export function lateUpstream(open: () => Promise<Upstream>): Upstream {
  let upstream: Upstream | null = null;
  let opening: Promise<Upstream> | null = null;
  const opened = onceGiven(async () => {
    upstream = await open();
    return upstream;
  });
  return {
    send(request, receiver) {
      if (upstream !== null) return upstream.send(request, receiver);
      opening = opened();
      return sendLate(opening, request, receiver);
    },
    close: async () =>
      opening?.then(
        (one) => one.close(),
        () => undefined,
      ),
  };
}

function sendLate(opened: Promise<Upstream>, request: UpstreamRequest, receiver: AnswerReceiver): Flow {
  let flow: Flow | null = null;
  let isAborted = false;
  opened
    .then((upstream) => {
      if (!isAborted) flow = upstream.send(request, receiver);
    })
    .catch((error) =>
      receiver.onFailure(
        new UpstreamFailed('broken', 'The request could not be sent to the upstream.', error),
      ),
    );
  return {
    abort() {
      isAborted = true;
      flow?.abort();
    },
    pause: () => flow?.pause(),
    resume: () => flow?.resume(),
  };
}
