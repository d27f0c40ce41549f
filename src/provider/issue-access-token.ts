/**
 * The last step, and its repetition: an approved request token becomes an access token, once; later the session
 * handle turns an access token into a new one without asking the user again. What a request is about is known
 * from the token that it presents. @see RFC 5849 s2.3; OAuth Session 1.0 draft 1
 */
import { equalInConstantTime, randomAlphanumeric, Secret } from '../base/index.ts';
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
import { refuseRevoked, requireUsableUser } from './stages/check-access-token-state.ts';
import { foreignToken } from './stages/refuse-foreign-token.ts';
import { missing } from './stages/require-parameters.ts';
import { STAGES } from './stages.ts';
import { VERIFIER_TRIES, verifierMatches } from './verifier.ts';

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
  const examination = new Examination(context, request);
  await runStages(STAGES.accessToken, examination);
  const { requestToken, accessToken } = examination.presented;
  if (requestToken !== null) return exchange(examination, requestToken);
  if (accessToken !== null) return renew(examination, accessToken);
  throw foreignToken();
}

async function exchange(examination: Examination, requestToken: RequestToken): Promise<IssuedAccessToken> {
  const { context, now } = examination;
  refuseUnlessApproved(requestToken, now);
  await checkVerifier(examination, requestToken);
  const userName = requestToken.userName!;
  requireUsableUser(await context.storage.users.find(userName));
  const drawn = draw(context, {
    consumerKey: requestToken.consumerKey,
    userName,
    gadgetUrl: requestToken.gadgetUrl,
    now,
    sessionExpiresAt: now + context.settings.sessionTtlSeconds,
  });
  const event = issueEvent('token.issue', drawn.record);
  const outcome = await context.storage.requestTokens.exchange(requestToken.hash, drawn.record, event);
  if (outcome === 'lost') throw usedToken();
  return drawn.issued;
}

function refuseUnlessApproved({ state, expiresAt }: RequestToken, now: number): void {
  if (state === 'used') throw usedToken();
  if (now >= expiresAt) {
    throw new Problem('token_expired', {
      advice: 'The request token is too old; begin the authorization again.',
    });
  }
  if (state === 'undecided') {
    throw new Problem('permission_unknown', { advice: 'Send the user to the authorize address first.' });
  }
  if (state === 'denied') throw new Problem('permission_denied', { advice: 'The user said no.' });
}

function usedToken(): Problem {
  return new Problem('token_used', {
    advice: 'A request token can be exchanged once; begin the authorization again.',
  });
}

/** Counted in storage before it is refused, so that parallel guesses cannot have more than the five tries. */
async function checkVerifier({ context, message }: Examination, requestToken: RequestToken): Promise<void> {
  if (requestToken.verifierHash === null) return;
  const { verifier } = message.protocol;
  if (!verifier) throw missing(['oauth_verifier']);
  if (verifierMatches(verifier, requestToken.verifierHash)) return;
  const outcome = await context.storage.requestTokens.countFailedVerifier(requestToken.hash, VERIFIER_TRIES);
  throw new Problem('token_rejected', {
    rejected: ['oauth_verifier'],
    advice:
      outcome === 'destroyed'
        ? 'The verifier was wrong too often; begin the authorization again.'
        : 'The verifier is wrong: send the one that the user was given with this request token.',
  });
}

async function renew(examination: Examination, old: AccessToken): Promise<IssuedAccessToken> {
  const { context, message, now } = examination;
  const handle = message.protocol.sessionHandle;
  refuseRevoked(old);
  if (!handle) throw missing(['oauth_session_handle']);
  if (!equalInConstantTime(tokenHash(handle), old.sessionHandleHash)) {
    throw new Problem('token_rejected', {
      rejected: ['oauth_session_handle'],
      advice: 'The session handle is not the one that came with this access token.',
    });
  }
  if (now >= old.sessionExpiresAt) {
    throw new Problem('permission_denied', {
      advice: 'The session has ended; ask the user to approve access again.',
    });
  }
  requireUsableUser(await context.storage.users.find(old.userName));
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
