/** Stage: the consumer's own limits, whatever its users may do: read-only, and the paths that it may reach. */
import { matchesAnyPath } from '../../model/index.ts';
import { Problem } from '../../oauth/index.ts';
import type { Examination } from '../examination.ts';

/** Methods that only read. @see RFC 9110 s9.2.1 */
const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** @throws {Problem} permission_denied outside of the limits */
export function checkLimits({ consumer: { limits }, message, request }: Examination): void {
  if (limits.readOnly && !READING.has(message.method)) {
    throw new Problem('permission_denied', { advice: 'This consumer may only read.' });
  }
  if (limits.paths.length > 0 && !matchesAnyPath(limits.paths, request.path)) {
    throw new Problem('permission_denied', {
      advice: 'This path is outside of what this consumer may reach.',
    });
  }
}
