/** Records as programs read them, in the answers of commands and of the REST API alike. */

/** A record with every time in it, at any depth, in ISO 8601 instead of seconds. */
export function jsonRecord(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(jsonRecord);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      typeof member === 'number' && TIME_NAME.test(name) ? isoTime(member) : jsonRecord(member),
    ]),
  );
}

/** Seconds since 1970 in ISO 8601, in UTC. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

const TIME_NAME = /(?:^at|At|Until|notBefore|notAfter)$/;
