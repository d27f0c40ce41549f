/** Readable pages about requests that cannot be decided: who asked, why it does not work, what to do. */
import { tokenHash } from '../../model/index.ts';
import type { Problem, ProblemCode } from '../../oauth/index.ts';
import type { ProviderContext } from '../../provider/index.ts';
import {
  buttonRow,
  errorBody,
  facts,
  type Html,
  html,
  linkButton,
  type SignedInContext,
} from '../../web/index.ts';
import type { en } from './messages.en.ts';
import { messages } from './messages.ts';
import { ACCESS_PATH } from './paths.ts';

type TextKey = {
  [Key in keyof typeof en]: (typeof en)[Key] extends string ? Key : never;
}[keyof typeof en];

/** Title and text for what a request token can be; anything else gets the problem's own sentence. */
const TEXTS: Partial<Record<ProblemCode, readonly [title: TextKey, text: TextKey]>> = {
  token_rejected: ['problemRejectedTitle', 'problemRejectedText'],
  token_used: ['problemUsedTitle', 'problemUsedText'],
  token_expired: ['problemExpiredTitle', 'problemExpiredText'],
};

/** A page about a request that was refused, with the status of its problem. */
export async function consentProblemPage(
  provider: ProviderContext,
  c: SignedInContext,
  problem: Problem,
  token: string,
): Promise<Response> {
  const t = c.messages(messages);
  const [title, text] = TEXTS[problem.code] ?? ['problemOtherTitle', null];
  const name = problem.code === 'token_rejected' ? null : await askerName(provider, token);
  const code = html`<a href="${c.url(`/oauth/problems/${problem.code}`)}"><code>${problem.code}</code></a>`;
  const rows = [[t.problemCode, code] as const];
  return c.page({
    title: t[title],
    shape: 'card',
    status: problem.status,
    headers: {
      'WWW-Authenticate': `OAuth realm="${c.publicUrl.href}", oauth_problem="${problem.code}"`,
    },
    body: errorBody(
      c,
      text === null ? problem.message : t[text],
      html`${facts(...(name === null ? rows : [[t.problemFrom, name] as const, ...rows]))}${wayOn(c)}`,
    ),
  });
}

/** The address names no request. */
export function absentPage(c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  return c.page({
    title: t.problemAbsentTitle,
    shape: 'card',
    status: 400,
    body: errorBody(c, t.problemAbsentText, wayOn(c)),
  });
}

/** The form came without one of the two decisions. */
export function undecidedPage(c: SignedInContext, token: string): Promise<Response> {
  const t = c.messages(messages);
  const again = `${c.path}?${new URLSearchParams({ oauth_token: token })}`;
  return c.page({
    title: t.problemOtherTitle,
    shape: 'card',
    status: 400,
    body: errorBody(c, t.decisionAbsent, buttonRow(linkButton(c, again, t.openRequest))),
  });
}

/** There is nothing to decide here: what was decided before can be looked at. */
function wayOn(c: SignedInContext): Html {
  return buttonRow(linkButton(c, ACCESS_PATH, c.messages(messages).seeAccess));
}

/** Who asked, while the request is still remembered. */
async function askerName(provider: ProviderContext, token: string): Promise<string | null> {
  const requestToken = await provider.storage.requestTokens.find(tokenHash(token));
  if (requestToken === null) return null;
  return (await provider.storage.consumers.find(requestToken.consumerKey))?.name ?? null;
}
