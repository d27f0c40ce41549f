/**
 * A consumer for tests that are about something else: asks for tokens and makes signed requests with the project's
 * own signing. That other people's libraries agree with it is the business of `test/interop/`.
 */
import { createPrivateKey, randomUUID } from 'node:crypto';
import { type SigningInput, type SigningKey, signRequest } from '../../src/oauth/index.ts';

/** A token with its secret, as either token address gives it. */
export interface TokenPair {
  readonly token: string;
  readonly tokenSecret: string;
}

/** What was answered. */
export interface ConsumerAnswer {
  readonly status: number;
  readonly body: string;
  readonly challenge: string;
}

export class OAuthConsumer {
  readonly #installationUrl: string;
  readonly #consumerKey: string;
  readonly #credential: { readonly secret: string } | { readonly privateKey: string };

  /** @param credential the shared secret, or an RSA private key in PEM */
  constructor(
    installationUrl: string,
    consumerKey: string,
    credential: { readonly secret: string } | { readonly privateKey: string },
  ) {
    this.#installationUrl = installationUrl;
    this.#consumerKey = consumerKey;
    this.#credential = credential;
  }

  /** Asks for a request token. @param gadgetUrl the gadget that wants it */
  requestToken(callback: string, gadgetUrl?: string): Promise<TokenPair> {
    const query = gadgetUrl === undefined ? '' : `?${new URLSearchParams({ xoauth_app_url: gadgetUrl })}`;
    return this.#askForToken(`/oauth/request-token${query}`, { callback });
  }

  /** Where to send the person. */
  authorizeUrl({ token }: TokenPair): string {
    return `${this.#installationUrl}/oauth/authorize?oauth_token=${token}`;
  }

  /** Exchanges an approved request token. */
  accessToken(requestToken: TokenPair, verifier: string): Promise<TokenPair> {
    return this.#askForToken('/oauth/access-token', { verifier }, requestToken);
  }

  /** Makes a signed GET as the person who approved. */
  get(path: string, token: TokenPair): Promise<ConsumerAnswer> {
    return this.#send('GET', path, {}, token);
  }

  async #askForToken(path: string, more: Partial<SigningInput>, token?: TokenPair): Promise<TokenPair> {
    const { status, body } = await this.#send('POST', path, more, token);
    if (status !== 200) throw new Error(`${path}: ${status} ${body}`);
    const answer = new URLSearchParams(body);
    return { token: answer.get('oauth_token') ?? '', tokenSecret: answer.get('oauth_token_secret') ?? '' };
  }

  async #send(
    method: string,
    path: string,
    more: Partial<SigningInput>,
    token?: TokenPair,
  ): Promise<ConsumerAnswer> {
    const signed = signRequest({
      method,
      url: this.#installationUrl + path,
      consumerKey: this.#consumerKey,
      signatureMethod: 'secret' in this.#credential ? 'HMAC-SHA256' : 'RSA-SHA256',
      key: this.#signingKey(token?.tokenSecret ?? ''),
      timestamp: Math.floor(Date.now() / 1000),
      nonce: randomUUID(),
      ...(token === undefined ? {} : { token: token.token }),
      ...more,
    });
    const headers = { authorization: signed.authorization ?? '' };
    const response = await fetch(signed.url, { method: signed.method, headers });
    const challenge = response.headers.get('www-authenticate') ?? '';
    return { status: response.status, body: await response.text(), challenge };
  }

  #signingKey(tokenSecret: string): SigningKey {
    return 'secret' in this.#credential
      ? { kind: 'shared-secret', consumerSecret: this.#credential.secret, tokenSecret }
      : { kind: 'private-key', key: createPrivateKey(this.#credential.privateKey) };
  }
}
