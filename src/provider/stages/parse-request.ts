/** Stage: takes the request apart; refuses what is malformed or repeated. @see RFC 5849 s3.1, s3.5 */
import { parseMessage } from '../../oauth/index.ts';
import type { Examination } from '../examination.ts';

/** @throws {Problem} parameter_rejected when the request is ambiguous or malformed */
export function parseRequest(examination: Examination): void {
  examination.message = parseMessage(examination.request);
}
