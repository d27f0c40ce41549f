/** Records for tests and measurements: complete and valid, with the fields that a case is about given by it. */
import { Secret } from '../../src/base/index.ts';
import {
  type AccessToken,
  type ApiKey,
  type AuditEvent,
  audienceOf,
  type Connection,
  type Consumer,
  type Dashboard,
  type Gadget,
  type GadgetFeed,
  type Installation,
  type OutboundRule,
  type PendingConnection,
  type PlacedGadget,
  packRefusal,
  type Refusal,
  type RequestToken,
  type SecondFactor,
  type ServiceProvider,
  type Session,
  tokenHash,
  USUAL_CONDUCT,
  type User,
} from '../../src/model/index.ts';

/** The moment at which the suite's clock stands, seconds since 1970. */
export const NOW = 1_800_000_000;

export function anEvent(fields: Partial<AuditEvent> = {}): AuditEvent {
  return {
    at: NOW,
    actor: 'admin',
    action: 'consumer.edit',
    object: 'wiki',
    before: null,
    after: null,
    note: null,
    ...fields,
  };
}

export function aConsumer(fields: Partial<Consumer> = {}): Consumer {
  return {
    key: 'wiki',
    name: 'Wiki',
    description: 'Pages about everything',
    credential: { kind: 'shared-secret', secret: new Secret('wiki secret') },
    retiring: null,
    callback: null,
    legacy10: false,
    allowPlaintext: false,
    twoLegged: { allowed: false, executeAs: null, mayImpersonate: false },
    limits: { readOnly: false, paths: [] },
    owner: null,
    baseUrl: null,
    createdAt: NOW,
    updatedAt: NOW,
    ...fields,
  };
}

export function aUser(fields: Partial<User> = {}): User {
  return {
    name: 'Alice',
    displayName: 'Alice Liddell',
    email: 'alice@example.org',
    isAdministrator: false,
    isDisabled: false,
    passwordHash: null,
    identity: null,
    createdAt: NOW,
    lastLoginAt: null,
    ...fields,
  };
}

export function aSession(fields: Partial<Session> = {}): Session {
  return {
    hash: 'session-hash',
    userName: 'Alice',
    csrfToken: 'anti-forgery',
    createdAt: NOW,
    lastSeenAt: NOW,
    provenAt: NOW,
    expiresAt: NOW + 3600,
    ...fields,
  };
}

export function aRequestToken(fields: Partial<RequestToken> = {}): RequestToken {
  return {
    hash: tokenHash('request'),
    secret: new Secret('request secret'),
    consumerKey: 'wiki',
    state: 'undecided',
    version: '1.0a',
    callback: 'https://wiki.example.org/callback?state=1',
    userName: null,
    verifierHash: null,
    failedVerifiers: 0,
    gadgetUrl: null,
    createdAt: NOW,
    expiresAt: NOW + 600,
    ...fields,
  };
}

/** @param token the raw token; its id is `id-<token>` */
export function anAccessToken(token: string, fields: Partial<AccessToken> = {}): AccessToken {
  return {
    id: `id-${token}`,
    hash: tokenHash(token),
    secret: new Secret(`secret of ${token}`),
    consumerKey: 'wiki',
    userName: 'Alice',
    gadgetUrl: null,
    sessionHandleHash: tokenHash(`handle of ${token}`),
    createdAt: NOW,
    expiresAt: NOW + 604_800,
    sessionExpiresAt: NOW + 3_196_800,
    revokedAt: null,
    lastUsedAt: null,
    ...fields,
  };
}

export function aServiceProvider(fields: Partial<ServiceProvider> = {}): ServiceProvider {
  return {
    id: `id of ${fields.name ?? 'Photos'}`,
    name: 'Photos',
    consumerKey: 'our-key',
    secret: new Secret('photo secret'),
    description: 'Pictures',
    signatureMethod: 'HMAC-SHA1',
    requestTokenUrl: 'https://photos.example.org/request',
    authorizeUrl: null,
    accessTokenUrl: null,
    baseUrl: null,
    ...USUAL_CONDUCT,
    createdAt: NOW,
    updatedAt: NOW,
    ...fields,
  };
}

export function aConnection(id: string, fields: Partial<Connection> = {}): Connection {
  return {
    id,
    userName: 'Alice',
    providerName: 'Photos',
    gadgetUrl: null,
    audience: audienceOf(aServiceProvider()),
    consumerKey: null,
    token: new Secret(`token of ${id}`),
    secret: new Secret(`secret of ${id}`),
    sessionHandle: new Secret(`handle of ${id}`),
    accountLabel: 'alice@photos',
    expiresAt: NOW + 604_800,
    sessionExpiresAt: NOW + 3_196_800,
    state: 'active',
    problem: null,
    version: 1,
    createdAt: NOW,
    renewedAt: null,
    lastUsedAt: null,
    ...fields,
  };
}

