/**
 * A real installation in which alice has given a consumer access: where most attacks begin. Requests are signed once
 * and can be sent any number of times, also altered, which no client library would do.
 */
import { randomUUID } from 'node:crypto';
import { type SigningInput, signRequest } from '../../src/oauth/index.ts';
import { type Installation, startInstallation } from './countersign.ts';
import { OAuthConsumer, type TokenPair } from './oauth-consumer.ts';
import { Person } from './person.ts';

/** A request that was signed and not sent yet. */
export interface Signed {
  readonly method: string;
  readonly url: string;
  readonly authorization: string;
}

/** An approved request token with its verifier. */
export interface Approved {
  readonly requestToken: TokenPair;
  readonly verifier: string;
}

export interface GrantedInstallation {
  readonly installation: Installation;
  readonly alice: Person;
  readonly consumer: OAuthConsumer;
  /** Of a gadget if one is given. */
  approve(gadgetUrl?: string): Promise<Approved>;
  /** So many of them. */
  approveMany(count: number): Promise<readonly Approved[]>;
  /** A new access token; of a gadget if one is given. */
  grant(gadgetUrl?: string): Promise<TokenPair>;
  sign(method: string, path: string, token: TokenPair, more?: Partial<SigningInput>): Signed;
}

export const ALICE = { username: 'alice', password: 'correct horse battery staple' };
export const CONSUMER_KEY = 'wiki';
export const CONSUMER_SECRET = 'a secret of the consumer that nobody else knows';
const CALLBACK = 'http://127.0.0.1:9/callback';

/** Starts it. @param serveArguments as for `startInstallation` */
export async function startGrantedInstallation(
  serveArguments: readonly string[] = [],
): Promise<GrantedInstallation> {
  const installation = await startInstallation(serveArguments);
  await installation.command(['user', 'add', ALICE.username, '--password-stdin'], ALICE.password);
  const add = ['consumer', 'add', '--key', CONSUMER_KEY, '--name', 'Wiki', '--secret-stdin'];
  await installation.command(add, CONSUMER_SECRET);
  const alice = new Person(installation.url);
  const consumer = new OAuthConsumer(installation.url, CONSUMER_KEY, { secret: CONSUMER_SECRET });

  async function approve(gadgetUrl?: string) {
    const requestToken = await consumer.requestToken(CALLBACK, gadgetUrl);
    const page = await alice.decide(consumer.authorizeUrl(requestToken), ALICE, 'Approve');
    if (page.leftFor === null) throw new Error(`not approved: ${page.status} ${page.url}: ${page.text}`);
    return { requestToken, verifier: new URL(page.leftFor).searchParams.get('oauth_verifier') ?? '' };
  }

  return {
    installation,
    alice,
    consumer,
    approve,
    async approveMany(count) {
      // The first one logs in.
      const first = await approve();
      return [first, ...(await Promise.all(Array.from({ length: count - 1 }, () => approve())))];
    },
    async grant(gadgetUrl) {
      const { requestToken, verifier } = await approve(gadgetUrl);
      return consumer.accessToken(requestToken, verifier);
    },
    sign(method, path, { token, tokenSecret }, more = {}) {
      const signed = signRequest({
        method,
        url: installation.url + path,
        consumerKey: CONSUMER_KEY,
        signatureMethod: 'HMAC-SHA256',
        key: { kind: 'shared-secret', consumerSecret: CONSUMER_SECRET, tokenSecret },
        timestamp: Math.floor(Date.now() / 1000),
        nonce: randomUUID(),
        token,
        ...more,
      });
      return { method, url: signed.url, authorization: signed.authorization ?? '' };
    },
  };
}

/** Sends it. Gives the status and the body; 0 when the connection broke. */
export async function send({
  method,
  url,
  authorization,
}: Signed): Promise<{ status: number; body: string }> {
  try {
    const response = await fetch(url, { method, headers: { authorization } });
    return { status: response.status, body: await response.text() };
  } catch {
    return { status: 0, body: '' };
  }
}
