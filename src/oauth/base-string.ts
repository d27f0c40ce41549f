/**
 * The signature base string (RFC 5849 s3.4.1): method, base string URI and normalised parameters. Parameters come in
 * canonical form, which is ASCII, so comparing them as strings is comparing their bytes, and encoding them a
 * second time touches nothing but the percent signs.
 */
import type { OAuthMessage, Parameter } from './message.ts';
import { encodePercent, encodeWireBytes } from './percent-encoding.ts';

/** The text that is signed. @see RFC 5849 s3.4.1.1 */
export function signatureBaseString(
  message: Pick<OAuthMessage, 'method' | 'baseUri' | 'parameters'>,
): string {
  let normalised = '';
  let separator = '';
  for (const { name, value } of inOrder(message.parameters)) {
    normalised += `${separator}${encodeAgain(name)}%3D${encodeAgain(value)}`;
    separator = '%26';
  }
  const method = encodePercent(message.method.toUpperCase());
  return `${method}&${encodeWireBytes(message.baseUri)}&${normalised}`;
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

/** Most parameters that are sorted by their beginnings. */
const FEW = 64;

/** Characters of a name that make its beginning: as many as a number holds exactly. */
const BEGINNING = 7;

/** The beginnings of the names that are in order so far. Nothing is awaited while it is in use. */
const beginnings = new Float64Array(FEW);

/**
 * In order of name, then value. The fast path: few parameters are inserted one after the other where they belong, and
 * most comparisons are of two numbers, the beginnings of names; comparing texts costs many times that.
 * @see RFC 5849 s3.4.1.3.2
 */
function inOrder(parameters: readonly Parameter[]): readonly Parameter[] {
  if (parameters.length > FEW) return parameters.toSorted(byNameThenValue);
  const sorted: Parameter[] = [];
  for (const parameter of parameters) {
    const beginning = beginningOf(parameter.name);
    if (beginning < 0) return parameters.toSorted(byNameThenValue);
    let at = sorted.length;
    for (; at > 0; at -= 1) {
      const before = beginnings[at - 1]!;
      if (before < beginning) break;
      if (before === beginning && byNameThenValue(sorted[at - 1]!, parameter) <= 0) break;
      sorted[at] = sorted[at - 1]!;
      beginnings[at] = before;
    }
    sorted[at] = parameter;
    beginnings[at] = beginning;
  }
  return sorted;
}

/** A number that is less than another only if the name comes before the other's; -1 if no such number is known. */
function beginningOf(name: string): number {
  let beginning = 0;
  let all = 0;
  for (let at = 0; at < BEGINNING; at += 1) {
    const code = at < name.length ? name.charCodeAt(at) : 0;
    all |= code;
    beginning = beginning * 0x80 + code;
  }
  return all <= 0x7f ? beginning : -1;
}

function byNameThenValue(a: Parameter, b: Parameter): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  if (a.value !== b.value) return a.value < b.value ? -1 : 1;
  return 0;
}

/** Percent-encodes what is percent-encoded already. By hand: `replaceAll` costs a third more. */
function encodeAgain(canonical: string): string {
  let percent = canonical.indexOf('%');
  if (percent === -1) return canonical;
  let encoded = '';
  let from = 0;
  for (; percent !== -1; percent = canonical.indexOf('%', from)) {
    encoded += `${canonical.slice(from, percent)}%25`;
    from = percent + 1;
  }
  return encoded + canonical.slice(from);
}
