/** Who has to turn on a second factor before anything else. People whom a provider vouches for have theirs there. */
import type { AccountsContext } from '../accounts/index.ts';
import type { User } from '../model/index.ts';
import type { Settings } from '../settings/index.ts';

/** Tells whether a user may do nothing else before. */
export function secondFactorRule(
  { requireSecondFactor }: Settings,
  { storage }: AccountsContext,
): (user: User) => Promise<boolean> {
  return async (user) => {
    const isAsked =
      requireSecondFactor === 'administrators' && user.isAdministrator && user.passwordHash !== null;
    return isAsked && (await storage.secondFactors.find(user.name)) === null;
  };
}
