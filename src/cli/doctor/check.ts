/** What a check of the doctor is: a name, and a question to the installation with one finding for an answer. */
import type { UsageReport } from '../../administration/index.ts';
import type { Consumer, Storage } from '../../model/index.ts';
import type { OpenSchema } from '../../server/index.ts';
import type { Settings } from '../../settings/index.ts';
import type { PublicAnswer } from './ask-public-url.ts';

/** How a check went. `skipped`: it could not be made, and the finding says why. */
export type CheckState = 'ok' | 'warning' | 'failed' | 'skipped';

/** What a check found. */
export interface Finding {
  readonly state: CheckState;
  /** What is the case, in one sentence. */
  readonly finding: string;
  /** What to do about it; null where there is nothing to do. */
  readonly advice: string | null;
}

/** What the checks look at. Nothing of it is changed by them. */
export interface Patient {
  readonly settings: Settings;
  /** Seconds since 1970. */
  readonly now: number;
  /** The database as it is; null if there is none, or if it cannot be opened. */
  readonly database: Pick<OpenSchema, 'status' | 'health'> | null;
  /** Why what is there cannot be used, in a sentence; null if it can, or if nothing is there. */
  readonly trouble: string | null;
  /** What is kept; null unless the database is there and its schema up to date. */
  readonly storage: Storage | null;
  /** Every consumer with its last use; empty without storage. */
  readonly consumers: readonly { readonly consumer: Consumer; readonly lastUsedAt: number | null }[];
  /** Accepted requests of the last `USED_DAYS`; null without storage. */
  readonly usage: UsageReport | null;
  /** What the public URL answers; asked once. */
  readonly publicAnswer: PublicAnswer;
  /** A client at the public URL can choose the name that `userHeader` says. */
  readonly passesClaimedName: boolean;
}

/** A consumer, method or exception that nobody used for so many days counts as unused. */
export const USED_DAYS = 90;

/** One line of the doctor's list. */
export interface DoctorCheck {
  readonly name: string;
  examine(patient: Patient): Finding | Promise<Finding>;
}

/** All is well. */
export function ok(finding: string): Finding {
  return { state: 'ok', finding, advice: null };
}

/** It works, but it should not stay like this. */
export function warning(finding: string, advice: string): Finding {
  return { state: 'warning', finding, advice };
}

/** It does not work, or is not safe. */
export function failed(finding: string, advice: string): Finding {
  return { state: 'failed', finding, advice };
}

/** It could not be looked at. */
export function skipped(reason: string): Finding {
  return { state: 'skipped', finding: reason, advice: null };
}

/** Names in a sentence, the first few of many. */
export function listed(names: readonly string[]): string {
  const MOST = 8;
  const shown = names.slice(0, MOST).join(', ');
  return names.length > MOST ? `${shown} and ${names.length - MOST} more` : shown;
}
