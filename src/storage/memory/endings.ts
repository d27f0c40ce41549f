/** What ends by itself, in memory. */
import type { Ending, EndingStore } from '../../model/index.ts';
import type { Tables } from './tables.ts';

export function memoryEndings(tables: Tables): EndingStore {
  return {
    async listBetween(from, until, limit) {
      const among = (all: readonly Ending[]) =>
        all
          .filter(({ endsAt }) => from <= endsAt && endsAt <= until)
          .toSorted(byEnd)
          .slice(0, limit);
      const credentials = [...tables.consumers.values()].flatMap(({ key, name, retiring }): Ending[] =>
        retiring === null
          ? []
          : [{ kind: 'consumer-credential', id: key, name, userName: null, endsAt: retiring.validUntil }],
      );
      const keys = [...tables.apiKeys.values()].flatMap(({ id, label, userName, expiresAt }): Ending[] =>
        expiresAt === null ? [] : [{ kind: 'api-key', id, name: label, userName, endsAt: expiresAt }],
      );
      return [...among(credentials), ...among(keys)].toSorted(byEnd);
    },
  };
}

function byEnd(a: Ending, b: Ending): number {
  return a.endsAt - b.endsAt || (a.id < b.id ? -1 : 1);
}
