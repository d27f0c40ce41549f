/** Names what stopped an outgoing request, whatever the code of the layer that it happened in. */
import { OutboundRefused } from './refused.ts';

const TOO_SLOW = /^UND_ERR_(?:HEADERS|BODY|CONNECT)_TIMEOUT$/;

/** Codes of HTTP and compression errors; lost connections are another thing. */
const UNREADABLE = /^(?:HPE_|Z_|ERR_|UND_ERR_(?!SOCKET))/;

/** The refusal that an error stands for. TLS errors are told apart because what to do about them is another thing. */
export function asRefusal(
  error: unknown,
  url: URL,
  signal: Pick<AbortSignal, 'aborted'>,
  timeoutMs: number,
): OutboundRefused {
  if (error instanceof OutboundRefused) return error;
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  if (signal.aborted || TOO_SLOW.test(code)) return tookTooLong(url, timeoutMs);
  if (/CERT|TLS|SSL|SELF_SIGNED|SIGNATURE|ALTNAME/.test(code)) {
    return new OutboundRefused(
      'tls-failed',
      `${url.host} has no certificate that this server trusts (${code}).`,
      { cause: error },
    );
  }
  if (UNREADABLE.test(code)) {
    return new OutboundRefused('unreadable', `${url.host} gave an answer that is not well-formed.`, {
      cause: error,
    });
  }
  return new OutboundRefused(
    'unreachable',
    `${url.host} cannot be reached${code === '' ? '' : ` (${code})`}.`,
    { cause: error },
  );
}

/** Waits for work, but no longer than the signal. @throws {OutboundRefused} timeout */
export async function untilAborted<T>(
  work: Promise<T>,
  signal: AbortSignal,
  url: URL,
  timeoutMs: number,
): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(tookTooLong(url, timeoutMs));
  signal.addEventListener('abort', onAbort);
  try {
    if (signal.aborted) onAbort();
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function tookTooLong(url: URL, timeoutMs: number): OutboundRefused {
  return new OutboundRefused('timeout', `${url.host} did not answer within ${timeoutMs / 1000} seconds.`);
}
