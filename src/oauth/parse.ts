/**
 * Takes an arrived request apart (RFC 5849 s3.4.1.3.1, s3.5): parameters of the Authorization header, the query and
 * a form body come together in one message. Whether the parameters that an endpoint needs are there, and whether
 * their values are right, is left to the provider's stages. What is ambiguous is refused here, never guessed.
 */
import { hasOAuthScheme, readAuthorizationHeader } from './authorization-header.ts';
import { formPieces, isFormMediaType, readForm } from './form.ts';
import type { ArrivedRequest, OAuthMessage } from './message.ts';
import { parameterBytes } from './parameter-bytes.ts';
import { MAX_PARAMETERS, ParameterCollector } from './parameter-collector.ts';
import { ParsedMessage } from './parsed-message.ts';
import { canonicalise, decodePercent, encodePercent } from './percent-encoding.ts';
import { Problem } from './problem.ts';
import { hasProtocolPrefix, protocolField } from './protocol-parameters.ts';

/**
 * Reads all parameters of a request.
 * @throws {Problem} parameter_rejected when a carrier is malformed, an `oauth_` parameter is repeated, there are two
 *   Authorization or Content-Type headers, or there are too many parameters
 */
export function parseMessage(request: ArrivedRequest): OAuthMessage {
  const { baseUri, query, body } = request;
  const method = request.method.toUpperCase();
  const hasFormBody = isFormMediaType(request.contentType) && body.length > 0;
  const header = soleAuthorization(request.authorization);
  const carried = (header?.length ?? 0) + query.length + (hasFormBody ? body.length : 0);
  const bytes = parameterBytes(carried, method, baseUri);
  const collector = new ParameterCollector(bytes);
  if (header !== undefined && hasOAuthScheme(header)) readAuthorizationHeader(header, bytes, collector);
  collector.foundIn('query');
  if (query !== '') readForm(query, bytes, collector);
  collector.foundIn('body');
  if (hasFormBody) readForm(body, bytes, collector);
  return new ParsedMessage(collector.finish(method, baseUri), hasFormBody, body);
}

/**
 * Whether a request claims to be an OAuth one: an Authorization header of that scheme, or a protocol parameter in the
 * query or a form body. Never throws; what it says yes to may still be refused by `parseMessage`.
 */
export function carriesOAuth(request: ArrivedRequest): boolean {
  if (request.authorization.some(hasOAuthScheme)) return true;
  if (namesProtocolParameter(request.query)) return true;
  if (request.body.length === 0 || !request.contentType.some((type) => /x-www-form-urlencoded/i.test(type)))
    return false;
  return namesProtocolParameter(bytesAsText(request.body));
}

/** The raw query without its `oauth_` parameters; what remains is kept byte for byte. */
export function withoutProtocolParameters(query: string): string {
  if (!mayNameProtocolParameter(query) || query.search(PREFIXED_NAME) < 0) return query;
  const kept: string[] = [];
  for (const { piece, name } of formPieces(query)) {
    if (name === null || !hasProtocolPrefix(name)) kept.push(piece);
  }
  return kept.join('&');
}

/**
 * The value of an ordinary parameter that makes sense only once (such as `xoauth_requestor_id`); null if it is absent.
 * @throws {Problem} parameter_rejected when it was sent more than once or is not UTF-8
 */
export function soleParameter(message: Pick<OAuthMessage, 'parameters'>, name: string): string | null {
  const wanted = encodePercent(name);
  const found = message.parameters.filter((parameter) => parameter.name === wanted);
  if (found.length > 1) {
    throw new Problem('parameter_rejected', { advice: `Send ${name} only once.`, rejected: [name] });
  }
  return found[0] === undefined ? null : decodePercent(found[0].value);
}

function soleAuthorization(values: readonly string[]): string | undefined {
  if (values.length > 1) {
    throw new Problem('parameter_rejected', {
      advice: 'The request has more than one Authorization header; send one.',
    });
  }
  return values[0];
}

/** Quick answer for the many queries that hold neither the prefix nor anything that could be an escape of it. */
function mayNameProtocolParameter(form: string): boolean {
  return form.includes('oauth_') || form.includes('%');
}

/** The names that begin with `oauth_`, each of its characters as itself or escaped. */
const PREFIXED_NAME = /(?<![^&])(?:o|%6[Ff])(?:a|%61)(?:u|%75)(?:t|%74)(?:h|%68)(?:_|%5[Ff])[^&=]{0,64}/g;

/**
 * Anybody may send megabytes of form, and this runs before anything is known about them: so only names with the
 * prefix are looked at one by one, and no more of those than a request may have. Beyond that it is for
 * `parseMessage` to refuse.
 */
function namesProtocolParameter(form: string): boolean {
  if (!mayNameProtocolParameter(form)) return false;
  let looked = 0;
  for (const [piece] of form.matchAll(PREFIXED_NAME)) {
    if (protocolField(canonicalise(piece, true) ?? '') !== undefined || ++looked > MAX_PARAMETERS)
      return true;
  }
  return false;
}

/** A body as text whose characters are its bytes. */
function bytesAsText(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
}
