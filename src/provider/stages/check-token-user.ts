/** Stage of the exchange and the renewal: the user who approved must still have access. */
import type { Examination } from '../examination.ts';
import { requireUsableUser } from './check-access-token-state.ts';

/** @throws {Problem} token_rejected when the user is gone or disabled */
export async function checkTokenUser({ context, presented }: Examination): Promise<void> {
  const name = presented.requestToken?.userName ?? presented.accessToken?.userName;
  if (name === undefined) return;
  requireUsableUser(await context.storage.users.find(name));
}
