/**
 * The whole dance, step by step, as it happens between any consumer, a person and this installation: nothing is
 * called but what stands at public addresses. Each step says what happened; what does not happen as it should ends
 * the demo with an error.
 */
import { strict as assert } from 'node:assert';
import type { Credentials, DemoConsumer } from './consumer.ts';
import type { Issue } from './tracker/issues.ts';
import { Visitor } from './visitor.ts';

/** Who dances, and where. */
export interface Dancers {
  /** Public URL of the installation. */
  readonly url: string;
  readonly consumer: DemoConsumer;
  readonly user: { readonly name: string; readonly password: string };
  /** An issue of somebody else. */
  readonly foreignIssue: string;
  /** Told what was done, and lines that show it. */
  tell(step: string, details?: readonly string[]): void;
}

/** Performs the dance from the request token to the revocation. @returns how many issues were read */
export async function performDance(dancers: Dancers): Promise<number> {
  const visitor = new Visitor(dancers.url);
  const accessToken = await obtainAccess(dancers, visitor);
  const count = await readIssues(dancers, accessToken);
  await tryForeignIssue(dancers, accessToken);
  await revoke(dancers, visitor);
  await seeAccessEnded(dancers, accessToken);
  return count;
}

/** From the request token over the person's approval to the access token. */
export async function obtainAccess(dancers: Dancers, visitor: Visitor): Promise<Credentials> {
  const requestToken = await askForRequestToken(dancers);
  const callback = await approve(dancers, visitor, requestToken);
  return exchange(dancers, callback);
}

async function askForRequestToken({ url, consumer, tell }: Dancers): Promise<Credentials> {
  const token = await consumer.obtain(`${url}/oauth/request-token`, { callback: consumer.callback });
  assert.equal(token.oauth_callback_confirmed, 'true');
  tell(`${consumer.name} asks for a request token and gets ${shortened(token.oauth_token!)}`);
  return token;
}

/** The person opens the link, logs in, reads what is asked, and approves. */
async function approve(
  { url, consumer, user, tell }: Dancers,
  visitor: Visitor,
  requestToken: Credentials,
): Promise<URL> {
  const login = await visitor.open(`${url}/oauth/authorize?oauth_token=${requestToken.oauth_token}`);
  tell(`${user.name} follows the link and is asked to log in`, [login.url.href.split('?')[0]!]);
  const consent = await visitor.press(login, 'Log in', { username: user.name, password: user.password });
  tell(`${user.name} logs in and reads what is asked`, [`“${consent.heading}”`]);
  const { leftFor } = await visitor.press(consent, 'Approve');
  assert.ok(leftFor, 'approval ends at the consumer');
  assert.ok(leftFor.href.startsWith(consumer.callback));
  tell(`${user.name} approves and returns to ${consumer.name} with a verifier`);
  return leftFor;
}

async function exchange({ url, consumer, tell }: Dancers, callback: URL): Promise<Credentials> {
  const verifier = callback.searchParams.get('oauth_verifier') ?? '';
  const token = callback.searchParams.get('oauth_token') ?? '';
  const accessToken = await consumer.obtain(`${url}/oauth/access-token`, { token, verifier });
  const days = Number(accessToken.oauth_expires_in) / 86_400;
  tell(`${consumer.name} exchanges it for an access token, good for ${days} days`);
  return accessToken;
}

async function readIssues({ url, consumer, user, tell }: Dancers, accessToken: Credentials): Promise<number> {
  const token = accessToken.oauth_token!;
  const answer = await consumer.request('GET', `${url}/rest/api/2/search`, { token });
  assert.equal(answer.status, 200, answer.body);
  const { issues } = JSON.parse(answer.body) as { issues: Issue[] };
  assert.ok(issues.length > 0 && issues.every(({ owner }) => owner === user.name), answer.body);
  tell(
    `${consumer.name} reads the issues of ${user.name} through the gateway`,
    issues.map(({ key, status, summary }) => `${key}  ${status.padEnd(11)}  ${summary}`),
  );
  return issues.length;
}

async function tryForeignIssue(
  { url, consumer, foreignIssue, tell }: Dancers,
  accessToken: Credentials,
): Promise<void> {
  const token = accessToken.oauth_token!;
  const { status } = await consumer.request('GET', `${url}/rest/api/2/issue/${foreignIssue}`, { token });
  assert.equal(status, 404);
  tell(
    `${consumer.name} asks for ${foreignIssue}, which belongs to somebody else: ${status}, it is not shown`,
  );
}

async function revoke({ user, consumer, tell }: Dancers, visitor: Visitor): Promise<void> {
  const list = await visitor.open('/oauth/users/access-tokens');
  const question = await visitor.follow(list, '/revoke?token=');
  await visitor.press(question, 'Revoke OAuth Access Token');
  tell(`${user.name} revokes the access of ${consumer.name} on the page “${list.heading}”`);
}

async function seeAccessEnded({ url, consumer, tell }: Dancers, accessToken: Credentials): Promise<void> {
  const token = accessToken.oauth_token!;
  const { status, problem } = await consumer.request('GET', `${url}/rest/api/2/search`, { token });
  assert.equal(status, 401);
  assert.ok(problem !== null, 'the refusal names its problem');
  tell(`${consumer.name} tries once more and is refused: ${status} ${problem}`);
}

function shortened(token: string): string {
  return `${token.slice(0, 6)}…${token.slice(-4)}`;
}
