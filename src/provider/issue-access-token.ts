/**
 * The last step, and its repetition: an approved request token becomes an access token, once; later the session
 * handle turns an access token into a new one without asking the user again. What a request is about is known
 * from the token that it presents. @see RFC 5849 s2.3; OAuth Session 1.0 draft 1
 */
import { randomAlphanumeric, Secret } from '../base/index.ts';
import {
  type AccessToken,
  type AuditAction,
  type AuditEvent,
  type RequestToken,
  tokenHash,
} from '../model/index.ts';
import { Problem } from '../oauth/index.ts';
import type { ProviderContext, ProviderRequest } from './context.ts';
import { Examination, runStages } from './examination.ts';
import { TOKEN_LENGTH } from './issue-request-token.ts';
import { usedToken } from './stages/check-request-token-state.ts';
import { foreignToken } from './stages/refuse-foreign-token.ts';
import { STAGES } from './stages.ts';

/** What the consumer is given. Times are seconds from now. */
export interface IssuedAccessToken {
  readonly token: string;
  readonly secret: Secret;
  readonly sessionHandle: string;
  readonly expiresIn: number;
  readonly authorizationExpiresIn: number;
}

const ID_LENGTH = 16;

/**
 * Exchanges a request token, or renews an access token.
 * @throws {Problem} whatever is wrong with the request or with what it presents
 */
export async function issueAccessToken(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<IssuedAccessToken> {
  return runStages(STAGES.accessToken, new Examination(context, request), issue);
}

async function issue(examination: Examination): Promise<IssuedAccessToken> {
  const { requestToken, accessToken } = examination.presented;
  if (requestToken === null && accessToken === null) throw foreignToken();
  const issued =
    requestToken === null
      ? await renew(examination, accessToken!)
      : await exchange(examination, requestToken);
  const { context, consumer, method, now } = examination;
  context.noteAccepted(consumer.key, method, requestToken?.version ?? '1.0a', now);
  return issued;
}

async function exchange(
  { context, now }: Examination,
  requestToken: RequestToken,
): Promise<IssuedAccessToken> {
  const drawn = draw(context, {
    consumerKey: requestToken.consumerKey,
    userName: requestToken.userName!,
    gadgetUrl: requestToken.gadgetUrl,
    now,
    sessionExpiresAt: now + context.settings.sessionTtlSeconds,
  });
  const event = issueEvent('token.issue', drawn.record);
  const outcome = await context.storage.requestTokens.exchange(requestToken.hash, drawn.record, event);
  if (outcome === 'lost') throw usedToken();
  return drawn.issued;
}

async function renew({ context, now }: Examination, old: AccessToken): Promise<IssuedAccessToken> {
  const drawn = draw(context, { ...old, now });
  const outcome = await context.storage.accessTokens.renew(
    old.hash,
    drawn.record,
    issueEvent('token.renew', drawn.record),
  );
  if (outcome === 'lost') {
    throw new Problem('token_rejected', {
      advice: 'The token was renewed or revoked by another request meanwhile.',
    });
  }
  return drawn.issued;
}

/** For whom a token is drawn; the end of the session is fixed when the user approves and never moves. */
interface Grantee {
  readonly consumerKey: string;
  readonly userName: string;
  readonly gadgetUrl: string | null;
  readonly now: number;
  readonly sessionExpiresAt: number;
}

function draw(
  context: ProviderContext,
  grantee: Grantee,
): { issued: IssuedAccessToken; record: AccessToken } {
  const { random, settings } = context;
  const { consumerKey, userName, gadgetUrl, now, sessionExpiresAt } = grantee;
  const token = randomAlphanumeric(random, TOKEN_LENGTH);
  const sessionHandle = randomAlphanumeric(random, TOKEN_LENGTH);
  const secret = new Secret(randomAlphanumeric(random, TOKEN_LENGTH));
  const expiresAt = Math.min(now + settings.accessTokenTtlSeconds, sessionExpiresAt);
  const record: AccessToken = {
    id: randomAlphanumeric(random, ID_LENGTH),
    hash: tokenHash(token),
    secret,
    consumerKey,
    userName,
    gadgetUrl,
    sessionHandleHash: tokenHash(sessionHandle),
    createdAt: now,
    expiresAt,
    sessionExpiresAt,
    revokedAt: null,
    lastUsedAt: null,
  };
  const issued: IssuedAccessToken = {
    token,
    secret,
    sessionHandle,
    expiresIn: expiresAt - now,
    authorizationExpiresIn: sessionExpiresAt - now,
  };
  return { issued, record };
}

function issueEvent(action: AuditAction, token: AccessToken): AuditEvent {
  return {
    at: token.createdAt,
    actor: token.userName,
    action,
    object: token.id,
    before: null,
    after: { consumer: token.consumerKey, expiresAt: token.expiresAt },
    note: null,
  };
}
