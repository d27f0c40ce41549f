/** What every use case of dashboards and gadgets is given, and what it knows of this installation's own gadgets. */
import { type Clock, nowSeconds, type RandomSource } from '../base/index.ts';
import type { AuditAction, AuditEvent, Storage } from '../model/index.ts';

/** A title and a description in one language. */
export interface GadgetTexts {
  readonly title: string;
  readonly description: string;
}

/** A gadget that this installation publishes itself: its spec is code, so it needs no record. */
export interface OwnGadget {
  /** Names it in settings and addresses. */
  readonly name: string;
  /** Below our own public URL. */
  readonly specUrl: string;
  readonly xml: string;
  /** Message bundles by their absolute addresses. */
  readonly bundles: Readonly<Record<string, string>>;
  readonly english: GadgetTexts;
  /** Other languages, by their code. */
  readonly texts: Readonly<Record<string, GadgetTexts>>;
  readonly thumbnailUrl: string | null;
  readonly categories: readonly string[];
  /** Whether it needs to be an administrator to show anything. */
  readonly isForAdministrators: boolean;
}

/** The surroundings of a use case. */
export interface GadgetsContext {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly publicUrl: string;
  readonly ownGadgets: readonly OwnGadget[];
}

/** Who looks at or changes something. */
export interface Viewer {
  readonly name: string;
  readonly isAdministrator: boolean;
}

/** An entry of the audit log of this moment. */
export function eventOf(
  { clock }: Pick<GadgetsContext, 'clock'>,
  actor: string,
  action: AuditAction,
  object: string,
  fields: Partial<Pick<AuditEvent, 'before' | 'after' | 'note'>> = {},
): AuditEvent {
  return { at: nowSeconds(clock), actor, action, object, before: null, after: null, note: null, ...fields };
}

/** The next `updatedAt` of a record: it grows with each change, even within one second. */
export function nextUpdatedAt({ clock }: Pick<GadgetsContext, 'clock'>, present: number): number {
  return Math.max(nowSeconds(clock), present + 1);
}
