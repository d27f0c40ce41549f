/** Three characters in a row, by which texts are indexed and found (text-index.ts). */

/** How many characters a run has. */
export const RUN = 3;

/** Each three characters in a row, in their order, each run as often as it stands there. None if the text is shorter. */
export function runsIn(text: string): readonly string[] {
  const characters = [...text];
  return characters.slice(RUN - 1).map((last, at) => `${characters[at]}${characters[at + 1]}${last}`);
}

/** Stands for all runs of a text of which PostgreSQL's index cannot take them all. No run of three characters is like it. */
export const ANY_RUN = '\u0001';

/**
 * As PostgreSQL's index is asked for texts in which all these runs stand, and one that begins like this. It gives those
 * that have too many runs, too.
 */
export function wordsOf(runs: readonly string[], beginning: string | null): string {
  const words = [...runs.map(quoted), ...(beginning === null ? [] : [`${quoted(beginning)}:*`])];
  return `${words.join(' & ')} | ${quoted(ANY_RUN)}`;
}

function quoted(run: string): string {
  return `'${run.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** Runs that all have to stand in a text, as SQLite's index is asked for them. */
export function allRuns(runs: readonly string[]): string {
  return runs.map((run) => `"${run.replaceAll('"', '""')}"`).join(' AND ');
}
