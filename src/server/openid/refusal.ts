/**
 * Names what went wrong at the OpenID provider. The library's errors carry whole answers, tokens among them, as their
 * cause: of those only codes and the standard's own short words come through here.
 */
import { IdentityRefused } from '../../accounts/index.ts';
import { printable } from '../../base/index.ts';
import { OutboundRefused } from '../../web/index.ts';

const CLOCK_CODE = 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED';
const STATUS_CODE = 'OAUTH_RESPONSE_IS_NOT_CONFORM';

/** The refusal that an error of the library stands for. */
export function asIdentityRefused(error: unknown): IdentityRefused {
  if (error instanceof IdentityRefused) return error;
  const outbound = causesOf(error).find((cause) => cause instanceof OutboundRefused);
  if (outbound !== undefined) return new IdentityRefused('unreachable', outbound.message);
  const { code, error: word } = error as { readonly code?: unknown; readonly error?: unknown };
  if (typeof word === 'string') {
    const message = `the provider answers ${printable(word.slice(0, 60))}`;
    return new IdentityRefused(word === 'access_denied' ? 'denied' : 'provider-refused', message);
  }
  if (code === CLOCK_CODE) {
    return new IdentityRefused('clock', 'the token is of another time: compare the clocks of both machines');
  }
  if (code === STATUS_CODE) {
    return new IdentityRefused('unreachable', 'the provider gives an answer of an unexpected status');
  }
  const what = typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown';
  return new IdentityRefused('answer-invalid', `the provider’s answer does not hold: ${what}`);
}

function causesOf(error: unknown): readonly unknown[] {
  const causes: unknown[] = [];
  for (let cause = error; cause instanceof Error && causes.length < 8; cause = cause.cause)
    causes.push(cause);
  return causes;
}
