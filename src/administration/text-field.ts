/**
 * Reading of single text fields: white space around what was pasted is dropped, invisible characters that could
 * make one name look like another (bidirectional overrides, zero-width blanks) are refused, and so are private keys.
 */
import { parseCallbackUri } from '../model/index.ts';
import type { Findings, MistakeField } from './mistake.ts';
import { holdsPrivateKey } from './private-key.ts';

/** Longest name and key, in characters. */
export const NAME_MAXIMUM = 255;

/** Longest description, in characters. */
export const DESCRIPTION_MAXIMUM = 2000;

/** Longest reason of a change, in characters. */
export const REASON_MAXIMUM = 500;

const INVISIBLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u;
const INVISIBLE_IN_KEY = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** A name of one line, which must be there. */
export function readName(field: MistakeField, text: string, findings: Findings): string {
  return readLine(field, text, INVISIBLE, findings);
}

/** A consumer key: any printable characters. */
export function readKey(field: MistakeField, text: string, findings: Findings): string {
  return readLine(field, text, INVISIBLE_IN_KEY, findings);
}

/** A text of several lines, which may be empty. */
export function readDescription(text: string, findings: Findings): string {
  const description = trimPasted(text).replace(/\r\n?/gu, '\n');
  if (holdsPrivateKey(description)) findings.add('description', 'private-key');
  checkLength('description', description, DESCRIPTION_MAXIMUM, findings);
  if (INVISIBLE.test(description.replace(/[\n\t]/gu, ' ')))
    findings.add('description', 'forbidden-character');
  return description;
}

/** Why something is changed, in a line that may be empty: it stands in the audit log for good. */
export function readReason(text: string | undefined, findings: Findings): string | null {
  const reason = trimPasted(text ?? '');
  if (reason === '') return null;
  checkLine('reason', reason, INVISIBLE, findings);
  checkLength('reason', reason, REASON_MAXIMUM, findings);
  return reason;
}

/** An absolute http(s) address as browsers serialise it, or null if the field is blank. */
export function readAddress(
  field: MistakeField,
  text: string,
  rules: { readonly allowPlainHttp: boolean },
  findings: Findings,
): string | null {
  const address = trimPasted(text);
  if (address === '') return null;
  const reading = parseCallbackUri(address, rules);
  if (reading.ok) return reading.uri;
  findings.add(field, reading.reason === 'empty' ? 'required' : `address-${reading.reason}`);
  return null;
}

/** Refuses a word in braces, which a preset left to be replaced; addresses would quietly take it as it is. */
export function refuseBraces(field: MistakeField, text: string, findings: Findings): boolean {
  const word = /\{\w+\}/u.exec(text)?.[0];
  if (word !== undefined) findings.add(field, 'unfilled', { text: word });
  return word !== undefined;
}

/** The text without what surrounds it when it is copied: blanks of all kinds, a byte order mark, line ends. */
export function trimPasted(text: string): string {
  return text.replace(/^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/gu, '');
}

function readLine(field: MistakeField, text: string, invisible: RegExp, findings: Findings): string {
  const line = trimPasted(text);
  if (line === '') findings.add(field, 'required');
  else checkLine(field, line, invisible, findings);
  checkLength(field, line, NAME_MAXIMUM, findings);
  return line;
}

function checkLine(field: MistakeField, line: string, invisible: RegExp, findings: Findings): void {
  if (holdsPrivateKey(line)) findings.add(field, 'private-key');
  else if (invisible.test(line)) findings.add(field, 'forbidden-character');
}

function checkLength(field: MistakeField, text: string, maximum: number, findings: Findings): void {
  if ([...text].length > maximum) findings.add(field, 'too-long', { maximum });
}
