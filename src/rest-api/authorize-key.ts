/**
 * Who calls: the holder of an API key that has the right. A key's rights never exceed its holder's: only
 * administrators have anything to do here, and one who is none any more has lost it at once. Sessions of browsers do
 * not count, so no page of any site can make a call.
 */
import type { ApiKeyHolder } from '../accounts/index.ts';
import type { ApiScope } from '../model/index.ts';
import { sentKeys, type WireRequest } from '../web/index.ts';
import { ApiProblem } from './api-problem.ts';

/** @throws {ApiProblem} credentials-missing, credentials-rejected, scope-missing */
export async function authorizeKey(
  wire: WireRequest,
  scope: ApiScope,
  findHolder: (key: string) => Promise<ApiKeyHolder | null>,
): Promise<ApiKeyHolder> {
  const sent = sentKeys(wire);
  if (sent.length === 0) {
    const detail =
      'Send an API key, as “Authorization: Bearer KEY”. Administrators make them on the page “API keys”.';
    throw new ApiProblem('credentials-missing', { detail });
  }
  const [key] = sent;
  const holder = sent.length > 1 || key == null ? null : await findHolder(key);
  if (holder === null) {
    throw new ApiProblem('credentials-rejected', {
      detail: 'This is no API key of an active user, or it has ended. Send one key.',
    });
  }
  if (!holder.user.isAdministrator)
    throw new ApiProblem('scope-missing', { detail: 'The key’s user is not an administrator.' });
  const { scope: granted } = holder.record;
  if (granted !== scope && !(granted === 'write' && scope === 'read'))
    throw new ApiProblem('scope-missing', { detail: `The key has no right to ${scope}.` });
  return holder;
}
