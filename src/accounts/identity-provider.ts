/**
 * An OpenID provider as the use cases see it: somebody outside who says who is at the browser. How it is asked
 * (OpenID Connect Core, PKCE) is left to whoever fills the port; what follows from its word is decided here.
 */
import type { Identity } from '../model/index.ts';

/** Why nobody was logged in. The first six are about the provider and the way to it, the others about the user. */
export type IdentityProblem =
  | 'login-lost'
  | 'denied'
  | 'provider-refused'
  | 'unreachable'
  | 'answer-invalid'
  | 'clock'
  | 'not-set-up'
  | 'name-unusable'
  | 'name-taken'
  | 'unknown-user'
  | 'password-needed'
  | 'disabled';

/** Nobody is logged in. The message is for the log of the administrator: it holds no token and no secret. */
export class IdentityRefused extends Error {
  readonly problem: IdentityProblem;

  constructor(problem: IdentityProblem, message: string) {
    super(message);
    this.name = 'IdentityRefused';
    this.problem = problem;
  }
}

/** A login that a browser began and that the provider has to answer. */
export interface LoginUnderWay {
  /** Made for this login alone; whoever answers sends it back. */
  readonly state: string;
  readonly nonce: string;
  /** The secret half of PKCE. */
  readonly codeVerifier: string;
  /** Where the person wanted to go; not checked. */
  readonly next: string;
}

/** What the provider says about the person. */
export interface Vouched {
  readonly identity: Identity;
  /** Name for a user here; null when there is none, or none that the provider has verified. */
  readonly userName: string | null;
  /** '' when it says none. */
  readonly displayName: string;
  /** Verified by the provider; '' when there is none. */
  readonly email: string;
  /** Whether it says that this is an administrator; null when it is not asked. */
  readonly isAdministrator: boolean | null;
}

/** The port. */
export interface IdentityProvider {
  /** What people call it. */
  readonly name: string;
  /** Unknown people become users at their first login. */
  readonly createsUsers: boolean;
  /** People become the users of the same name who were here before; never an administrator. */
  readonly bindsUsers: boolean;
  /**
   * Begins a login: where to send the browser, and what the browser has to bring back, sealed.
   * @throws {IdentityRefused} unreachable
   */
  begin(next: string): Promise<{ readonly location: string; readonly ticket: string }>;
  /** The login that a browser's ticket is for; null for none, a forged one, or one that is too old. */
  recall(ticket: string | undefined): LoginUnderWay | null;
  /** Checks the provider's answer, and asks it who that is. @throws {IdentityRefused} */
  vouch(login: LoginUnderWay, answer: URLSearchParams): Promise<Vouched>;
  /** Told why somebody was not logged in; for the log. */
  noteRefusal(refused: IdentityRefused, requestId: string): void;
}
