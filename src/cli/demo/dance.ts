/**
 * The whole dance, step by step, as it happens between two installations and a person: nothing is called but pages
 * that she opens and buttons that she presses, and the address through which her data comes. Each step says what
 * happened; what does not happen as it should ends the demo with an error.
 */
import { strict as assert } from 'node:assert';
import type { DemoUser, Site } from './site.ts';
import type { Issue } from './tracker/issues.ts';
import { type OpenPage, Visitor } from './visitor.ts';

/** Who dances, and where. */
export interface Dancers {
  /** Where the data is. */
  readonly tracker: Site;
  /** Where the person wants to see it. */
  readonly wiki: Site;
  readonly user: DemoUser;
  /** An issue of somebody else. */
  readonly foreignIssue: string;
  /** Told what was done, and lines that show it. */
  tell(step: string, details?: readonly string[]): void;
}

/** More would hide the steps. */
const SHOWN_ISSUES = 3;

/** Performs the dance from the button to the revocation. @returns how many issues were read */
export async function performDance(dancers: Dancers): Promise<number> {
  const visitor = new Visitor(dancers.wiki.url, dancers.tracker.url);
  await connect(dancers, visitor);
  const count = await readIssues(dancers, visitor);
  await tryForeignIssue(dancers, visitor);
  await revoke(dancers, visitor);
  await seeAccessEnded(dancers, visitor);
  return count;
}

async function connect({ wiki, tracker, user, tell }: Dancers, visitor: Visitor): Promise<void> {
  const credentials = { username: user.name, password: user.password };
  const login = await visitor.open(`${wiki.url}/oauth/connections`);
  const connections = await visitor.press(login, 'Log in', credentials);
  assertAt(connections, wiki);
  tell(`${user.name} logs in to ${wiki.name} and opens “${connections.heading}”`);
  const away = await visitor.press(connections, 'Connect');
  assertAt(away, tracker);
  tell(
    `${user.name} presses Connect, ${wiki.name} asks for a request token and sends her to ${tracker.name}`,
    [away.url.origin + away.url.pathname],
  );
  const consent = await visitor.press(away, 'Log in', credentials);
  tell(`${user.name} logs in to ${tracker.name} and reads what is asked`, [`“${consent.heading}”`]);
  const back = await visitor.press(consent, 'Approve');
  assertAt(back, wiki);
  tell(
    `${user.name} approves and is back in ${wiki.name}, which exchanged the verifier for an access token`,
    [`“${back.notice}”`],
  );
}

async function readIssues({ wiki, tracker, user, tell }: Dancers, visitor: Visitor): Promise<number> {
  const path = `/oauth/out/${tracker.name}/rest/api/2/search`;
  const { status, body } = await visitor.fetch(wiki.url + path);
  assert.equal(status, 200, body);
  const { issues } = JSON.parse(body) as { issues: Issue[] };
  assert.ok(issues.length > 0 && issues.every(({ owner }) => owner === user.name), body);
  tell(`${wiki.name} signs, and fetches the issues of ${user.name} from ${tracker.name}`, [
    `GET ${wiki.url}${path}`,
    ...issues
      .slice(0, SHOWN_ISSUES)
      .map((issue) => `${issue.key}  ${issue.status.padEnd(11)}  ${issue.summary}`),
    ...(issues.length > SHOWN_ISSUES ? [`and ${issues.length - SHOWN_ISSUES} more`] : []),
  ]);
  return issues.length;
}

async function tryForeignIssue(
  { wiki, tracker, foreignIssue, tell }: Dancers,
  visitor: Visitor,
): Promise<void> {
  const path = `/oauth/out/${tracker.name}/rest/api/2/issue/${foreignIssue}`;
  const { status } = await visitor.fetch(wiki.url + path);
  assert.equal(status, 404);
  tell(`${wiki.name} asks for ${foreignIssue}, which belongs to somebody else: ${status}, it is not shown`);
}

async function revoke({ tracker, wiki, user, tell }: Dancers, visitor: Visitor): Promise<void> {
  const list = await visitor.open(`${tracker.url}/oauth/users/access-tokens`);
  const question = await visitor.follow(list, '/revoke?token=');
  await visitor.press(question, 'Revoke OAuth Access Token');
  tell(`${user.name} revokes the access of ${wiki.name} in ${tracker.name}, on the page “${list.heading}”`);
}

async function seeAccessEnded({ wiki, tracker, tell }: Dancers, visitor: Visitor): Promise<void> {
  const { status, body } = await visitor.fetch(`${wiki.url}/oauth/out/${tracker.name}/rest/api/2/search`);
  assert.equal(status, 409, body);
  const { error, problem } = JSON.parse(body) as { error: string; problem: string };
  tell(`${wiki.name} tries once more and has to ask her again: ${status} ${error} (${problem})`);
}

function assertAt({ url }: OpenPage, site: Site): void {
  assert.equal(url.origin, site.url, `the visitor is in ${site.name}`);
}
