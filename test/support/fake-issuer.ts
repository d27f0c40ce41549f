/**
 * An OpenID provider in memory, behind the guarded client's own signature: what it says is true and signed until a
 * test makes it lie. Nothing is sent anywhere.
 */
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { type Outbound, type OutboundAnswer, OutboundRefused } from '../../src/web/index.ts';

export const ISSUER = 'https://id.example';
export const CLIENT_ID = 'countersign';
export const CLIENT_SECRET = 'the secret of the client';

/** What a test changes about the issuer. */
export interface Lies {
  /** Claims of the token, over the true ones; undefined leaves one out. */
  claims?: JWTPayload;
  /** What else it tells about the person. */
  userInfo?: Readonly<Record<string, unknown>>;
  /** Members of its description, over the true ones. */
  description?: Readonly<Record<string, unknown>>;
  /** Signs with a key that it does not publish. */
  hasForeignKey?: boolean;
  /** Cannot be reached. */
  isDown?: boolean;
}

/** What reached its token endpoint. */
export interface TokenRequest {
  readonly authorization: string | undefined;
  readonly form: URLSearchParams;
}

let keyPairs: ReturnType<typeof makeKeyPairs> | null = null;

/** What it publishes, and another that it does not: made once a process. */
function makeKeyPairs() {
  return Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
}

/** Makes an issuer. */
export async function createFakeIssuer() {
  keyPairs ??= makeKeyPairs();
  const [own, foreign] = await keyPairs;
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' };
  const lies: Lies = {};
  const tokenRequests: TokenRequest[] = [];
  const asked: string[] = [];
  let nonce = '';

  const description = () => ({
    issuer: ISSUER,
    authorization_endpoint: `${ISSUER}/authorize`,
    token_endpoint: `${ISSUER}/token`,
    userinfo_endpoint: `${ISSUER}/userinfo`,
    jwks_uri: `${ISSUER}/keys`,
    authorization_response_iss_parameter_supported: true,
    ...lies.description,
  });

  async function idToken(): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const truth = { iss: ISSUER, aud: CLIENT_ID, sub: 'sub-1', iat: now, exp: now + 300, nonce };
    return new SignJWT({ ...truth, ...lies.claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'own' })
      .sign(lies.hasForeignKey ? foreign.privateKey : own.privateKey);
  }

  const outbound: Pick<Outbound, 'fetch'> = {
    async fetch(url, request = {}) {
      asked.push(url);
      if (lies.isDown) throw new OutboundRefused('unreachable', 'id.example cannot be reached.');
      const { pathname } = new URL(url);
      if (pathname === '/.well-known/openid-configuration') return json(url, description());
      if (pathname === '/keys') return json(url, { keys: [jwk] });
      if (pathname === '/userinfo') return json(url, { sub: 'sub-1', ...lies.userInfo });
      tokenRequests.push({
        authorization: request.headers?.authorization,
        form: new URLSearchParams(String(request.body)),
      });
      const id_token = await idToken();
      return json(url, { access_token: 'an-access-token', token_type: 'Bearer', expires_in: 60, id_token });
    },
  };

  return {
    lies,
    outbound,
    tokenRequests,
    asked,
    /** The person says yes: the path and query that the browser is sent back to. */
    approve(location: string, changes: Readonly<Record<string, string>> = {}): string {
      const sent = new URL(location).searchParams;
      nonce = sent.get('nonce') ?? '';
      const answer = { code: 'a-code', state: sent.get('state') ?? '', iss: ISSUER, ...changes };
      return `${new URL(sent.get('redirect_uri') ?? '').pathname}?${new URLSearchParams(answer)}`;
    },
  };
}

function json(url: string, body: unknown): OutboundAnswer {
  const headers = { 'content-type': 'application/json' };
  return { status: 200, headers, body: Buffer.from(JSON.stringify(body)), finalUrl: url };
}
