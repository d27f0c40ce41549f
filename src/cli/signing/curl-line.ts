/** A signed request as a curl command for a POSIX shell. */
import type { SignedRequest } from '../../oauth/index.ts';

/** A body that is not a form. */
export interface SentBody {
  readonly file: string;
  readonly contentType: string;
}

/**
 * The command.
 * @param sent the file that the body came from and its type; null puts a form's text on the line
 */
export function curlLine(signed: SignedRequest, sent: SentBody | null): string {
  const words = ['curl'];
  if (signed.method !== 'GET') words.push('-X', signed.method);
  if (signed.authorization !== null) words.push('-H', quoted(`Authorization: ${signed.authorization}`));
  if (sent !== null) {
    // Without a type of its own curl calls every body a form, and then its bytes would count as parameters.
    words.push('-H', quoted(`Content-Type: ${sent.contentType}`), '--data-binary', quoted(`@${sent.file}`));
  } else if (signed.body.length > 0)
    words.push('--data-raw', quoted(Buffer.from(signed.body).toString('utf8')));
  // curl would take brackets and braces in the URL for patterns, and resolve dot segments that were signed as they are.
  if (/[[\]{}]/.test(signed.url)) words.push('--globoff');
  if (/\/\.\.?(?:[/?]|$)/.test(signed.url)) words.push('--path-as-is');
  return [...words, quoted(signed.url)].join(' ');
}

/** A word that no shell changes. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
