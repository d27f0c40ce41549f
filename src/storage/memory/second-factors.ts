/** Second factors in memory. */
import { type SecondFactor, type SecondFactorStore, userNameKey } from '../../model/index.ts';
import type { Tables } from './tables.ts';

export function memorySecondFactors(tables: Tables): SecondFactorStore {
  const { secondFactors } = tables;
  const find = (userName: string) => secondFactors.get(userNameKey(userName)) ?? null;

  function change(factor: SecondFactor, changes: Partial<SecondFactor>): void {
    secondFactors.set(userNameKey(factor.userName), { ...factor, ...changes });
  }

  return {
    async find(userName) {
      return find(userName);
    },
    async listNewOfAdministrators(since, limit) {
      return [...secondFactors.values()]
        .filter(({ userName, createdAt }) => createdAt >= since && tables.user(userName)?.isAdministrator)
        .toSorted(
          (a, b) => b.createdAt - a.createdAt || (userNameKey(a.userName) < userNameKey(b.userName) ? -1 : 1),
        )
        .slice(0, limit)
        .map(({ userName, createdAt }) => ({ userName, createdAt }));
    },
    async add(factor, event) {
      if (tables.user(factor.userName) === null || find(factor.userName) !== null) return false;
      change(factor, {});
      tables.record(event);
      return true;
    },
    async takeStep(userName, step) {
      const factor = find(userName);
      if (factor === null || step <= factor.lastStep) return false;
      change(factor, { lastStep: step });
      return true;
    },
    async takeRecoveryCode(userName, hash, event) {
      const factor = find(userName);
      if (factor === null || !factor.recoveryHashes.includes(hash)) return false;
      change(factor, { recoveryHashes: factor.recoveryHashes.filter((other) => other !== hash) });
      tables.record(event);
      return true;
    },
    async replaceRecoveryCodes(userName, recoveryHashes, event) {
      const factor = find(userName);
      if (factor === null) return false;
      change(factor, { recoveryHashes });
      tables.record(event);
      return true;
    },
    async remove(userName, event) {
      if (!secondFactors.delete(userNameKey(userName))) return false;
      tables.record(event);
      return true;
    },
  };
}
