/**
 * A refusal as the Problem Reporting extension words it, twice over: as a form for token endpoints, whose clients read
 * the body, and as a WWW-Authenticate challenge for everything else. All that comes from the request is
 * percent-encoded, so nothing in it can end a quoted string or a header line.
 * @see https://oauth.pbworks.com/w/page/12938930/ProblemReporting
 */
import { writeForm } from './form.ts';
import { encodePercent } from './percent-encoding.ts';
import type { Problem } from './problem.ts';
import { quotedString } from './quoted-string.ts';

/** What is sent for a problem. */
export interface ProblemReport {
  readonly status: number;
  /** Value of the WWW-Authenticate header. */
  readonly authenticate: string;
  /** Form-encoded body. */
  readonly body: string;
}

/** Words a refusal for the caller. `requestId` lets whoever asks for help name the request; null leaves it out. */
export function reportProblem(problem: Problem, realm: string, requestId: string | null): ProblemReport {
  const fields = problemFields(problem);
  if (requestId !== null) fields.push(['request_id', requestId]);
  return { status: problem.status, authenticate: challenge(realm, fields), body: writeForm(fields) };
}

/** The challenge of a 401 that has no particular problem: who asks for OAuth, and nothing more. */
export function plainChallenge(realm: string): string {
  return challenge(realm, []);
}

type Field = [name: string, value: string];

function problemFields({ code, particulars }: Problem): Field[] {
  const { advice, absent, rejected, acceptableTimestamps, acceptableVersions } = particulars;
  const fields: Field[] = [['oauth_problem', code]];
  if (advice !== undefined) fields.push(['oauth_problem_advice', advice]);
  if (absent !== undefined) fields.push(['oauth_parameters_absent', listOfNames(absent)]);
  if (rejected !== undefined) fields.push(['oauth_parameters_rejected', listOfNames(rejected)]);
  if (acceptableTimestamps !== undefined)
    fields.push(['oauth_acceptable_timestamps', acceptableTimestamps.join('-')]);
  if (acceptableVersions !== undefined)
    fields.push(['oauth_acceptable_versions', acceptableVersions.join('-')]);
  return fields;
}

/** Names are encoded one by one and joined with ampersands; the list as a whole is encoded again where it is sent. */
function listOfNames(names: readonly string[]): string {
  return names.map(encodePercent).join('&');
}

function challenge(realm: string, fields: readonly Field[]): string {
  const parameters = fields.map(([name, value]) => `, ${name}="${encodePercent(value)}"`);
  return `OAuth realm=${quotedString(realm)}${parameters.join('')}`;
}
