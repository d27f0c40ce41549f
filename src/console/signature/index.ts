/**
 * A signature by hand, step by step, as a page: what `countersign sign` does, for whoever has only a browser. The
 * server gives the page and learns nothing of what is typed: there is no form on it, and its policy forbids every
 * connection.
 */
import type { PageSet } from '../../web/index.ts';
import { signatureMessages } from './messages.ts';
import { SIGNATURE_PATH } from './path.ts';
import { signaturePage } from './signature-page.ts';

/** The page under `/oauth/tools/signature`. */
export function signaturePages(): PageSet {
  return {
    routes: [{ method: 'GET', path: SIGNATURE_PATH, access: 'anyone', handle: signaturePage }],
    navigation: [],
    actions: [
      {
        path: SIGNATURE_PATH,
        label: { en: signatureMessages.en.title, ja: signatureMessages.ja.title },
        access: 'user',
        also: { en: 'signature base string by hand', ja: '署名 ベース文字列' },
      },
    ],
  };
}
