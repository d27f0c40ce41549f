/** What a test can write down beforehand: consumers, users and one access token that are the same in every mock. */
import { Secret } from '../base/index.ts';
import type { Consumer } from '../model/index.ts';
import { TEST_PRIVATE_KEY, TEST_PUBLIC_KEY } from './test-key.ts';

/** Everything that is known beforehand. */
export interface MockCredentials {
  /** Signs with HMAC or PLAINTEXT. */
  readonly consumerKey: string;
  readonly consumerSecret: string;
  /** Signs with RSA. */
  readonly rsaConsumerKey: string;
  /** PKCS#8 PEM. */
  readonly rsaPrivateKey: string;
  /** An access token of the first user for the first consumer, for tests that need no dance. */
  readonly accessToken: string;
  readonly accessTokenSecret: string;
  /** Names; the first one approves unless the authorize address says otherwise. */
  readonly users: readonly string[];
}

export const MOCK_CREDENTIALS: MockCredentials = {
  consumerKey: 'mock-consumer',
  consumerSecret: 'mock-consumer-secret',
  rsaConsumerKey: 'mock-rsa-consumer',
  rsaPrivateKey: TEST_PRIVATE_KEY,
  accessToken: 'mock-access-token',
  accessTokenSecret: 'mock-access-token-secret',
  users: ['alice', 'bob'],
};

/** Both consumers. They may do whatever a well-behaved client can be tested with. */
export function mockConsumers(now: number): Consumer[] {
  const { consumerKey, consumerSecret, rsaConsumerKey, users } = MOCK_CREDENTIALS;
  const common = {
    description: '',
    retiring: null,
    callback: null,
    legacy10: false,
    twoLegged: { allowed: true, executeAs: users[0]!, mayImpersonate: true },
    limits: { readOnly: false, paths: [] },
    owner: null,
    baseUrl: null,
    createdAt: now,
    updatedAt: now,
  } as const;
  return [
    {
      ...common,
      key: consumerKey,
      name: 'Mock consumer',
      credential: { kind: 'shared-secret', secret: new Secret(consumerSecret) },
      allowPlaintext: true,
    },
    {
      ...common,
      key: rsaConsumerKey,
      name: 'Mock RSA consumer',
      credential: { kind: 'public-key', spki: TEST_PUBLIC_KEY, certificate: null },
      allowPlaintext: false,
    },
  ];
}
