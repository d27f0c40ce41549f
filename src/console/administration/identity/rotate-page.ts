/**
 * Rotation of our own key: asked first, with what the administrators of others must do. While a rotation is under way
 * the page asks whether its key shall take over now, because that is all that can be done then.
 */
import {
  DEFAULT_OVERLAP_SECONDS,
  installationKeyFacts,
  MAXIMUM_OVERLAP_DAYS,
  rotateInstallationKey,
} from '../../../administration/index.ts';
import { publishedKey } from '../../../model/index.ts';
import {
  absoluteMoment,
  confirmation,
  errorSummary,
  type FieldError,
  fill,
  hiddenField,
  html,
  type SignedInContext,
  textField,
} from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { attempt } from '../form-errors.ts';
import { identityMessages } from './messages.ts';
import { IDENTITY_PATH, readIdentity } from './read-identity.ts';

const DAY = 86_400;

/** Where the key is rotated. */
export const ROTATE_PATH = `${IDENTITY_PATH}/rotate`;

/** Answers with the question. */
export function rotatePage(deps: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  return questionPage(deps, c, String(DEFAULT_OVERLAP_SECONDS / DAY), []);
}

/** Rotates. The form expects the key it was made for, so sending it twice rotates once. */
export async function rotate(deps: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(identityMessages);
  const days = c.field('overlap');
  const overlapSeconds = /^\d{1,4}$/u.test(days) ? Number(days) * DAY : Number.NaN;
  const rotation = { overlapSeconds, expectedKey: c.form.get('publishedKey') ?? '' };
  const { done, errors } = await attempt(c, () =>
    rotateInstallationKey(deps.administration, rotation, c.viewer.user.name),
  );
  if (done === null) return questionPage(deps, c, days, errors.list);
  const { next } = done;
  const said = next === null ? t.tookOver : fill(t.rotated, { when: absoluteMoment(c, next.activatesAt) });
  return c.redirect(IDENTITY_PATH, said);
}

async function questionPage(
  deps: AdministrationDependencies,
  c: SignedInContext,
  overlap: string,
  errors: readonly FieldError[],
): Promise<Response> {
  const t = c.messages(identityMessages);
  const installation = await readIdentity(deps);
  const isUnderWay = installationKeyFacts(installation, c.now).next !== null;
  const expected = hiddenField('publishedKey', publishedKey(installation));
  const overlapField = isUnderWay
    ? hiddenField('overlap', '0')
    : textField(c, {
        name: 'overlap',
        label: t.overlap,
        help: fill(t.overlapHelp, { maximum: MAXIMUM_OVERLAP_DAYS }),
        value: overlap,
        errors,
        type: 'number',
      });
  return c.page({
    title: isUnderWay ? t.takeOverTitle : t.rotateTitle,
    section: 'consumer-info',
    breadcrumbs: [{ label: t.title, path: IDENTITY_PATH }],
    status: errors.length === 0 ? 200 : 422,
    body: html`${errorSummary(c, errors)}${confirmation(c, {
      consequences: isUnderWay
        ? html`<p><strong>${t.takeOverConsequence}</strong></p><p>${t.othersFetch}</p>`
        : html`<p><strong>${t.rotateConsequence}</strong></p><p>${t.othersFetch}</p><p>${t.newcomers}</p>`,
      action: ROTATE_PATH,
      fields: html`${expected}${overlapField}`,
      confirmLabel: isUnderWay ? t.takeOver : t.rotate,
      cancelPath: IDENTITY_PATH,
      cancelLabel: t.keepKey,
    })}`,
  });
}
