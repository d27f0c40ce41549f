/**
 * Audit entries for what administrators change: flat fields before and after, only those that differ, credentials
 * by fingerprint or ending. What is not in `consumerRecord` and its like can never reach the log.
 */
import { nowSeconds } from '../base/index.ts';
import type { AuditAction, AuditEvent, Consumer, ConsumerCredential } from '../model/index.ts';
import type { AdministrationContext } from './context.ts';
import { credentialFacts } from './credential-facts.ts';

/** Fields of a record as the log keeps them. */
export type AuditFields = Readonly<Record<string, unknown>>;

/** What an entry says beyond who did what to which object. */
export interface AuditParticulars {
  readonly before: AuditFields | null;
  readonly after: AuditFields | null;
  readonly note?: string | null;
}

/** An entry of this moment; of two full records it keeps only what differs. */
export function auditEvent(
  context: AdministrationContext,
  actor: string,
  action: AuditAction,
  object: string,
  { before, after, note = null }: AuditParticulars,
): AuditEvent {
  const at = nowSeconds(context.clock);
  if (before === null || after === null) return { at, actor, action, object, before, after, note };
  const changed = Object.keys({ ...before, ...after }).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  const pick = (fields: AuditFields) =>
    Object.fromEntries(changed.map((field) => [field, fields[field] ?? null]));
  return { at, actor, action, object, before: pick(before), after: pick(after), note };
}

/** A note of several parts: marks (`weak-key`, `restored`) before sentences, what is null left out; null if all is. */
export function joinedNote(...parts: readonly (string | null)[]): string | null {
  const said = parts.filter((part) => part !== null);
  return said.length === 0 ? null : said.join('; ');
}

/** A consumer as the log keeps it. */
export function consumerRecord(consumer: Consumer, now: number): AuditFields {
  return {
    name: consumer.name,
    description: consumer.description,
    owner: consumer.owner,
    credential: credentialWords(consumer.credential, now),
    retiring: consumer.retiring && credentialWords(consumer.retiring.credential, now),
    retiringUntil: consumer.retiring?.validUntil ?? null,
    callback: consumer.callback,
    legacy10: consumer.legacy10,
    allowPlaintext: consumer.allowPlaintext,
    twoLegged: consumer.twoLegged.allowed,
    executeAs: consumer.twoLegged.executeAs,
    mayImpersonate: consumer.twoLegged.mayImpersonate,
    readOnly: consumer.limits.readOnly,
    paths: consumer.limits.paths,
    baseUrl: consumer.baseUrl,
  };
}

function credentialWords(credential: ConsumerCredential, now: number): string {
  const facts = credentialFacts(credential, now);
  if (facts.kind === 'public-key') return `RSA ${facts.bits} bit, SHA-256 ${facts.fingerprint}`;
  return facts.ending === null ? 'HMAC' : `HMAC …${facts.ending}`;
}
