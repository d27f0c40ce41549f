/** Values as the databases behind a Jira write them. */

/** A truth value; null if it is none. */
export function flagValue(text: string | null | undefined): boolean | null {
  if (text === null || text === undefined) return null;
  if (/^(?:1|t|true|y|yes|\u0001)$/i.test(text)) return true;
  return /^(?:0|f|false|n|no|\0|)$/i.test(text) ? false : null;
}

/** The latest moment that can be meant: the year 9999. */
const LATEST_SECONDS = 253_402_300_799;

/**
 * A moment in seconds since 1970: from milliseconds since 1970, or from `2019-03-01 10:00:00`, which is taken as UTC, since
 * a dump does not tell the zone. Null if it is none.
 */
export function momentValue(text: string | null | undefined): number | null {
  if (text === null || text === undefined) return null;
  const milliseconds = /^\d{1,15}(?:\.0+)?$/.test(text) ? Number(text) : parseDate(text);
  const seconds = Math.floor(milliseconds / 1000);
  return seconds >= 0 && seconds <= LATEST_SECONDS ? seconds : null;
}

function parseDate(text: string): number {
  const [, date, time, zone] =
    /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.\d{1,9})?([+-]\d{2}(?::?\d{2})?)?$/.exec(text) ?? [];
  if (date === undefined || time === undefined) return Number.NaN;
  const offset =
    zone === undefined ? 'Z' : `${zone.slice(0, 3)}:${zone.replace(':', '').slice(3, 5) || '00'}`;
  return Date.parse(`${date}T${time}${offset}`);
}

/** A time span in seconds, from milliseconds; null if it is none. */
export function secondsValue(text: string | null | undefined): number | null {
  if (text === null || text === undefined || !/^\d{1,15}(?:\.0+)?$/.test(text)) return null;
  return Math.min(Math.floor(Number(text) / 1000), LATEST_SECONDS);
}
