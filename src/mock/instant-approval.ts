/**
 * The authorize address of a mock: no page, the decision is made at once. `mock_user` names another user than the
 * first, `mock_decision=deny` denies. Without a callback the verifier is the answer, as JSON.
 */
import type { ServerResponse } from 'node:http';
import { decide, type ProviderContext } from '../provider/index.ts';
import { sendJson, sendText, type WireRequest } from '../web/index.ts';
import { MOCK_CREDENTIALS } from './credentials.ts';

/** Decides and answers. @throws {Problem} for a request token that cannot be decided */
export async function approveAtOnce(
  context: ProviderContext,
  wire: WireRequest,
  response: ServerResponse,
): Promise<void> {
  const query = new URLSearchParams(wire.query);
  const token = query.get('oauth_token') ?? '';
  const user = await context.storage.users.find(query.get('mock_user') ?? MOCK_CREDENTIALS.users[0]!);
  if (user === null) {
    return sendText(response, wire, 400, `mock_user: one of ${MOCK_CREDENTIALS.users.join(', ')}.\n`);
  }
  const choice = query.get('mock_decision') === 'deny' ? 'deny' : 'approve';
  const decision = await decide(context, token, user, choice, query.get('oauth_callback'));
  if (decision.kind === 'redirect') {
    return sendText(response, wire, 302, '', undefined, { Location: decision.location });
  }
  sendJson(response, wire, 200, {
    decision: choice,
    oauth_token: token,
    ...(decision.kind === 'show-verifier' && { oauth_verifier: decision.verifier }),
  });
}
