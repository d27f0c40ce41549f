/** What stands in for what cannot be used while the schema of the database is another one. */
import { StorageUnavailable } from '../../../model/index.ts';

/** Only the given members work. */
export function toMigrate<T extends object>(working: Partial<T>): T {
  return new Proxy(working as T, {
    get(target, name) {
      if (name in target) return Reflect.get(target, name);
      throw new StorageUnavailable(
        'the schema of this database is not up to date: run countersign db migrate',
      );
    },
  });
}
