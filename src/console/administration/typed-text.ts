/**
 * What was typed into a form, for filling it in again after a mistake. A private key that was pasted into any field
 * is never sent back: the page would put it into the browser's memory, its cache and on the screen once more.
 */
import { holdsPrivateKey, mayBePrivateKey } from '../../administration/index.ts';
import type { PageContext } from '../../web/index.ts';

/** The text of a field as it was typed, or '' if it is or holds a private key. */
export function typedText(c: PageContext, name: string): string {
  const text = c.form.get(name) ?? '';
  return holdsPrivateKey(text) ? '' : text;
}

/** The public key as it was typed, or '' if it is a private one or nobody can tell what it is. */
export function typedPublicKey(c: PageContext): string {
  const text = c.form.get('publicKey') ?? '';
  return mayBePrivateKey(text) ? '' : text;
}

/** Whether a box was ticked. */
export function isTicked(c: PageContext, name: string): boolean {
  return c.form.get(name) === 'yes';
}
