/**
 * One signed request on its way through the stages: what is known about it so far. Each stage reads what the
 * ones before it found and adds its own finding, or throws a Problem. An examination belongs to one request
 * and is never kept.
 */
import { nowSeconds } from '../base/index.ts';
import type { AccessToken, Consumer, RequestToken, User } from '../model/index.ts';
import type { OAuthMessage, SignatureMethod } from '../oauth/index.ts';
import type { ProviderContext, ProviderRequest } from './context.ts';

/** The credentials that `oauth_token` names, of whatever kind; both are absent for none or an unknown one. */
export interface PresentedToken {
  readonly requestToken: RequestToken | null;
  readonly accessToken: AccessToken | null;
}

/** The state of one request's examination. Each field names the stage that sets it; before that it is undefined. */
export class Examination {
  readonly context: ProviderContext;
  readonly request: ProviderRequest;
  /** Seconds since 1970 when the request was taken up; one moment for all its checks. */
  readonly now: number;
  /** parse-request */
  message!: OAuthMessage;
  /** know-consumer, or look-up-grounds */
  consumer!: Consumer;
  /** check-method */
  method!: SignatureMethod;
  /** check-timestamp; 0 when a PLAINTEXT request carries none */
  timestamp!: number;
  /** present-token, or look-up-grounds */
  presented!: PresentedToken;
  /** look-up-grounds, then check-two-legged-access */
  user!: User | null;
  /** check-callback; null for out of band and for OAuth 1.0 of 2007 */
  callback!: string | null;

  constructor(context: ProviderContext, request: ProviderRequest) {
    this.context = context;
    this.request = request;
    this.now = nowSeconds(context.clock);
  }
}

/** One check: passes, adds what it found, or throws the Problem that it is about. */
export type Stage = (examination: Examination) => void | Promise<void>;

/**
 * Runs stages in order, and gives what `finish` makes of the examination that has passed them all. Stays synchronous as
 * long as every stage does, and joins what follows a wait to that wait: on the hot path each promise has a price.
 */
export function runStages<T>(
  stages: readonly Stage[],
  examination: Examination,
  finish: (examination: Examination) => T | Promise<T>,
  from = 0,
): T | Promise<T> {
  for (let index = from; index < stages.length; index += 1) {
    const pending = stages[index]!(examination);
    if (pending !== undefined) return pending.then(() => runStages(stages, examination, finish, index + 1));
  }
  return finish(examination);
}
