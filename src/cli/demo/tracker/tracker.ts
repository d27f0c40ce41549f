/**
 * The sample application of the demo: a small issue tracker that knows nothing of OAuth. Countersign stands in front
 * of it, lets in whom it has verified, and says who that is; the tracker shows each person their own issues.
 * It listens on loopback only, and believes no identity but the signed one.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json as readJson } from 'node:stream/consumers';
import { activityFeed } from './activity.ts';
import { createIdentityReader } from './identity.ts';
import { type Issue, issueRecord, sampleIssues } from './issues.ts';
import { searchIssues } from './search.ts';
import { trackerPage } from './tracker-page.ts';

/** A tracker that listens. */
export interface Tracker {
  /** Where Countersign reaches it. */
  readonly url: string;
  close(): void;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Starts the tracker on a free port. @param frontUrl public URL of the installation in front of it */
export async function startTracker(frontUrl: () => string): Promise<Tracker> {
  let url = '';
  const readIdentity = createIdentityReader({
    keySetUrl: () => new URL('oauth/jwks.json', `${frontUrl()}/`).href,
    audience: () => url,
  });
  const issues = sampleIssues();
  const server = createServer(async (request, response) => {
    try {
      const user = await readIdentity(request.headers['x-countersign-assertion']?.toString());
      write(response, await answer(request, user, { issues, frontUrl: frontUrl() }));
    } catch {
      write(response, text(500, 'The tracker stumbled.'));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What the tracker holds, and where people find it. */
interface Holding {
  readonly issues: Issue[];
  readonly frontUrl: string;
}

async function answer(
  request: IncomingMessage,
  user: string | null,
  { issues, frontUrl }: Holding,
): Promise<Answer> {
  const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://tracker.invalid');
  if (path === '/status') return text(200, 'The tracker is up.');
  const own = issues.filter(({ owner }) => owner === user);
  if (path === '/activity') {
    return { status: 200, type: 'application/atom+xml; charset=utf-8', body: activityFeed(frontUrl, own) };
  }
  if (user === null) return text(401, 'Come by way of Countersign, and say who you are.');
  const key = /^\/rest\/api\/2\/issue\/([A-Z]+-\d+)(\/comment)?$/.exec(path);
  if (key !== null) {
    const issue = own.find((one) => one.key === key[1]);
    return answerIssue(request, user, issue, key[2] !== undefined);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return text(405, 'There is nothing to change here.');
  if (path === '/') return page(user, own);
  if (path === '/rest/api/2/myself') return json(200, { name: user });
  if (path === '/rest/api/2/search') return json(200, searchIssues(own, searchParams));
  const shown = own.filter((one) => path === `/browse/${one.key}`);
  return shown.length > 0 ? page(user, shown) : text(404, 'The tracker has no such page.');
}

function page(user: string, issues: readonly Issue[]): Answer {
  return { status: 200, type: 'text/html; charset=utf-8', body: trackerPage(user, issues) };
}

/** An issue of somebody else is as unknown as one that does not exist. */
async function answerIssue(
  request: IncomingMessage,
  user: string,
  issue: Issue | undefined,
  isComment: boolean,
): Promise<Answer> {
  if (issue === undefined) return json(404, { errorMessages: ['There is no such issue.'] });
  if (!isComment) return json(200, issueRecord(issue));
  if (request.method !== 'POST') return json(200, { comments: issue.comments });
  const { body } = (await readJson(request)) as { body?: unknown };
  if (typeof body !== 'string' || body.trim() === '') {
    return json(400, { errorMessages: ['A comment needs a body.'] });
  }
  const comment = { author: user, body };
  issue.comments.push(comment);
  return json(201, comment);
}

function json(status: number, value: unknown): Answer {
  return { status, type: 'application/json', body: JSON.stringify(value) };
}

function text(status: number, sentence: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', body: `${sentence}\n` };
}

function write(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
