/** What may become of those who ask for the same access token at the same time. */

/** One is given it; or none, where storage did not answer somebody in time, who was told so. @param statuses of all */
export function isExchangedOnce(statuses: readonly number[]): boolean {
  const given = statuses.filter((status) => status === 200).length;
  return given === 1 || (given === 0 && statuses.includes(503));
}
