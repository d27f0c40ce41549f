/** Three characters in a row, by which texts are indexed and found (text-index.ts). */

/** How many characters a run has. */
export const RUN = 3;

/** Each three characters in a row, in their order, each run as often as it stands there. None if the text is shorter. */
export function runsIn(text: string): readonly string[] {
  const characters = [...text];
  return characters.slice(RUN - 1).map((last, at) => `${characters[at]}${characters[at + 1]}${last}`);
}

/** A run, or the beginning of one, as PostgreSQL reads a word in a query. */
export function quotedRun(run: string): string {
  return `'${run.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** Runs that all have to stand in a text, as SQLite's index is asked for them. */
export function allRuns(runs: readonly string[]): string {
  return runs.map((run) => `"${run.replaceAll('"', '""')}"`).join(' AND ');
}
