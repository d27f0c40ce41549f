/**
 * The consumer that the demo plays: *Wiki*, with an RSA key of its own. It signs with the product's own library and
 * knows nothing of the installation but its addresses.
 */
import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { type SigningInput, signRequest } from '../../oauth/index.ts';

/** What a token endpoint answered: a token and its particulars. */
export type Credentials = Readonly<Record<string, string>>;

/** What a signed request was answered. */
export interface SignedAnswer {
  readonly status: number;
  readonly body: string;
  /** The problem's code when the request was refused. */
  readonly problem: string | null;
}

/** A consumer that makes signed requests. */
export class DemoConsumer {
  readonly key = 'wiki';
  readonly name = 'Wiki';
  readonly callback: string;
  /** Public key in PEM, for registering. */
  readonly publicKey: string;
  readonly #privateKey: KeyObject;

  constructor(callback: string) {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.callback = callback;
    this.publicKey = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    this.#privateKey = privateKey;
  }

  /** Calls a token endpoint. @throws with the problem's code when it refuses */
  async obtain(
    url: string,
    parameters: Pick<SigningInput, 'token' | 'callback' | 'verifier'>,
  ): Promise<Credentials> {
    const { status, body, problem } = await this.request('POST', url, parameters);
    if (status !== 200) throw new Error(`${url} answered ${status} ${problem ?? body}`);
    return Object.fromEntries(new URLSearchParams(body));
  }

  /** Makes a signed request. */
  async request(method: string, url: string, parameters: Partial<SigningInput>): Promise<SignedAnswer> {
    const signed = signRequest({
      ...parameters,
      method,
      url,
      consumerKey: this.key,
      key: { kind: 'private-key', key: this.#privateKey },
      signatureMethod: 'RSA-SHA256',
      timestamp: Math.floor(Date.now() / 1000),
      nonce: randomBytes(12).toString('hex'),
    });
    const answer = await fetch(signed.url, { method, headers: { authorization: signed.authorization! } });
    const challenge = answer.headers.get('www-authenticate') ?? '';
    return {
      status: answer.status,
      body: await answer.text(),
      problem: /oauth_problem="([^"]+)"/.exec(challenge)?.[1] ?? null,
    };
  }
}
