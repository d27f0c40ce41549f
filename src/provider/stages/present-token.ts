/** Stage: finds whatever `oauth_token` names, for its secret. Nothing is told about it before the signature is verified. */
import { tokenHash } from '../../model/index.ts';
import type { Examination } from '../examination.ts';

/** Never refuses: an unknown token is dealt with after the signature. */
export async function presentToken(examination: Examination): Promise<void> {
  const { requestTokens, accessTokens } = examination.context.storage;
  const hash = tokenHash(examination.message.protocol.token!);
  const requestToken = await requestTokens.find(hash);
  const accessToken = requestToken === null ? await accessTokens.find(hash) : null;
  examination.presented = { requestToken, accessToken };
}
