/**
 * Who is at the browser proves anew who they are, before what gives somebody lasting access (see `prove`): a field in
 * the very form, so that nothing that was typed is lost on the way. There is none while the login is young.
 */
import { AccountRefused, needsProof, prove, type SecondFactorContext } from '../accounts/index.ts';
import {
  type Content,
  type FieldError,
  html,
  notice,
  passwordField,
  type SignedInContext,
} from '../web/index.ts';
import { accountErrors } from './people/messages.ts';
import { PROVIDER_LOGIN_PATH } from './people/paths.ts';
import { proofMessages } from './proof-messages.ts';

/** What the field needs to know of its form. */
export interface ProofOptions {
  readonly errors: readonly FieldError[];
  /** It is looked at only with some choice of the form, which this sentence names. */
  readonly when?: string;
}

/** The field; nothing while none is needed. */
export function proofField(
  accounts: SecondFactorContext,
  c: SignedInContext,
  { errors, when }: ProofOptions,
): Content {
  if (!needsProof(accounts, c.viewer)) return '';
  const t = c.messages(proofMessages);
  if (c.viewer.user.passwordHash === null) return elsewhere(c);
  return passwordField(c, {
    name: 'proof',
    label: t.label,
    help: when === undefined ? t.help : html`${when} ${t.help}`,
    isConditional: when !== undefined,
    autocomplete: 'current-password',
    errors,
  });
}

/** Looks at the field; gives what is wrong about it. */
export async function proofErrors(
  accounts: SecondFactorContext,
  c: SignedInContext,
): Promise<readonly FieldError[]> {
  try {
    await prove(accounts, c.viewer, c.form.get('proof') ?? '');
    return [];
  } catch (error) {
    if (error instanceof AccountRefused) return accountErrors(c, error);
    throw error;
  }
}

/** For people without a password here: where they log in again, and come back to this form. */
function elsewhere(c: SignedInContext): Content {
  const t = c.messages(proofMessages);
  const next = c.query.size === 0 ? c.path : `${c.path}?${c.query}`;
  const path = `${PROVIDER_LOGIN_PATH}?${new URLSearchParams({ next })}`;
  return html`<div id="proof" tabindex="-1">${notice(
    'info',
    html`<p>${t.elsewhere} <a href="${c.url(path)}">${t.logInAgain}</a></p>`,
  )}</div>`;
}
