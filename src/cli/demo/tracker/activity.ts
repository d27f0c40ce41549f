/**
 * What happened in the tracker, as an Atom feed (RFC 4287): news for everybody, and for a person what happened to their
 * own issues.
 */
import { escaped } from './escaped.ts';
import type { Issue } from './issues.ts';

interface Happening {
  readonly id: string;
  readonly who: string;
  readonly title: string;
  readonly at: Date;
  readonly url: string;
}

const DAY_MS = 86_400_000;

/** @param own the issues of the person who asks; none for a stranger */
export function activityFeed(frontUrl: string, own: readonly Issue[], now = new Date()): string {
  const entries = [...news(frontUrl, now), ...own.flatMap((issue) => happenings(frontUrl, issue))]
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .map(entry);
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${escaped(`${frontUrl}/activity`)}</id>
<title>Tracker</title>
<updated>${now.toISOString()}</updated>
${entries.join('')}</feed>
`;
}

/** What strangers may read, too. */
function news(frontUrl: string, now: Date): readonly Happening[] {
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const about = { who: 'Tracker', url: `${frontUrl}/status` };
  return [
    { ...about, id: 'news-2', title: 'The tracker moves to new machines on Sunday', at: ago(1.5) },
    { ...about, id: 'news-1', title: 'The tracker is open', at: ago(30) },
  ];
}

function happenings(frontUrl: string, issue: Issue): readonly Happening[] {
  const { key, owner, summary, createdAt, resolvedAt } = issue;
  const about = { who: owner, url: `${frontUrl}/browse/${key}` };
  const created = { ...about, id: `${key}-created`, title: `created ${key}: ${summary}`, at: createdAt };
  if (resolvedAt === null) return [created];
  return [created, { ...about, id: `${key}-resolved`, title: `resolved ${key}: ${summary}`, at: resolvedAt }];
}

function entry({ id, who, title, at, url }: Happening): string {
  return `<entry><id>tag:tracker.invalid,2026:${id}</id><title>${escaped(title)}</title>
<author><name>${escaped(who)}</name></author><updated>${at.toISOString()}</updated><link href="${escaped(url)}"/></entry>
`;
}
