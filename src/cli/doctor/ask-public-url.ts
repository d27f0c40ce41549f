/**
 * Asks the public URL who is behind it. Nothing but that URL is contacted, and where none is set, the listening address
 * of this machine: what somebody would have to know who wanted the doctor to fetch another address is a setting.
 */
import { isLoopbackHost } from '../../model/index.ts';
import { type Settings, writtenAddress } from '../../settings/index.ts';
import { createOutbound, readConsumerInformation } from '../../web/index.ts';

/** What came back, or why nothing did. */
export type PublicAnswer =
  | { readonly kind: 'nothing-to-ask' }
  | {
      readonly kind: 'unreachable';
      readonly url: string;
      readonly isConfigured: boolean;
      readonly reason: string;
    }
  | {
      readonly kind: 'answered';
      readonly url: string;
      readonly status: number;
      /** Milliseconds since 1970 by the Date header; null if it has none that can be read. */
      readonly date: number | null;
      /** Consumer key of the installation that answered; null if it was none. */
      readonly consumerKey: string | null;
    };

const TIMEOUT_MS = 5_000;

/** Asks. Never rejects. */
export async function askPublicUrl(settings: Settings): Promise<PublicAnswer> {
  const base = baseUrl(settings);
  if (base === null) return { kind: 'nothing-to-ask' };
  const url = base.href.replace(/\/$/, '');
  const port = base.port || (base.protocol === 'https:' ? '443' : '80');
  const outbound = createOutbound({ allowHosts: [`${base.hostname}:${port}`] });
  try {
    const { status, headers, body } = await outbound.fetch(`${url}/oauth/consumer-info`, {
      timeoutMs: TIMEOUT_MS,
      maxRedirects: 0,
    });
    const date = Date.parse(headers.date ?? '');
    const consumerKey = status === 200 ? keyIn(body) : null;
    return { kind: 'answered', url, status, date: Number.isNaN(date) ? null : date, consumerKey };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'unreachable', url, isConfigured: settings.publicUrl !== undefined, reason };
  }
}

function baseUrl({ publicUrl, listen }: Settings): URL | null {
  if (publicUrl !== undefined) return publicUrl;
  if (listen.port === 0 || !isLoopbackHost(listen.host)) return null;
  return new URL(`http://${writtenAddress(listen)}`);
}

function keyIn(body: Uint8Array): string | null {
  try {
    return readConsumerInformation(body).key;
  } catch {
    return null;
  }
}
