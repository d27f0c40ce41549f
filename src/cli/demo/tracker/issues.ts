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
  readonly comments: Comment[];
}

/** A fresh set of issues, of alice and of bob. */
export function sampleIssues(): Issue[] {
  return [
    { key: 'TRACK-1', owner: 'alice', summary: 'Order paper for the printer', status: 'To do', comments: [] },
    {
      key: 'TRACK-2',
      owner: 'alice',
      summary: 'Salary review for the design team',
      status: 'In progress',
      comments: [{ author: 'alice', body: 'Numbers are due on Friday.' }],
    },
    { key: 'TRACK-3', owner: 'bob', summary: 'Rotate the signing key', status: 'To do', comments: [] },
    {
      key: 'TRACK-4',
      owner: 'bob',
      summary: 'Plan a surprise party for Alice',
      status: 'In progress',
      comments: [],
    },
    { key: 'TRACK-5', owner: 'alice', summary: 'Repair the coffee machine', status: 'Done', comments: [] },
  ];
}
