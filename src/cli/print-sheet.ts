/**
 * A list as CSV on stdout, with the columns of the console's download, written as it is read: a list may be longer than
 * memory. Control characters that others wrote reach no terminal here either.
 */
import type { Command } from 'commander';
import type { Sheet } from '../administration/index.ts';
import type { Page } from '../model/index.ts';
import type { CsvPlace } from '../web/index.ts';
import { type Answer, harmless } from './answer.ts';
import type { Flags } from './define-command.ts';
import { UsageRefused } from './refusals.ts';

/** Gives a list the flag. */
export function withSheet(command: Command): Command {
  return command.option('--csv', 'print the whole list as CSV, with the columns of the console’s download');
}

/** Whether the list is asked for as CSV. @throws {UsageRefused} when it is asked for as a document as well */
export function asksForSheet({ csv, json }: Flags): boolean {
  if (csv === true && json === true) throw new UsageRefused('--csv and --json: choose one of them');
  return csv === true;
}

/** Prints it, until the end or until whoever reads it has seen enough. */
export async function printSheet<Row>(
  sheet: Sheet<Row>,
  read: (place: CsvPlace) => Promise<Page<Row>>,
): Promise<Answer> {
  const { csvText } = await import('../web/index.ts');
  for await (const text of csvText(sheet, read)) if (!(await isTaken(harmlessSheet(text)))) break;
  return { json: null, lines: [] };
}

/** The mark of UTF-8 at the beginning and the ends of lines stay; spreadsheets want both. */
function harmlessSheet(text: string): string {
  return text
    .split(/(^\ufeff|\r\n)/u)
    .map((part, index) => (index % 2 === 1 ? part : harmless(part)))
    .join('');
}

function isTaken(text: string): Promise<boolean> {
  return new Promise((resolve) => process.stdout.write(text, (error) => resolve(!error)));
}
