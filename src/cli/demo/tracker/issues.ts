/** The tracker's issues: each belongs to one person, and nobody else is told that it exists. */

/** A remark under an issue. */
export interface Comment {
  readonly author: string;
  readonly body: string;
}

/** One issue. */
export interface Issue {
  readonly key: string;
  readonly owner: string;
  readonly summary: string;
  readonly status: 'To do' | 'In progress' | 'Done';
  readonly createdAt: Date;
  /** Null while it is open. */
  readonly resolvedAt: Date | null;
  readonly comments: Comment[];
}

/** Owner, summary, days since it was created, days since it was resolved; one that is under way says so. */
type Sample = readonly [owner: string, summary: string, created: number, state?: number | 'under way'];

const SAMPLES: readonly Sample[] = [
  ['alice', 'Order paper for the printer', 2],
  ['alice', 'Salary review for the design team', 9, 'under way'],
  ['bob', 'Rotate the signing key', 4],
  ['bob', 'Plan a surprise party for Alice', 6, 'under way'],
  ['alice', 'Repair the coffee machine', 12, 3],
  ['bob', 'Write down how to restore a backup', 27, 20],
  ['bob', 'Two screens for the new colleague', 24, 11],
  ['alice', 'Choose the photographs for the lobby', 26, 22],
  ['alice', 'Answer the letter from the landlord', 21, 19],
  ['bob', 'Find out why the heating hums', 18],
  ['alice', 'Book the room for the spring meeting', 16, 7],
  ['bob', 'Renew the certificate of the mail server', 15, 14],
  ['alice', 'Draw the plan of the second floor', 13],
  ['bob', 'Replace the batteries of the door locks', 8, 1],
  ['alice', 'Invite the neighbours to the open day', 5, 1],
];

const DAY_MS = 86_400_000;

/** A fresh set of issues, of alice and of bob. @param now the moment that their ages count from */
export function sampleIssues(now = new Date()): Issue[] {
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
  return SAMPLES.map(([owner, summary, created, state], index) => ({
    key: `TRACK-${index + 1}`,
    owner,
    summary,
    status: state === undefined ? 'To do' : state === 'under way' ? 'In progress' : 'Done',
    createdAt: ago(created),
    resolvedAt: typeof state === 'number' ? ago(state) : null,
    comments: index === 1 ? [{ author: owner, body: 'Numbers are due on Friday.' }] : [],
  }));
}

/** When something last happened to an issue. */
export function updatedAt({ createdAt, resolvedAt }: Issue): Date {
  return resolvedAt ?? createdAt;
}

/** An issue as programs get it: its own fields, and beside them the form that clients of issue trackers expect. */
export function issueRecord(issue: Issue): object {
  const { key, owner, summary, status, createdAt, resolvedAt, comments } = issue;
  const fields = {
    summary,
    status: { name: status },
    assignee: { name: owner },
    created: createdAt.toISOString(),
    updated: updatedAt(issue).toISOString(),
    resolutiondate: resolvedAt?.toISOString() ?? null,
  };
  return { key, owner, summary, status, comments, fields };
}
