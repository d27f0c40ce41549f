/** Stage: the body against the hash that was signed, when one was. @see OAuth Request Body Hash 1.0 draft 4 */
import { bodyHashMatches, Problem } from '../../oauth/index.ts';
import type { Examination } from '../examination.ts';

/** @throws {Problem} signature_invalid when the body is not the one that was signed */
export function verifyBodyHash({ message }: Examination): void {
  if (bodyHashMatches(message) !== false) return;
  throw new Problem('signature_invalid', {
    rejected: ['oauth_body_hash'],
    advice: 'oauth_body_hash does not match the body: hash the exact bytes that are sent, then sign.',
  });
}
