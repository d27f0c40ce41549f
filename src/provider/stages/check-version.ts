/** Stage: the protocol version, which most clients send and the RFC lets them leave out. @see RFC 5849 s3.1 */
import { Problem } from '../../oauth/index.ts';
import type { Examination } from '../examination.ts';

/** `1.0A` and `1.0a` are what some clients send for the same protocol; they are signed as sent. */
const ACCEPTED = new Set(['1.0', '1.0a', '1.0A']);

/** @throws {Problem} version_rejected */
export function checkVersion({ message: { protocol } }: Examination): void {
  if (protocol.version === undefined || ACCEPTED.has(protocol.version)) return;
  throw new Problem('version_rejected', {
    acceptableVersions: ['1.0', '1.0'],
    advice: 'Send oauth_version=1.0 or leave it out.',
  });
}
