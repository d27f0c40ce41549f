/**
 * A pasted request as it would have arrived here. The public URL decides scheme, host and port, as it does for real
 * requests; what the text itself says of them becomes the facts about its arrival, where the search looks for them.
 */
import { baseStringUri } from '../../oauth/index.ts';
import type { ProviderRequest } from '../../provider/index.ts';
import type { ArrivalFacts } from '../knowledge.ts';
import type { PastedRequest } from './pasted-request.ts';
import { splitUrl } from './url-text.ts';

/** Headers that tell of proxies. */
const FORWARDED =
  /^(?:forwarded|x-forwarded-[a-z-]{2,16}|x-original-ur[il]|x-rewrite-url|x-script-name|via)$/;

/**
 * The request and what is known of its arrival; null when its address cannot be one.
 * @param publicUrl the installation it was meant for; null takes the text's own address for it
 */
export function arrivedFromPasted(
  pasted: PastedRequest,
  publicUrl: string | null,
): { request: ProviderRequest; arrival: ArrivalFacts } | null {
  const parts = splitUrl(pasted.url);
  if (parts === null) return null;
  const { scheme, host, path, query } = parts;
  const ours = publicUrl === null ? null : splitUrl(publicUrl);
  const origin = ours === null ? `${scheme}://${host}` : `${ours.scheme}://${ours.host}`;
  const publicPath = (ours?.path ?? '').replace(/\/+$/, '');
  const baseUri = readBaseUri(origin, asWire(path));
  if (baseUri === null) return null;
  const valuesOf = (wanted: string) =>
    pasted.headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  const forwarded = Object.fromEntries(
    pasted.headers
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => FORWARDED.test(name)),
  );
  return {
    request: {
      method: pasted.method,
      baseUri,
      query: asWire(query),
      authorization: valuesOf('authorization'),
      contentType: valuesOf('content-type'),
      body: pasted.body,
      isSecureTransport: (ours?.scheme ?? scheme) === 'https',
      path: path.startsWith(`${publicPath}/`) ? path.slice(publicPath.length) : path,
    },
    arrival: {
      scheme: pasted.hasScheme ? scheme : null,
      host: valuesOf('host')[0] ?? host,
      listenPort: null,
      target: query === '' ? path : `${path}?${query}`,
      peerAddress: null,
      isTrustedProxy: false,
      forwarded,
    },
  };
}

function readBaseUri(origin: string, path: string): string | null {
  try {
    return baseStringUri(origin, path);
  } catch {
    return null;
  }
}

/** Characters beyond ASCII as their bytes, as they go over the wire; the rest stays. */
function asWire(text: string): string {
  return text.replace(/[^\0-\x7f]+/g, (characters) => Buffer.from(characters, 'utf8').toString('latin1'));
}
