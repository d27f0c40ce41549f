/** The second step of a login: the code. What the first step gave travels in the form; nothing is kept meanwhile. */
import {
  type AccountsContext,
  logInWithCode,
  logOut,
  type SecondFactorContext,
} from '../../../accounts/index.ts';
import {
  buttonRow,
  count,
  errorSummary,
  type FieldError,
  hiddenField,
  html,
  linkButton,
  nameIn,
  type PageContext,
  type PageRoute,
  postForm,
  submitButton,
  textField,
} from '../../../web/index.ts';
import { destination } from '../destination.ts';
import { messages } from '../messages.ts';
import { CODE_PATH, loginAgain } from '../paths.ts';
import { secondFactorMessages } from './messages.ts';
import { newsForTicket } from './news.ts';

/** The routes of the second step. */
export function codeRoutes(accounts: SecondFactorContext): readonly PageRoute[] {
  const shared = { path: CODE_PATH, access: 'anyone', inPopup: true } as const;
  return [
    {
      ...shared,
      method: 'GET',
      handle: (c: PageContext) => c.redirect(loginAgain(c.query.get('next') ?? '')),
    },
    { ...shared, method: 'POST', handle: (c: PageContext) => tryCode(accounts, c) },
  ];
}

/** What the form carries from the first step. */
export interface SecondStep {
  readonly ticket: string;
  readonly next: string;
}

/** Asks for the code. */
export async function codePage(
  accounts: AccountsContext,
  c: PageContext,
  { ticket, next }: SecondStep,
  refusal: {
    readonly errors: readonly FieldError[];
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
  } = { errors: [], status: 200 },
): Promise<Response> {
  const t = c.messages(secondFactorMessages);
  const { errors } = refusal;
  return c.page({
    ...refusal,
    title: t.askTitle,
    lead: t.askLead,
    shape: 'card',
    body: html`${errorSummary(c, errors)}${await newsForTicket(accounts, c, ticket)}${postForm(
      c,
      CODE_PATH,
      html`${hiddenField('ticket', ticket)}${hiddenField('next', next)}
${textField(c, { name: 'code', label: t.code, value: '', autocomplete: 'one-time-code', errors, isFirst: errors.length === 0 })}
${buttonRow(submitButton(t.logIn))}`,
    )}<div class="other-way"><p>${t.codeLost}</p><p><a href="${c.url(loginAgain(next))}">${t.asSomebodyElse}</a></p></div>`,
  });
}

async function tryCode(accounts: SecondFactorContext, c: PageContext): Promise<Response> {
  const t = c.messages(secondFactorMessages);
  const step = { ticket: c.field('ticket'), next: c.field('next') };
  const outcome = await logInWithCode(accounts, {
    ...step,
    code: c.field('code'),
    clientAddress: c.clientAddress,
    namedByProxy: nameIn(c.word),
  });
  switch (outcome.kind) {
    case 'signed-in':
      await logOut(accounts, c.sessionCookie);
      return c.signIn(
        outcome.cookie,
        destination(step.next, outcome.user.isAdministrator),
        codesLeft(c, outcome.recoveryCodesLeft),
      );
    case 'refused':
      return codePage(accounts, c, step, { errors: [{ field: 'code', message: t.refused }], status: 401 });
    case 'limited': {
      const minutes = Math.ceil(outcome.retryAfterSeconds / 60);
      const errors = [{ field: '', message: count(c, c.messages(messages).logInLimited, minutes) }];
      const headers = { 'Retry-After': String(outcome.retryAfterSeconds) };
      return codePage(accounts, c, step, { errors, status: 429, headers });
    }
    case 'lapsed':
      return c.page({
        title: t.lapsedTitle,
        lead: t.lapsed,
        shape: 'card',
        status: 401,
        body: buttonRow(linkButton(c, loginAgain(step.next), t.toLogin, 'primary')),
      });
  }
}

/** A recovery code is gone with its use: they are told before the last one is. */
function codesLeft(c: PageContext, left: number | null): string | undefined {
  if (left === null) return undefined;
  const t = c.messages(secondFactorMessages);
  return left === 0 ? t.recoveredLast : count(c, t.recovered, left);
}
