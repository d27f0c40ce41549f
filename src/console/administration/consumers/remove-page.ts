/**
 * Removal of a consumer. The page says how many users lose access; when there are any, the consumer's name has to be
 * typed, so that nobody ends a team's work by a slip of the hand.
 */
import { findConsumer, removeConsumer } from '../../../administration/index.ts';
import type { Consumer } from '../../../model/index.ts';
import {
  confirmation,
  count,
  errorSummary,
  type FieldError,
  fill,
  html,
  type SignedInContext,
  textField,
} from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { CONSUMERS_PATH, consumerMessages, consumerPath } from './words.ts';

/** Answers with the question. */
export async function removePage(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const consumer = await findConsumer(administration, c.query.get('key') ?? '');
  const users = await administration.storage.consumers.countActiveUsers(consumer.key, c.now);
  return questionPage(c, consumer, users, []);
}

/** Removes the consumer, if the name was typed where it is asked for. */
export async function remove(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(consumerMessages);
  const consumer = await findConsumer(administration, c.query.get('key') ?? '');
  const { key, name } = consumer;
  const users = await administration.storage.consumers.countActiveUsers(key, c.now);
  if (users > 0 && !isSameName(c.field('confirmation'), name)) {
    return questionPage(c, consumer, users, [{ field: 'confirmation', message: t.removeMismatch }]);
  }
  const { usersLosingAccess } = await removeConsumer(administration, key, c.viewer.user.name);
  return c.redirect(CONSUMERS_PATH, fill(count(c, t.removed, usersLosingAccess), { name }));
}

/** A name is compared as pages show it: runs of blanks are one, and marks of direction around it are not seen. */
function isSameName(typed: string, name: string): boolean {
  const shown = (text: string) =>
    text
      .replace(/[\u2066-\u2069]/gu, '')
      .replace(/\s+/gu, ' ')
      .trim();
  return shown(typed) === shown(name);
}

function questionPage(
  c: SignedInContext,
  { key, name }: Consumer,
  users: number,
  errors: readonly FieldError[],
): Promise<Response> {
  const t = c.messages(consumerMessages);
  const help = fill(t.removeTypeHelp, { name });
  const consequence = users === 0 ? t.removeNobody : count(c, t.removeUsers, users);
  return c.page({
    title: fill(t.removeTitle, { name }),
    section: 'consumers',
    breadcrumbs: [
      { label: t.title, path: CONSUMERS_PATH },
      { label: name, path: consumerPath('view', key) },
    ],
    status: errors.length === 0 ? 200 : 422,
    body: html`${errorSummary(c, errors)}${confirmation(c, {
      consequences: html`<p><strong>${consequence}</strong></p><p>${t.removeForGood}</p>`,
      action: consumerPath('remove', key),
      fields:
        users === 0
          ? ''
          : textField(c, {
              name: 'confirmation',
              label: t.removeType,
              help,
              value: c.field('confirmation'),
              errors,
            }),
      confirmLabel: t.removeSubmit,
      cancelPath: CONSUMERS_PATH,
      cancelLabel: t.keep,
    })}`,
  });
}
