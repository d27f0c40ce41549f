/** Stage of the renewal: the session handle of an access token that was not revoked. @see OAuth Session 1.0 draft 1 */
import { equalInConstantTime } from '../../base/index.ts';
import { tokenHash } from '../../model/index.ts';
import { Problem } from '../../oauth/index.ts';
import type { Examination } from '../examination.ts';
import { refuseRevoked } from './check-access-token-state.ts';
import { missing } from './require-parameters.ts';

/** @throws {Problem} token_revoked, parameter_absent, token_rejected, or permission_denied when the session is over */
export function checkSession({ message, presented, now }: Examination): void {
  const token = presented.accessToken;
  if (token === null) return;
  const handle = message.protocol.sessionHandle;
  refuseRevoked(token);
  if (!handle) throw missing(['oauth_session_handle']);
  if (!equalInConstantTime(tokenHash(handle), token.sessionHandleHash)) {
    throw new Problem('token_rejected', {
      rejected: ['oauth_session_handle'],
      advice: 'The session handle is not the one that came with this access token.',
    });
  }
  if (now >= token.sessionExpiresAt) {
    throw new Problem('permission_denied', {
      advice: 'The session has ended; ask the user to approve access again.',
    });
  }
}
