/** How the contract suite gets at a storage: an empty one for each case, with a clock that stands still. */
import { afterEach, beforeEach } from 'node:test';
import { FixedClock } from '../../src/base/index.ts';
import type { Storage } from '../../src/model/index.ts';
import { aConsumer, anAccessToken, anEvent, aRequestToken, aUser, NOW } from '../support/records.ts';

/** Opens an empty storage. */
export type OpenStorage = (clock: FixedClock) => Promise<Storage>;

/** The storage of the case that runs. */
export interface Opened {
  readonly storage: Storage;
  readonly clock: FixedClock;
}

/** Opens before each case of the surrounding `describe`, and closes after it. */
export function withStorage(open: OpenStorage): Opened {
  const opened: { storage: Storage; clock: FixedClock } = {
    storage: undefined as unknown as Storage,
    clock: new FixedClock(NOW),
  };
  beforeEach(async () => {
    opened.clock = new FixedClock(NOW);
    opened.storage = await open(opened.clock);
  });
  afterEach(() => opened.storage.close());
  return opened;
}

/** Adds the consumer `wiki` and the users Alice and Bob. */
export async function addOwners({ consumers, users }: Storage): Promise<void> {
  await consumers.add(aConsumer(), anEvent());
  await users.add(aUser(), anEvent());
  await users.add(aUser({ name: 'Bob', displayName: 'Bob Builder', email: null }), anEvent());
}

/** Adds an access token by the only way there is: the exchange of an approved request token. */
export async function addAccessToken(
  storage: Storage,
  token: string,
  fields: Parameters<typeof anAccessToken>[1] = {},
): Promise<void> {
  const accessToken = anAccessToken(token, fields);
  const hash = `request for ${token}`;
  await storage.requestTokens.add(
    aRequestToken({
      hash,
      consumerKey: accessToken.consumerKey,
      state: 'approved',
      userName: accessToken.userName,
    }),
  );
  const outcome = await storage.requestTokens.exchange(hash, accessToken, anEvent());
  if (outcome !== 'done') throw new Error(`${token} could not be added: its consumer or user is not there`);
}
