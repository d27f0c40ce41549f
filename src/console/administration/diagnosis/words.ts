/** What the pages of the diagnosis have in common: their sentences and their addresses. */
import type { Catalogue } from '../../../web/index.ts';
import { pathWith } from '../route.ts';
import { en } from './messages.en.ts';
import { ja } from './messages.ja.ts';

export const diagnosisMessages: Catalogue<typeof en> = { en, ja };

/** Where the list is. */
export const DIAGNOSIS_PATH = '/oauth/admin/diagnosis';

/** Where a pasted request is explained. */
export const PASTE_PATH = `${DIAGNOSIS_PATH}/paste`;

/** What the server sees of a request. */
export const SERVER_PATH = `${DIAGNOSIS_PATH}/server`;

/** The explanation of one refusal. */
export function refusalPath(requestId: string): string {
  return pathWith(`${DIAGNOSIS_PATH}/show`, { id: requestId });
}
