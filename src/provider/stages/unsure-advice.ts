/** What is said about a timestamp that the store of nonces cannot be sure about, whichever stage finds out. */

/** @param earliest the first timestamp that it can be sure about, in seconds since 1970 */
export function unsureAdvice(earliest: number, now: number): string {
  const wait = earliest - now;
  if (wait <= 0) {
    return 'This server cannot tell whether a request that old was made before; sign again with the present time.';
  }
  return `This server has lost what it remembered of the last requests, and accepts none signed before ${earliest}; wait ${wait} seconds, then sign again.`;
}
