/**
 * The search of the tracker: as much of a query as gadgets and examples ask for. Conditions on whose issues they are
 * mean nothing here, because everybody has their own only.
 */
import { type Issue, issueRecord, updatedAt } from './issues.ts';

const DAY_MS = 86_400_000;
const USUAL_RESULTS = 50;

/** The answer to a search among one's own issues, those first to which something happened last. */
export function searchIssues(own: readonly Issue[], parameters: URLSearchParams): object {
  const query = parameters.get('jql') ?? '';
  const maxResults = Number(parameters.get('maxResults') ?? USUAL_RESULTS) || USUAL_RESULTS;
  const isOpenOnly = /\bresolution\s*(?:=|is)\s*(?:empty|unresolved)\b/i.test(query);
  const days = /\b(?:created|resolved)\s*>=\s*-(\d+)d\b/i.exec(query)?.[1];
  const since = days === undefined ? 0 : Date.now() - Number(days) * DAY_MS;
  const found = own
    .filter((issue) => !(isOpenOnly && issue.resolvedAt !== null) && updatedAt(issue).getTime() >= since)
    .toSorted(/\border by\b/i.test(query) ? latestFirst : () => 0);
  const issues = found.slice(0, maxResults).map(issueRecord);
  return { startAt: 0, maxResults, total: found.length, issues };
}

function latestFirst(a: Issue, b: Issue): number {
  return updatedAt(b).getTime() - updatedAt(a).getTime();
}
