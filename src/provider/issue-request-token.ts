/**
 * The first step of the dance: temporary credentials for a registered consumer. They say nothing about any user
 * yet; they fix where the user will be sent back to. @see RFC 5849 s2.1
 */
import { randomAlphanumeric, Secret } from '../base/index.ts';
import { type ProtocolVersion, tokenHash } from '../model/index.ts';
import { decodePercent, type OAuthMessage } from '../oauth/index.ts';
import type { ProviderContext, ProviderRequest } from './context.ts';
import { Examination, runStages } from './examination.ts';
import { STAGES } from './stages.ts';

/** What the consumer is given. */
export interface IssuedRequestToken {
  readonly token: string;
  readonly secret: Secret;
  /** True for 1.0a: the callback was accepted. False for a legacy consumer's 1.0 request. */
  readonly callbackConfirmed: boolean;
}

/** Letters and digits of tokens, secrets and handles: 190 bits. */
export const TOKEN_LENGTH = 32;

/**
 * Checks the request and issues a request token.
 * @throws {Problem} whatever is wrong with the request
 */
export async function issueRequestToken(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<IssuedRequestToken> {
  return runStages(STAGES.requestToken, new Examination(context, request), issue);
}

async function issue(examination: Examination): Promise<IssuedRequestToken> {
  const { context, message } = examination;
  const token = randomAlphanumeric(context.random, TOKEN_LENGTH);
  const secret = new Secret(randomAlphanumeric(context.random, TOKEN_LENGTH));
  const version = message.protocol.callback === undefined ? '1.0' : '1.0a';
  await keep(examination, token, secret, version);
  context.noteAccepted(examination.consumer.key, examination.method, version, examination.now);
  return { token, secret, callbackConfirmed: version === '1.0a' };
}

async function keep(
  examination: Examination,
  token: string,
  secret: Secret,
  version: ProtocolVersion,
): Promise<void> {
  const { context, consumer, message, callback, now } = examination;
  await context.storage.requestTokens.add({
    hash: tokenHash(token),
    secret,
    consumerKey: consumer.key,
    state: 'undecided',
    version,
    callback,
    userName: null,
    verifierHash: null,
    failedVerifiers: 0,
    gadgetUrl: gadgetUrl(message),
    createdAt: now,
    expiresAt: now + context.settings.requestTokenTtlSeconds,
  });
}

const LONGEST_GADGET_URL = 2000;

/** The gadget that asks, as gadget containers name it. Only for showing: it grants nothing and is never fetched. */
function gadgetUrl({ parameters }: OAuthMessage): string | null {
  const named =
    parameters.find(({ name }) => name === 'xoauth_app_url') ??
    parameters.find(({ name }) => name === 'opensocial_app_url');
  if (named === undefined || named.value.length > LONGEST_GADGET_URL) return null;
  const url = URL.parse(decodePercent(named.value));
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null;
}
