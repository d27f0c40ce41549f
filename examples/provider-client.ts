/**
 * One client for one provider, as both examples use it: the network, the clock and randomness are the program's own
 * and are handed in. Settings come from the environment: PROVIDER (base URL), CONSUMER_KEY, CONSUMER_SECRET.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type Client, createClient } from 'countersign/consumer';

/** The client that the environment describes. */
export function clientFromEnvironment(): Client {
  const provider = setting('PROVIDER').replace(/\/+$/, '');
  return createClient({
    name: 'Tracker',
    requestTokenUrl: `${provider}/oauth/request-token`,
    authorizeUrl: `${provider}/oauth/authorize`,
    accessTokenUrl: `${provider}/oauth/access-token`,
    baseUrl: provider,
    consumerKey: setting('CONSUMER_KEY'),
    credential: { secret: setting('CONSUMER_SECRET') },
    signatureMethod: 'HMAC-SHA256',
    // Requests without a user have an empty token at providers of this family.
    conduct: { twoLegged: 'empty-token' },
    fetch,
    clock: { milliseconds: () => Date.now() },
    random: { bytes: (length) => randomBytes(length) },
    pause: (milliseconds) => setTimeout(milliseconds),
  });
}

/** A setting that has to be there. */
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`Set ${name}.`);
  return value;
}
