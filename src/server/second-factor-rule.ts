/** Who has to turn on a second factor before anything else. People whom a provider vouches for have theirs there. */
import type { AccountsContext } from '../accounts/index.ts';
import { SECOND_FACTOR_PATH } from '../console/index.ts';
import type { User } from '../model/index.ts';
import type { Settings } from '../settings/index.ts';

/** Gives, for a user, the page where they have to go first; null for whoever may go on. */
export function secondFactorRule(
  { requireSecondFactor }: Settings,
  { storage }: AccountsContext,
): (user: User) => Promise<string | null> {
  return async (user) => {
    const isHeld =
      requireSecondFactor === 'administrators' && user.isAdministrator && user.passwordHash !== null;
    if (!isHeld || (await storage.secondFactors.find(user.name)) !== null) return null;
    return SECOND_FACTOR_PATH;
  };
}
