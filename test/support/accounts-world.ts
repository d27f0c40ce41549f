/** Accounts over memory storage, with a clock that stands still and a hasher that is quick. */
import { randomBytes } from 'node:crypto';
import { createPasswordHasher, createUser, type SecondFactorContext } from '../../src/accounts/index.ts';
import { FixedClock } from '../../src/base/index.ts';
import { oneTimeCodes } from '../../src/server/one-time-codes.ts';
import { createMemoryStorage } from '../../src/storage/memory/index.ts';

/** Everybody's password. */
export const PASSWORD = 'correct horse';

/** An installation without users. */
export function emptyAccounts() {
  const clock = new FixedClock(1_800_000_000);
  const random = { bytes: (length: number) => randomBytes(length) };
  const passwords = createPasswordHasher(random, { logN: 2, p: 1 });
  return {
    clock,
    random,
    passwords,
    codes: oneTimeCodes,
    storage: createMemoryStorage({ clock }),
  } satisfies SecondFactorContext;
}

/** An installation with the administrator `root` (Rosa Root) and the users `alice` and `bob`. */
export async function peopledAccounts() {
  const context = emptyAccounts();
  const people = { root: 'Rosa Root', alice: 'Alice Arnold', bob: 'Bob Berg' };
  for (const [username, displayName] of Object.entries(people)) {
    const isAdministrator = username === 'root';
    await createUser(
      context,
      { username, displayName, email: '', password: PASSWORD, isAdministrator },
      'cli',
    );
  }
  return context;
}
