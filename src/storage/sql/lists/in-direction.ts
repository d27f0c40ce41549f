/** The order of lists: up or down, and what is not there before everything that is, as indexes keep it. */
import type { OrderByItemBuilder } from 'kysely';

/** @param isNullable whether the column may hold nothing; SQLite needs no word for where that goes, PostgreSQL does */
export function inDirection(descending: boolean, isNullable: boolean) {
  return (order: OrderByItemBuilder) => {
    if (!isNullable) return descending ? order.desc() : order.asc();
    return descending ? order.desc().nullsLast() : order.asc().nullsFirst();
  };
}
