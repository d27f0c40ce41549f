/**
 * The signature base string (RFC 5849 s3.4.1): method, base string URI and normalised parameters. Parameters come in
 * canonical form, which is ASCII, so comparing them as strings is comparing their bytes, and encoding them a
 * second time touches nothing but the percent signs.
 */
import type { OAuthMessage, Parameter } from './message.ts';
import { ParsedMessage } from './parsed-message.ts';
import { encodePercent, encodeWireBytes } from './percent-encoding.ts';

/** The text that is signed. @see RFC 5849 s3.4.1.1 */
export function signatureBaseString(
  message: Pick<OAuthMessage, 'method' | 'baseUri' | 'parameters'>,
): string {
  return ParsedMessage.baseStringOf(message) ?? plainBaseString(message);
}

/**
 * Step by step as the RFC says it, for messages made by hand. What arrives or is going to be sent never passes here, but
 * through `ParameterBytes`; that both always agree is tested.
 */
function plainBaseString({
  method,
  baseUri,
  parameters,
}: Pick<OAuthMessage, 'method' | 'baseUri' | 'parameters'>): string {
  const normalised = parameters
    .toSorted(byNameThenValue)
    .map(({ name, value }) => `${encodeAgain(name)}%3D${encodeAgain(value)}`)
    .join('%26');
  return `${encodePercent(method.toUpperCase())}&${encodeWireBytes(baseUri)}&${normalised}`;
}

/**
 * Base string URI: scheme and host in lower case, a default port left out, the path exactly as on the request line.
 * @param origin scheme, host and port, such as `https://host:8443`
 * @param rawPath path without query; empty counts as `/`
 * @throws {TypeError} when the origin has user information, a path or another scheme than http and https
 * @see RFC 5849 s3.4.1.2
 */
export function baseStringUri(origin: string, rawPath: string): string {
  const parts = /^(https?):\/\/([^/?#@:[\]\s]+|\[[0-9a-f:.]+\])(?::(\d{0,5}))?$/i.exec(origin);
  if (parts === null)
    throw new TypeError('An origin is http or https, a host, and a port where it is not the default.');
  const scheme = parts[1]!.toLowerCase();
  const port = Number(parts[3] || 0);
  const isDefaultPort = port === 0 || port === (scheme === 'https' ? 443 : 80);
  return `${scheme}://${parts[2]!.toLowerCase()}${isDefaultPort ? '' : `:${port}`}${rawPath === '' ? '/' : rawPath}`;
}

/** @see RFC 5849 s3.4.1.3.2 */
function byNameThenValue(a: Parameter, b: Parameter): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  if (a.value !== b.value) return a.value < b.value ? -1 : 1;
  return 0;
}

/** Percent-encodes what is percent-encoded already. */
function encodeAgain(canonical: string): string {
  return canonical.replaceAll('%', '%25');
}
