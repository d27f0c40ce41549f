/**
 * One's own second factor: on with a first code, new recovery codes, off. The secret stands in the page that shows
 * it and comes back with the form: nothing is kept before the first code was right.
 */
import {
  AccountRefused,
  disableSecondFactor,
  enableSecondFactor,
  renewRecoveryCodes,
  type SecondFactorContext,
} from '../../../accounts/index.ts';
import { Secret } from '../../../base/index.ts';
import type { SecondFactor } from '../../../model/index.ts';
import {
  badge,
  buttonRow,
  copyBlock,
  errorSummary,
  type FieldError,
  facts,
  type Html,
  hiddenField,
  html,
  linkButton,
  moment,
  notice,
  number,
  type PageRoute,
  passwordField,
  postForm,
  type SignedInContext,
  submitButton,
  textField,
} from '../../../web/index.ts';
import { accountErrors, messages } from '../messages.ts';
import { ACCOUNT_PATH, SECOND_FACTOR_PATH } from '../paths.ts';
import { secondFactorMessages } from './messages.ts';
import { ownNews } from './news.ts';
import { qrPicture } from './picture.ts';

/** With the password: `act` says what. */
const CHANGE_PATH = `${SECOND_FACTOR_PATH}/change`;

/** The routes. They are open to administrators who need a second factor and have none yet. */
export function secondFactorRoutes(accounts: SecondFactorContext): readonly PageRoute[] {
  const shared = { access: 'user', withoutSecondFactor: true } as const;
  return [
    {
      ...shared,
      method: 'GET',
      path: SECOND_FACTOR_PATH,
      handle: (c: SignedInContext) => statePage(accounts, c),
    },
    {
      ...shared,
      method: 'POST',
      path: SECOND_FACTOR_PATH,
      handle: (c: SignedInContext) => turnOn(accounts, c),
    },
    {
      ...shared,
      method: 'GET',
      path: CHANGE_PATH,
      handle: (c: SignedInContext) => c.redirect(SECOND_FACTOR_PATH),
    },
    { ...shared, method: 'POST', path: CHANGE_PATH, handle: (c: SignedInContext) => change(accounts, c) },
  ];
}

/** What went wrong, and the secret that the form had. */
interface Retry {
  readonly errors: readonly FieldError[];
  readonly secret?: string;
}

async function statePage(
  accounts: SecondFactorContext,
  c: SignedInContext,
  { errors, secret }: Retry = { errors: [] },
): Promise<Response> {
  const t = c.messages(secondFactorMessages);
  const { user } = c.viewer;
  const factor = await accounts.storage.secondFactors.find(user.name);
  const offered = secret === undefined ? accounts.codes.createSecret() : new Secret(secret);
  return c.page({
    title: t.title,
    section: 'account',
    breadcrumbs: [{ label: c.messages(messages).accountTitle, path: ACCOUNT_PATH }],
    lead: t.lead,
    status: errors.length > 0 ? 422 : 200,
    body: html`${errorSummary(c, errors)}${await ownNews(accounts, c)}${
      factor !== null
        ? present(c, factor, errors)
        : user.passwordHash === null
          ? html`<p>${t.elsewhere}</p>`
          : enrolment(c, offered, accounts.codes.address(offered, user.name, c.installationName), errors)
    }`,
  });
}

function enrolment(c: SignedInContext, secret: Secret, address: string, errors: readonly FieldError[]): Html {
  const t = c.messages(secondFactorMessages);
  return html`<section aria-labelledby="turn-on"><h2 id="turn-on">${t.turnOnTitle}</h2>
<p>${t.scan}</p>${qrPicture(address, t.scanLabel)}
<p>${t.typeSecret}</p>${copyBlock(c, secret.reveal(), t.typeSecret)}
${postForm(
  c,
  SECOND_FACTOR_PATH,
  html`${hiddenField('username', c.viewer.user.name)}${hiddenField('secret', secret.reveal())}
${codeField(c, t.codeHelp, errors)}
${passwordField(c, { name: 'password', label: t.password, autocomplete: 'current-password', errors })}
${buttonRow(submitButton(t.turnOn))}`,
)}</section>`;
}

function codeField(c: SignedInContext, help: string, errors: readonly FieldError[]): Html {
  const t = c.messages(secondFactorMessages);
  return textField(c, {
    name: 'code',
    label: t.code,
    help,
    value: '',
    autocomplete: 'one-time-code',
    errors,
  });
}

function present(c: SignedInContext, factor: SecondFactor, errors: readonly FieldError[]): Html {
  const t = c.messages(secondFactorMessages);
  return html`${facts(
    [t.state, badge('good', t.stateOn)],
    [t.since, moment(c, factor.createdAt)],
    [t.codesLeft, number(c, factor.recoveryHashes.length)],
  )}
<section aria-labelledby="change"><h2 id="change">${t.changeTitle}</h2>
<ul><li>${t.renewText}</li><li>${t.turnOffText}</li></ul>
${postForm(
  c,
  CHANGE_PATH,
  html`${hiddenField('username', c.viewer.user.name)}
${passwordField(c, { name: 'password', label: t.password, autocomplete: 'current-password', errors })}
${buttonRow(
  html`<button class="button is-primary" name="act" value="renew">${t.renew}</button>`,
  html`<button class="button is-danger" name="act" value="off">${t.turnOff}</button>`,
)}`,
)}</section>`;
}

async function turnOn(accounts: SecondFactorContext, c: SignedInContext): Promise<Response> {
  const secret = c.field('secret');
  return answering(accounts, c, { secret }, async () => {
    const codes = await enableSecondFactor(accounts, {
      ...credentials(c),
      secret,
      code: c.field('code'),
      clientAddress: c.clientAddress,
      sessionHash: c.viewer.session.hash,
    });
    const t = c.messages(secondFactorMessages);
    return codesPage(c, codes, t.onTitle, t.onLead);
  });
}

function change(accounts: SecondFactorContext, c: SignedInContext): Promise<Response> {
  const t = c.messages(secondFactorMessages);
  return answering(accounts, c, {}, async () => {
    if (c.field('act') !== 'off') {
      const codes = await renewRecoveryCodes(accounts, credentials(c));
      return codesPage(c, codes, t.renewedTitle, t.renewedLead);
    }
    await disableSecondFactor(accounts, credentials(c));
    return c.redirect(SECOND_FACTOR_PATH, t.turnedOff);
  });
}

async function answering(
  accounts: SecondFactorContext,
  c: SignedInContext,
  kept: { readonly secret?: string },
  act: () => Promise<Response>,
): Promise<Response> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof AccountRefused)) throw error;
    return statePage(accounts, c, { ...kept, errors: accountErrors(c, error) });
  }
}

function credentials(c: SignedInContext) {
  return { userName: c.viewer.user.name, password: c.form.get('password') ?? '' };
}

/** Part of the answer to the form, and of nothing that could be opened again. */
function codesPage(
  c: SignedInContext,
  codes: readonly string[],
  title: string,
  lead: string,
): Promise<Response> {
  const t = c.messages(secondFactorMessages);
  return c.page({
    title,
    section: 'account',
    breadcrumbs: [{ label: t.title, path: SECOND_FACTOR_PATH }],
    body: html`<p>${lead}</p>${notice('warning', html`<strong>${t.recoveryOnce}</strong> ${t.recoveryText}`)}
<h2>${t.recoveryTitle}</h2>${copyBlock(c, codes.join('\n'), t.recoveryTitle)}
<p>${linkButton(c, ACCOUNT_PATH, t.done, 'primary')}</p>`,
  });
}
