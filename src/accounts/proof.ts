/**
 * Proving anew who one is, before what gives somebody lasting access: a browser that was left open, or a cookie that
 * was stolen, must not be enough to make an administrator, to take over another user, or to make a key that outlives
 * the session. A login counts for a while, so that whoever has just come is asked for nothing. People whom a provider
 * vouches for have no password here: theirs is to log in there again.
 */
import { nowSeconds } from '../base/index.ts';
import type { AccountsContext } from './context.ts';
import { countCodeTry } from './log-in-with-code.ts';
import { AccountRefused } from './mistakes.ts';
import { type SecondFactorContext, takeCode } from './second-factor.ts';
import type { SignedIn } from './sessions.ts';
import { confirmPassword } from './users.ts';

/** How long a proof counts, the login included. */
export const PROOF_SECONDS = 1800;

/** As an authenticator shows it; no password is so short. */
const CODE = /^\d{3} ?\d{3}$/;

/** Whether the last proof is too long ago. */
export function needsProof({ clock }: Pick<AccountsContext, 'clock'>, { session }: SignedIn): boolean {
  return session.provenAt + PROOF_SECONDS <= nowSeconds(clock);
}

/**
 * Makes sure that whoever is at the browser has proved lately who they are, or does so with this.
 * @param proof their own password, or a code of their authenticator; looked at only where it is needed
 * @throws {AccountRefused} in the field 'proof'
 */
export async function prove(context: SecondFactorContext, viewer: SignedIn, proof: string): Promise<void> {
  if (!needsProof(context, viewer)) return;
  const { user, session } = viewer;
  if (user.passwordHash === null) throw refused('proof-elsewhere');
  if (proof.trim() === '') throw refused('proof-missing');
  await (CODE.test(proof.trim())
    ? proveByCode(context, viewer, proof.trim())
    : proveByPassword(context, viewer, proof));
  await context.storage.sessions.noteProof(session.hash, nowSeconds(context.clock));
}

async function proveByCode(context: SecondFactorContext, { user }: SignedIn, code: string): Promise<void> {
  const factor = await context.storage.secondFactors.find(user.name);
  if (factor === null) throw refused('proof-wrong');
  if (!(await countCodeTry(context, user))) throw refused('too-many-attempts');
  if ((await takeCode(context, user, factor, code)) === null) throw refused('proof-wrong');
}

async function proveByPassword(
  context: AccountsContext,
  { user }: SignedIn,
  password: string,
): Promise<void> {
  try {
    await confirmPassword(context, user, password, 'proof');
  } catch (error) {
    const isWrong = error instanceof AccountRefused && error.mistakes[0]?.code === 'password-wrong';
    throw isWrong ? refused('proof-wrong') : error;
  }
}

function refused(
  code: 'proof-missing' | 'proof-wrong' | 'proof-elsewhere' | 'too-many-attempts',
): AccountRefused {
  return new AccountRefused([{ field: 'proof', code }]);
}
