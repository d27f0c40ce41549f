/**
 * Turns what a command threw into sentences for the person who typed it. It knows the errors of every part, so it is
 * loaded only once there is one to tell.
 */
import { ACCOUNT_MISTAKES, AccountRefused } from '../accounts/index.ts';
import { mistakeSentence, Refused } from '../administration/index.ts';
import {
  ConnectionNeedsApproval,
  ProviderAnswerRefused,
  ProviderUnreachable,
  RequestNotAllowed,
} from '../consumer/index.ts';
import { GADGET_MISTAKES, GadgetsRefused } from '../gadgets/index.ts';
import { DumpRefused } from '../jira-import/index.ts';
import { KeyRefused, StorageUnavailable, TransferRefused } from '../model/index.ts';
import { StartRefused } from '../server/index.ts';
import { SettingsRefused } from '../settings/index.ts';
import { ConsumerInformationRefused, OutboundRefused } from '../web/index.ts';
import { CommandRefused } from './refusals.ts';

/** One sentence for each thing that was wrong. */
export function refusalSentences(error: unknown): readonly string[] {
  if (error instanceof SettingsRefused || error instanceof TransferRefused) return error.mistakes;
  if (error instanceof AccountRefused) return error.mistakes.map(({ code }) => ACCOUNT_MISTAKES[code]);
  if (error instanceof GadgetsRefused) return error.mistakes.map(({ code }) => GADGET_MISTAKES[code]);
  if (error instanceof Refused) return error.mistakes.map(mistakeSentence);
  if (SPEAKING_ERRORS.some((kind) => error instanceof kind)) return [(error as Error).message];
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
}

/** Errors whose message is a whole sentence for people. */
const SPEAKING_ERRORS = [
  CommandRefused,
  DumpRefused,
  StartRefused,
  StorageUnavailable,
  KeyRefused,
  OutboundRefused,
  ConsumerInformationRefused,
  ConnectionNeedsApproval,
  ProviderAnswerRefused,
  ProviderUnreachable,
  RequestNotAllowed,
];
