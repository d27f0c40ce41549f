/**
 * What is done to a user after a question only: disabling, enabling an administrator, taking the second factor away,
 * removing. The question comes back with what was wrong when it is refused. Nobody takes their own second factor away here, see
 * `resetSecondFactor`.
 */
import { disableUser, enableUser, removeUser, resetSecondFactor } from '../../../accounts/index.ts';
import { listTokens } from '../../../administration/index.ts';
import type { User } from '../../../model/index.ts';
import {
  type Content,
  confirmation,
  count,
  errorSummary,
  type FieldError,
  fill,
  html,
  type PageRoute,
  type SignedInContext,
  textField,
} from '../../../web/index.ts';
import { proofErrors, proofField } from '../../proof.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { change, view } from '../route.ts';
import { userMessages } from './messages.ts';
import { namedUser, refusedBecause, USERS_PATH, userFrame, userPath } from './words.ts';

/** One deed: what is asked before it, and what is done. */
interface Deed {
  readonly page: 'disable' | 'enable' | 'second-factor' | 'remove';
  ask(c: SignedInContext, name: string, errors: readonly FieldError[]): Question | Promise<Question>;
  /** Whether whoever does that to this user proves anew who they are. */
  takesProof?(user: User): boolean;
  /** What was typed into the question that keeps it from being done. */
  mistyped?(c: SignedInContext, name: string): Promise<readonly FieldError[]>;
  act(name: string, actor: string): Promise<unknown>;
  /** The sentence that says that it was done; `returnTo`, the page that says it. */
  readonly done: 'disabledDone' | 'enabledDone' | 'secondFactorDone' | 'removedDone';
  readonly returnTo: (name: string) => string;
}

interface Question {
  readonly title: string;
  readonly consequences: Content;
  readonly confirmLabel: string;
  readonly cancelLabel?: string;
  readonly fields?: Content;
}

/** The routes of each question and of what it asks. */
export function questionRoutes(deps: AdministrationDependencies): PageRoute[] {
  return [disabling(deps), enabling(deps), takingSecondFactorAway(deps), removing(deps)].flatMap((deed) => {
    const path = `${USERS_PATH}/${deed.page}`;
    return [view(path, (c) => askPage(deps, c, deed)), change(path, (c) => answered(deps, c, deed))];
  });
}

async function askPage(
  { accounts }: AdministrationDependencies,
  c: SignedInContext,
  deed: Deed,
  errors: readonly FieldError[] = [],
): Promise<Response> {
  const user = await namedUser(accounts, c);
  const { name } = user;
  const { title, ...asked } = await deed.ask(c, name, errors);
  const proof = deed.takesProof?.(user) ? proofField(accounts, c, { errors }) : '';
  const question = { ...asked, fields: html`${asked.fields ?? ''}${proof}` };
  const action = userPath(deed.page, name);
  return c.page({
    ...userFrame(c, errors, user),
    title,
    body: html`${errorSummary(c, errors)}${confirmation(c, { ...question, action, cancelPath: userPath('edit', name) })}`,
  });
}

async function answered(deps: AdministrationDependencies, c: SignedInContext, deed: Deed): Promise<Response> {
  const user = await namedUser(deps.accounts, c);
  const { name } = user;
  const mistyped = (await deed.mistyped?.(c, name)) ?? [];
  if (mistyped.length > 0) return askPage(deps, c, deed, mistyped);
  const unproven = deed.takesProof?.(user) ? await proofErrors(deps.accounts, c) : [];
  if (unproven.length > 0) return askPage(deps, c, deed, unproven);
  const errors = await refusedBecause(c, () => deed.act(name, c.viewer.user.name));
  if (errors !== null) return askPage(deps, c, deed, errors);
  return c.redirect(deed.returnTo(name), fill(c.messages(userMessages)[deed.done], { name }));
}

function disabling({ accounts }: AdministrationDependencies): Deed {
  return {
    page: 'disable',
    ask(c, name) {
      const t = c.messages(userMessages);
      return {
        title: fill(t.disableTitle, { name }),
        consequences: html`<p>${fill(t.disableText, { name })}</p>`,
        confirmLabel: t.disableSubmit,
      };
    },
    act: (name, actor) => disableUser(accounts, name, actor),
    done: 'disabledDone',
    returnTo: () => USERS_PATH,
  };
}

/** An administrator who left may still know the password. */
function enabling({ accounts }: AdministrationDependencies): Deed {
  return {
    page: 'enable',
    takesProof: ({ isAdministrator }) => isAdministrator,
    ask(c, name) {
      const t = c.messages(userMessages);
      return {
        title: fill(t.enableTitle, { name }),
        consequences: html`<p>${fill(t.enableText, { name })}</p>`,
        confirmLabel: t.enable,
      };
    },
    act: (name, actor) => enableUser(accounts, name, actor),
    done: 'enabledDone',
    returnTo: (name) => userPath('edit', name),
  };
}

function takingSecondFactorAway({ accounts }: AdministrationDependencies): Deed {
  return {
    page: 'second-factor',
    takesProof: () => true,
    ask(c, name) {
      const t = c.messages(userMessages);
      return {
        title: fill(t.secondFactorTitle, { name }),
        consequences: html`<p>${fill(t.secondFactorText, { name })}</p>`,
        confirmLabel: t.secondFactorReset,
      };
    },
    act: (name, actor) => resetSecondFactor(accounts, name, actor),
    done: 'secondFactorDone',
    returnTo: (name) => userPath('edit', name),
  };
}

/** Asks for the name to be typed when applications lose access with the user. */
function removing({ accounts, administration }: AdministrationDependencies): Deed {
  const countTokens = async (userName: string) => {
    const query = { search: '', sort: 'created', descending: true, offset: 0, limit: 1 } as const;
    return (await listTokens(administration, { userName }, query)).total;
  };
  return {
    page: 'remove',
    async ask(c, name, errors) {
      const t = c.messages(userMessages);
      const tokens = await countTokens(name);
      return {
        title: fill(t.removeTitle, { name }),
        consequences: html`<p><strong>${count(c, t.removeText, tokens)}</strong></p><p>${t.removeForGood}</p>`,
        confirmLabel: t.removeSubmit,
        cancelLabel: t.keep,
        ...(tokens > 0 ? { fields: confirmationField(c, name, errors) } : {}),
      };
    },
    async mistyped(c, name) {
      if (c.field('confirmation') === name || (await countTokens(name)) === 0) return [];
      return [{ field: 'confirmation', message: c.messages(userMessages).removeMismatch }];
    },
    act: (name, actor) => removeUser(accounts, name, actor),
    done: 'removedDone',
    returnTo: () => USERS_PATH,
  };
}

function confirmationField(c: SignedInContext, name: string, errors: readonly FieldError[]): Content {
  const t = c.messages(userMessages);
  const help = fill(t.removeTypeHelp, { name });
  return textField(c, {
    name: 'confirmation',
    label: t.removeType,
    help,
    value: c.field('confirmation'),
    errors,
  });
}
