/** Stage: the token must be this consumer's own (CVE-2015-8009). One answer for unknown, removed and foreign ones. */
import { Problem } from '../../oauth/index.ts';
import type { Examination } from '../examination.ts';

/** @throws {Problem} token_rejected */
export function refuseForeignToken({ message, presented, consumer }: Examination): void {
  if (!message.protocol.token) return;
  const token = presented.requestToken ?? presented.accessToken;
  if (token === null || token.consumerKey !== consumer.key) throw foreignToken();
}

/** The refusal of a token that this consumer does not have. */
export function foreignToken(): Problem {
  return new Problem('token_rejected', {
    advice: 'This consumer has no such token here; ask the user to approve access again.',
  });
}