export function aPendingConnection(hash: string, fields: Partial<PendingConnection> = {}): PendingConnection {
  return {
    hash,
    secret: new Secret('request secret'),
    providerName: 'Photos',
    userName: 'Alice',
    sessionHash: 'session',
    audience: audienceOf(aServiceProvider()),
    gadgetUrl: null,
    returnTo: '/pages/1',
    createdAt: NOW,
    expiresAt: NOW + 600,
    ...fields,
  };
}

export function aSecondFactor(fields: Partial<SecondFactor> = {}): SecondFactor {
  return {
    userName: 'Alice',
    secret: new Secret('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'),
    lastStep: 60_000_000,
    recoveryHashes: ['one', 'two'],
    createdAt: NOW,
    ...fields,
  };
}

export function anApiKey(id: string, fields: Partial<ApiKey> = {}): ApiKey {
  return {
    id,
    hash: `hash of ${id}`,
    label: 'nightly report',
    userName: 'Alice',
    scope: 'providers',
    providers: ['id of Photos'],
    createdAt: NOW,
    expiresAt: null,
    lastUsedAt: null,
    ...fields,
  };
}

export function aRefusal(requestId: string, fields: Partial<Refusal> = {}): Refusal {
  return {
    requestId,
    at: NOW,
    consumerKey: 'wiki',
    isKnownConsumer: true,
    problem: 'signature_invalid',
    method: 'GET',
    path: '/rest/issues',
    request: packRefusal({
      kind: 'resource',
      method: 'GET',
      baseUri: 'https://tracker.example.org/rest/issues',
      publicUrl: 'https://tracker.example.org',
      query: 'q=1',
      authorization: ['OAuth oauth_token="refused token"'],
      contentType: [],
      body: Buffer.from([0, 255]),
      isBodyWhole: true,
      isSecureTransport: true,
      localPath: '/rest/issues',
      target: '/rest/issues?q=1',
      scheme: 'http',
      host: 'tracker.example.org',
      listenPort: 8080,
      peerAddress: '10.0.0.1',
      isTrustedProxy: false,
      clientAddress: '10.0.0.1',
      forwarded: { 'x-forwarded-proto': 'https' },
    }),
    ...fields,
  };
}

export function anInstallation(fields: Partial<Installation> = {}): Installation {
  return {
    consumerKey: 'tracker:1234567890',
    name: 'Tracker',
    description: '',
    callback: null,
    publicKeySpki: 'c3BraQ==',
    privateKey: new Secret('the private key'),
    next: null,
    assertionKey: new Secret('the assertion key'),
    createdAt: NOW,
    ...fields,
  };
}

export function aDashboard(id: string, fields: Partial<Dashboard> = {}): Dashboard {
  return {
    id,
    ownerName: 'Alice',
    name: `Dashboard ${id}`,
    description: 'What matters',
    layout: 'AB',
    gadgets: [aPlacedGadget('one')],
    sharing: 'private',
    createdAt: NOW,
    updatedAt: NOW,
    ...fields,
  };
}

export function aPlacedGadget(id: string, fields: Partial<PlacedGadget> = {}): PlacedGadget {
  return {
    id,
    specUrl: 'https://gadgets.example.org/clock.xml',
    column: 0,
    color: 'blue',
    preferences: { zone: 'Europe/Berlin' },
    isMinimised: false,
    title: null,
    refreshSeconds: null,
    ...fields,
  };
}

/** @param name its spec is `https://gadgets.example.org/<name>.xml` */
export function aGadget(name: string, fields: Partial<Gadget> = {}): Gadget {
  return {
    id: `id of ${name}`,
    specUrl: `https://gadgets.example.org/${name}.xml`,
    xml: '<Module/>',
    bundles: { 'https://gadgets.example.org/ja.xml': '<messagebundle/>' },
    sha256: '0'.repeat(64),
    title: name,
    description: '',
    author: null,
    thumbnailUrl: null,
    categories: ['Time'],
    feedId: null,
    addedBy: 'admin',
    createdAt: NOW,
    updatedAt: NOW,
    ...fields,
  };
}

export function aGadgetFeed(id: string, fields: Partial<GadgetFeed> = {}): GadgetFeed {
  return {
    id,
    baseUrl: `https://${id}.example.org`,
    name: id,
    addedBy: 'admin',
    createdAt: NOW,
    fetchedAt: null,
    trouble: null,
    ...fields,
  };
}

export function anOutboundRule(pattern: string, fields: Partial<OutboundRule> = {}): OutboundRule {
  return { pattern, note: 'for the clock', addedBy: 'admin', createdAt: NOW, ...fields };
}

/** A list query for everything, in the given order. */
export function everything<S extends string>(
  sort: S,
): { search: string; sort: S; descending: boolean; offset: number; limit: number } {
  return { search: '', sort, descending: false, offset: 0, limit: 100 };
}
