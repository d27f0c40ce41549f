/**
 * Changes of a registered consumer. Every change expects the record as its author saw it: if somebody else was
 * faster, it is refused and nothing is overwritten. `updatedAt` therefore grows with each change, even within
 * one second. The key never changes, nor does the kind of credential.
 */
import { equalInConstantTime, nowSeconds } from '../base/index.ts';
import type { Consumer, ConsumerCredential } from '../model/index.ts';
import { auditEvent, consumerRecord, joinedNote } from './audit-record.ts';
import { type ConsumerChanges, consumerFields, readConsumerTraits } from './consumer-fields.ts';
import type { AdministrationContext } from './context.ts';
import { type CredentialInput, credentialNote, readCredential } from './credential.ts';
import { Findings, refusal } from './mistake.ts';
import type { Registered } from './register-consumer.ts';
import { readReason } from './text-field.ts';

/** What to change. */
export interface ConsumerEdit extends ConsumerChanges {
  /** Text of another public key, which replaces the present one at once. Left out or unchanged: it stays. */
  readonly publicKey?: string | undefined;
  /** Why, for the audit log. */
  readonly reason?: string | undefined;
}

/** How to replace a credential. */
export interface Rotation {
  readonly credential: CredentialInput;
  /** How long the old credential stays valid; 0 ends it at once. @defaultValue 7 days */
  readonly overlapSeconds?: number | undefined;
  /** `updatedAt` of the record that was looked at, so that one form never rotates twice; null: whatever it is. */
  readonly expectedUpdatedAt?: number | null;
}

/** How long a replaced credential stays valid unless something else is asked for, in seconds. */
export const DEFAULT_OVERLAP_SECONDS = 7 * 86_400;

/** The longest overlap, in days. */
export const MAXIMUM_OVERLAP_DAYS = 90;

/**
 * Edits a consumer.
 * @param expectedUpdatedAt `updatedAt` of the record that the change was made on; null: whatever it is now
 * @param mark what the audit entry is marked with
 * @throws {Refused} with every mistake; `changed-meanwhile` if the record is another by now
 */
export async function editConsumer(
  context: AdministrationContext,
  key: string,
  { reason: why, ...edit }: ConsumerEdit,
  expectedUpdatedAt: number | null,
  actor: string,
  mark: string | null = null,
): Promise<Consumer> {
  const present = await findConsumer(context, key);
  const findings = new Findings();
  const reason = readReason(why, findings);
  const credential = readEditedCredential(context, present, edit.publicKey, findings);
  const fields = consumerFields(present);
  const traits = await readConsumerTraits(context, edit, fields, present.credential.kind, findings);
  findings.refuse();

  const isReplaced = credential !== present.credential;
  const next: Consumer = {
    ...present,
    ...traits,
    credential,
    retiring: isReplaced ? null : present.retiring,
    updatedAt: nextUpdatedAt(context, present),
  };
  const weakness = isReplaced ? credentialNote(credential, nowSeconds(context.clock)) : null;
  const note = joinedNote(weakness, mark, reason);
  return replace(context, present, next, expectedUpdatedAt, { actor, action: 'consumer.edit', note });
}

/**
 * Gives a consumer a new credential of the same kind; the old one stays valid for the overlap. A credential that
 * was retiring already ends now.
 * @throws {Refused} with every mistake
 */
export async function rotateConsumer(
  context: AdministrationContext,
  key: string,
  rotation: Rotation,
  actor: string,
): Promise<Registered> {
  const present = await findConsumer(context, key);
  const findings = new Findings();
  const overlap = rotation.overlapSeconds ?? DEFAULT_OVERLAP_SECONDS;
  if (!(overlap >= 0 && overlap <= MAXIMUM_OVERLAP_DAYS * 86_400)) {
    findings.add('overlap', 'overlap-range', { maximum: MAXIMUM_OVERLAP_DAYS });
  }
  const accepted = readReplacement(context, present, rotation.credential, findings);
  findings.refuse();

  const { credential, generated } = accepted!;
  const validUntil = nowSeconds(context.clock) + Math.floor(overlap);
  const next: Consumer = {
    ...present,
    credential,
    retiring: overlap === 0 ? null : { credential: present.credential, validUntil },
    updatedAt: nextUpdatedAt(context, present),
  };
  const note = credentialNote(credential, nowSeconds(context.clock));
  const expected = rotation.expectedUpdatedAt ?? null;
  const why = { actor, action: 'consumer.rotate', note } as const;
  const consumer = await replace(context, present, next, expected, why);
  return { consumer, secret: generated };
}

/** The consumer under a key. @throws {Refused} `not-found` */
export async function findConsumer(context: AdministrationContext, key: string): Promise<Consumer> {
  const consumer = await context.storage.consumers.find(key);
  if (consumer === null) throw refusal('key', 'not-found', { text: key });
  return consumer;
}

async function replace(
  context: AdministrationContext,
  present: Consumer,
  next: Consumer,
  expectedUpdatedAt: number | null,
  why: {
    readonly actor: string;
    readonly action: 'consumer.edit' | 'consumer.rotate';
    readonly note: string | null;
  },
): Promise<Consumer> {
  const now = nowSeconds(context.clock);
  const event = auditEvent(context, why.actor, why.action, present.key, {
    before: consumerRecord(present, now),
    after: consumerRecord(next, now),
    note: why.note,
  });
  const isDone = await context.storage.consumers.update(next, expectedUpdatedAt ?? present.updatedAt, event);
  if (!isDone) throw refusal('record', 'changed-meanwhile');
  return next;
}

function readEditedCredential(
  context: AdministrationContext,
  present: Consumer,
  publicKey: string | undefined,
  findings: Findings,
): ConsumerCredential {
  if (publicKey === undefined) return present.credential;
  if (present.credential.kind !== 'public-key') {
    findings.add('publicKey', 'credential-kind');
    return present.credential;
  }
  const accepted = readCredential(context, { kind: 'public-key', text: publicKey }, findings);
  const isOther = accepted !== null && !isSameCredential(accepted.credential, present.credential);
  return isOther ? accepted.credential : present.credential;
}

function readReplacement(
  context: AdministrationContext,
  present: Consumer,
  input: CredentialInput,
  findings: Findings,
) {
  const field = input.kind === 'public-key' ? 'publicKey' : 'secret';
  const kind = input.kind === 'public-key' ? 'public-key' : 'shared-secret';
  if (kind !== present.credential.kind) {
    findings.add(field, 'credential-kind');
    return null;
  }
  const accepted = readCredential(context, input, findings);
  if (accepted !== null && isSameCredential(accepted.credential, present.credential)) {
    findings.add(field, 'same-credential');
  }
  return accepted;
}

function isSameCredential(one: ConsumerCredential, other: ConsumerCredential): boolean {
  if (one.kind === 'public-key') return other.kind === 'public-key' && one.spki === other.spki;
  return other.kind === 'shared-secret' && equalInConstantTime(one.secret.reveal(), other.secret.reveal());
}

function nextUpdatedAt(context: AdministrationContext, present: Consumer): number {
  return Math.max(nowSeconds(context.clock), present.updatedAt + 1);
}
