/** What administrators and users changed: written together with the change itself, in one transaction. */

/** Kinds of audited actions, `object.verb`. */
export const AUDIT_ACTIONS = [
  'consumer.add',
  'consumer.edit',
  'consumer.remove',
  'consumer.rotate',
  'service-provider.add',
  'service-provider.edit',
  'service-provider.remove',
  'service-provider.test',
  'installation.edit',
  'installation.rotate',
  'user.add',
  'user.edit',
  'user.disable',
  'user.enable',
  'user.remove',
  'user.password',
  'user.login',
  'second-factor.add',
  'second-factor.renew',
  'second-factor.recover',
  'second-factor.remove',
  'token.approve',
  'token.deny',
  'token.issue',
  'token.renew',
  'token.revoke',
  'connection.add',
  'connection.renew',
  'connection.die',
  'connection.remove',
  'api-key.add',
  'api-key.remove',
  'dashboard.add',
  'dashboard.edit',
  'dashboard.remove',
  'gadget.add',
  'gadget.update',
  'gadget.remove',
  'gadget.hide',
  'gadget.show',
  'gadget-feed.add',
  'gadget-feed.refresh',
  'gadget-feed.remove',
  'allow-list.add',
  'allow-list.remove',
  'data.export',
  'data.import',
  'data.restore',
  'data.rotate-key',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Stands for the user in an entry about everybody's access. */
export const EVERY_USER = 'every user';

/** Stands for the consumer in an entry about access of whichever application. */
export const EVERY_CONSUMER = 'every consumer';

/** One entry of the audit log. */
export interface AuditEvent {
  readonly at: number;
  /** Who did it: a user name, or `cli`, `set-up`, `system`. */
  readonly actor: string;
  readonly action: AuditAction;
  /** What it was done to: a consumer key, user name, provider name or token id. */
  readonly object: string;
  /** Fields before the change; no secrets, ever. */
  readonly before: Readonly<Record<string, unknown>> | null;
  /** Fields after the change; no secrets, ever. */
  readonly after: Readonly<Record<string, unknown>> | null;
  /** Why it deserves attention (`weak-key`), or null. */
  readonly note: string | null;
}

/** An entry as it is read back. */
export interface RecordedAuditEvent extends AuditEvent {
  readonly id: number;
}

/** What an entry is searched by: who, what, the object and the note; of access also whose it is, and to which consumer. */
export function searchedTexts({
  actor,
  action,
  object,
  note,
  before,
  after,
}: Omit<AuditEvent, 'at'>): readonly (string | null)[] {
  const { user, consumer } = action.startsWith('token.') ? { ...before, ...after } : {};
  const whose = [user, consumer].filter((text) => typeof text === 'string');
  return [actor, action, object, note, ...whose];
}
