/** When something of one's own is near its end: within seven days, or in the last third of a shorter life. */

const SOON_SECONDS = 7 * 86_400;

/** Whether it ends soon. Times in seconds since 1970; what is over does not end any more. */
export function endsSoon(life: { readonly from: number; readonly end: number }, now: number): boolean {
  const soon = Math.min(SOON_SECONDS, (life.end - life.from) / 3);
  return life.end > now && life.end - now <= soon;
}
