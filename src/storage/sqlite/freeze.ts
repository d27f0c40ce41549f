/**
 * Makes a record unchangeable, with all that is in it. One that is remembered is given to everybody who asks: whoever
 * changed it would change what all others are told, and what the database says would never be read again. Types forbid
 * that already; this is for code that they do not reach.
 */

/** The same value, frozen to its leaves. */
export function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
  return value;
}
