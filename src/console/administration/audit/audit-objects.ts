/**
 * What entries of the audit log are about, as people know it: consumers and users by name, access by whose it is to which
 * application. The names of all rows are read in two looks; what is gone is told by what its entry itself holds.
 */
import { printable } from '../../../base/index.ts';
import { EVERY_CONSUMER, EVERY_USER, type RecordedAuditEvent, type Storage } from '../../../model/index.ts';
import { type Content, fillHtml, type Html, html, type PageContext, shortened } from '../../../web/index.ts';
import { consumerLink, consumerMention } from '../consumer-mention.ts';
import { pathWith } from '../route.ts';
import { userPath } from '../users/words.ts';
import { valueWords } from './field-words.ts';
import { auditMessages } from './messages.ts';

/** Where the log is. */
export const AUDIT_PATH = '/oauth/admin/audit';

/** Names of what there is now: of consumers by their keys, of users by their user names. */
export interface AuditNames {
  readonly consumers: ReadonlyMap<string, string>;
  readonly users: ReadonlyMap<string, string>;
}

/** Reads the names of what these entries are about. */
export async function auditNames(
  storage: Pick<Storage, 'consumers' | 'users'>,
  events: readonly RecordedAuditEvent[],
): Promise<AuditNames> {
  const subjects = events.map(subjectOf);
  const given = (field: keyof Subject) => [...new Set(subjects.flatMap((subject) => subject[field] ?? []))];
  const [consumers, users] = await Promise.all([
    storage.consumers.namesOf(given('consumer')),
    storage.users.namesOf(given('user')),
  ]);
  return { consumers, users };
}

/** The object of an entry, in the words of its cell. */
export function objectCell(c: PageContext, event: RecordedAuditEvent, names: AuditNames): Content {
  const { action, object } = event;
  const { consumer, user } = subjectOf(event);
  if (isAboutTokens(event)) return accessWords(c, event, names);
  if (consumer !== undefined)
    return consumerMention(c, consumer, { name: names.consumers.get(consumer), formerName: labelOf(event) });
  if (user !== undefined) return userWords(c, user, names);
  if (action.startsWith('service-provider.')) return html`<span class="breakable">${object}</span>`;
  const label = labelOf(event);
  const id = shortened(printable(object));
  return label === undefined ? id : html`${label}<div class="meta">${id}</div>`;
}

/** Fields of an entry that its object's cell tells already. */
export function fieldsTold(event: RecordedAuditEvent): readonly string[] {
  return isAboutTokens(event) ? ['user', 'consumer'] : [];
}

/** The object of an entry about everything that somebody had granted. */
const EVERYTHING = '*';

/** Of whom an entry tells: a consumer's key, a user's name. */
interface Subject {
  readonly consumer?: string | undefined;
  readonly user?: string | undefined;
}

function subjectOf({ action, actor, object, before, after }: RecordedAuditEvent): Subject {
  const ended = object === EVERYTHING ? EVERY_CONSUMER : undefined;
  switch (action) {
    case 'token.issue':
    case 'token.renew':
      return { consumer: textOf(after?.consumer), user: actor };
    case 'token.revoke':
      return { consumer: textOf(before?.consumer) ?? ended, user: textOf(before?.user) ?? actor };
    case 'token.approve':
    case 'token.deny':
      return { consumer: object };
    default:
      if (action.startsWith('consumer.')) return { consumer: object };
      return /^(?:user|second-factor)\./u.test(action) ? { user: object } : {};
  }
}

/** Asking for access comes before any token: then the object is the consumer. */
function isAboutTokens({ action }: RecordedAuditEvent): boolean {
  return action === 'token.issue' || action === 'token.renew' || action === 'token.revoke';
}

/** The application; then for whom, and the token, with a link to all that became of it. */
function accessWords(c: PageContext, event: RecordedAuditEvent, names: AuditNames): Html {
  const t = c.messages(auditMessages);
  const { consumer, user = event.actor } = subjectOf(event);
  const of = fillHtml(t.accessOf, {
    user: user === EVERY_USER ? valueWords(c, 'user', user) : userMention(c, user, names),
  });
  const isOneToken = ![consumer, user, EVERYTHING].includes(event.object);
  const path = pathWith(AUDIT_PATH, { object: event.object });
  return html`${consumer === undefined ? '' : applicationWords(c, consumer, names)}<div class="meta">${of}${
    isOneToken ? html` · <a href="${c.url(path)}">${shortened(printable(event.object))}</a>` : ''
  }</div>`;
}

function applicationWords(c: PageContext, key: string, { consumers }: AuditNames): Content {
  if (key === EVERY_CONSUMER) return valueWords(c, 'consumer', key);
  const name = consumers.get(key);
  return name === undefined ? shortened(printable(key)) : consumerLink(c, key, name);
}

/** The full name, and the user name where that is another word. */
function userWords(c: PageContext, name: string, names: AuditNames): Content {
  const mention = userMention(c, name, names);
  const isTold = [undefined, name].includes(names.users.get(name));
  return isTold ? mention : html`${mention} <span class="meta">${name}</span>`;
}

function userMention(c: PageContext, name: string, { users }: AuditNames): Content {
  const fullName = users.get(name);
  return fullName === undefined ? name : html`<a href="${c.url(userPath('edit', name))}">${fullName}</a>`;
}

/** What an entry calls its object, where it tells of that. */
function labelOf({ before, after }: RecordedAuditEvent): string | undefined {
  const fields = { ...before, ...after };
  return textOf(fields.name) ?? textOf(fields.label) ?? textOf(fields.title) ?? textOf(fields.provider);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
