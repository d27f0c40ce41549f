/**
 * Tries whether clients can name themselves past the proxy that names people: the login page is asked for under an
 * invented name, as people come, and as programs with a key come, which such a proxy lets past its own login. Nothing
 * is made by it: asked for the form, the page only says whom the proxy names.
 */
import { randomUUID } from 'node:crypto';
import type { Settings } from '../../settings/index.ts';
import { createOutbound } from '../../web/index.ts';
import type { PublicAnswer } from './ask-public-url.ts';

const TIMEOUT_MS = 5_000;

/** Whether what a client claims gets through; false where no header names people, and where nothing answers. */
export async function passesClaimedName({ userHeader }: Settings, answer: PublicAnswer): Promise<boolean> {
  if (userHeader === undefined || answer.kind !== 'answered') return false;
  const { hostname, port, protocol } = new URL(answer.url);
  const outbound = createOutbound({
    allowHosts: [`${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`],
  });
  const name = `doctor-${randomUUID()}`;
  const claim = { [userHeader]: name };
  for (const headers of [claim, { ...claim, Authorization: 'Bearer none' }]) {
    try {
      const { body } = await outbound.fetch(`${answer.url}/oauth/login?by=password`, {
        timeoutMs: TIMEOUT_MS,
        maxRedirects: 0,
        headers,
      });
      if (new TextDecoder().decode(body).includes(name)) return true;
    } catch {
      // No answer, or one that leads elsewhere: nobody was named.
    }
  }
  return false;
}
