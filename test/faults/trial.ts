/**
 * What a server does while something it depends on fails, and afterwards: everything that writes is asked for; it may
 * be done, or be answered with 503; what was acknowledged is kept, and the server heals by itself.
 */
import { type GrantedInstallation, type Signed, send } from '../support/granted-installation.ts';
import type { TokenPair } from '../support/oauth-consumer.ts';
import type { Page } from '../support/person.ts';
import type { Tally } from './promise.ts';
import { statusAfterRecovery } from './recovery.ts';

const WHOAMI = '/oauth/whoami';
const ACCESS = '/oauth/users/access-tokens';

const SIGNED_REQUESTS = 6;

/** The present moment in seconds. */
export const now = () => Math.floor(Date.now() / 1000);

/** How one trial is made. */
export interface TrialOptions {
  /** What is wrong, for the record of what broke a promise. */
  readonly what: string;
  /** Gives the timestamp of each signed request; the present moment by default. */
  readonly timestamp?: () => number;
  /** Within which time the server is itself again; two seconds by default. */
  readonly recoveryMs?: number;
}

/** What one server said while its disk failed. */
export class Trial {
  readonly #world: GrantedInstallation;
  readonly #tally: Tally;
  readonly #options: TrialOptions;
  readonly #accepted: Signed[] = [];
  #survivor!: TokenPair;
  #approved!: Awaited<ReturnType<GrantedInstallation['approve']>>;
  #question!: Page;
  #exchanged: TokenPair | null = null;
  #isRevoked = false;
  /** How often the server said that it cannot, which shows that the fault struck. */
  refusals = 0;

  constructor(world: GrantedInstallation, tally: Tally, options: TrialOptions) {
    [this.#world, this.#tally, this.#options] = [world, tally, options];
  }

  /** Gets everything ready that has to be there before the fault. */
  async prepare(): Promise<void> {
    const { alice } = this.#world;
    while (/Revoke access of Wiki/.test((await alice.open(ACCESS)).html)) await alice.revoke('Wiki');
    this.#survivor = await this.#world.grant();
    this.#approved = await this.#world.approve();
    this.#question = await alice.follow(await alice.open(ACCESS), /^Revoke access of Wiki$/);
  }

  /** Asks for everything that writes, while it cannot be written. */
  async suffer(): Promise<void> {
    await Promise.all(Array.from({ length: SIGNED_REQUESTS }, () => this.#ask()));
    await Promise.all([this.#exchange(), this.#revoke()]);
  }

  async #ask(): Promise<void> {
    const timestamp = (this.#options.timestamp ?? now)();
    const request = this.#world.sign('GET', WHOAMI, this.#survivor, { timestamp });
    const { status } = await send(request);
    this.#told(status, 'a signed request');
    if (status === 200) this.#accepted.push(request);
  }

  async #exchange(): Promise<void> {
    const { requestToken, verifier } = this.#approved;
    const request = this.#world.sign('POST', '/oauth/access-token', requestToken, { verifier });
    const { status, body } = await send(request);
    this.#told(status, 'an exchange');
    if (status !== 200) return;
    const answer = new URLSearchParams(body);
    const [token, tokenSecret] = [answer.get('oauth_token') ?? '', answer.get('oauth_token_secret') ?? ''];
    this.#exchanged = { token, tokenSecret };
  }

  async #revoke(): Promise<void> {
    const { status } = await this.#world.alice.press(this.#question, /^Revoke OAuth Access Token$/);
    this.#told(status, 'a revocation');
    this.#isRevoked = status === 200;
  }

  /** Looks at what became of it, now that the disk is whole again. */
  async recover(): Promise<void> {
    const probe = this.#exchanged ?? this.#survivor;
    const status = await statusAfterRecovery(
      async () => (await send(this.#world.sign('GET', WHOAMI, probe))).status,
      (one) => one === 200 || one === 401,
      this.#options.recoveryMs,
    );
    this.#check(status === 200 || (status === 401 && this.#exchanged === null), `${status} after the fault`);
    await this.keepWord();
  }

  /** Whatever was acknowledged holds, now and after each restart. */
  async keepWord(): Promise<void> {
    for (const request of this.#accepted) {
      const { status } = await send(request);
      this.#check(status >= 400 && status < 500, `a replay got ${status}`);
    }
    if (this.#isRevoked) {
      const { status } = await send(this.#world.sign('GET', WHOAMI, this.#survivor));
      this.#check(status === 401, `a revoked token got ${status}`);
    }
    if (this.#exchanged === null) return;
    const { status } = await send(this.#world.sign('GET', WHOAMI, this.#exchanged));
    this.#check(status === 200, `a token that was given got ${status}`);
  }

  /** An answer under a fault: done, or 503, and nothing else. */
  #told(status: number, asked: string): void {
    if (status === 503) this.refusals += 1;
    this.#check(status === 200 || status === 503, `${asked} got ${status}`);
  }

  #check(isKept: boolean, what: string): void {
    this.#tally.try(isKept, `${what} (${this.#options.what})`);
  }
}
