/** The tracker's one page: what the person who is logged in has to do. */
import { escaped } from './escaped.ts';
import type { Issue } from './issues.ts';

const STYLE = `
:root { color-scheme: light dark; --ink: #22262b; --paper: #faf9f6; --line: #d9d5cc; --quiet: #6a6459; --mark: #2f5d50; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e6df; --paper: #1d1f21; --line: #3b3d3f; --quiet: #a7a196; --mark: #8fc4b2; } }
body { margin: 0 auto; max-width: 46rem; padding: 3rem 1.5rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
header { display: flex; align-items: baseline; gap: 1rem; border-bottom: 2px solid var(--ink); margin-bottom: 2rem; }
h1 { font-size: 1.4rem; margin: 0 auto 0.5rem 0; }
a { color: var(--mark); }
ul { list-style: none; padding: 0; }
li { border: 1px solid var(--line); border-radius: 6px; padding: 0.8rem 1rem; margin-bottom: 0.7rem; }
li p { margin: 0.3rem 0 0; color: var(--quiet); }
code { color: var(--quiet); margin-right: 0.8rem; }
.status { float: right; border: 1px solid var(--line); border-radius: 4px; padding: 0 0.5rem; font-size: 0.85rem; }
footer { color: var(--quiet); font-size: 0.9rem; margin-top: 2rem; }
`;

/** The page of one person. */
export function trackerPage(user: string, issues: readonly Issue[]): string {
  const rows = issues.map(issueRow).join('\n');
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Tracker — ${escaped(user)}</title><style>${STYLE}</style></head>
<body>
<header><h1>Tracker</h1><span>${escaped(user)}</span><a href="/oauth/users/access-tokens">Applications with access</a></header>
<main>
${issues.length === 0 ? '<p>Nothing to do. Issues belong to alice and bob.</p>' : `<ul>${rows}</ul>`}
</main>
<footer>A sample application. It believes the signed assertion of the Countersign in front of it, and nothing else.</footer>
</body>
</html>
`;
}

function issueRow({ key, summary, status, comments }: Issue): string {
  const remarks = comments.map(({ author, body }) => `<p>${escaped(author)}: ${escaped(body)}</p>`).join('');
  return `<li><span class="status">${status}</span><code><a href="/browse/${key}">${key}</a></code>${escaped(summary)}${remarks}</li>`;
}
