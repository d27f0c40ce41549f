/**
 * What the search looks at: the request taken apart, with the parameters as they stood on the wire beside their
 * canonical form, and the facts that make one mistake likelier than another.
 */
import { canonicalise, formPieces, type OAuthMessage, type ProtocolParameters } from '../../oauth/index.ts';
import type { ProviderRequest } from '../../provider/index.ts';
import type { ArrivalFacts } from '../knowledge.ts';
import type { SignedParameter } from './attempt.ts';

/** A request as the search sees it. */
export interface Scene {
  readonly method: string;
  readonly baseUri: string;
  readonly query: string;
  readonly parameters: readonly SignedParameter[];
  readonly protocol: ProtocolParameters;
  /** Realm of the Authorization header; null if there is none. */
  readonly realm: string | null;
  readonly hasFormBody: boolean;
  /** The body as text whose characters are its bytes; '' when it is too long to be tried. */
  readonly bodyText: string;
  readonly publicUrl: string | null;
  readonly arrival: ArrivalFacts | null;
}

/** Longest body whose fields are tried as parameters, in bytes. */
const LONGEST_BODY = 64 * 1024;

/** Sets the scene. */
export function readScene(
  request: ProviderRequest,
  message: OAuthMessage,
  facts: { readonly publicUrl: string | null; readonly arrival: ArrivalFacts | null },
): Scene {
  const bodyText = request.body.length > LONGEST_BODY ? '' : Buffer.from(request.body).toString('latin1');
  return {
    method: message.method,
    baseUri: message.baseUri,
    query: request.query,
    parameters: withWireForm(message, request.query, bodyText),
    protocol: message.protocol,
    realm: realmOf(request.authorization[0] ?? ''),
    hasFormBody: message.hasFormBody,
    bodyText,
    publicUrl: facts.publicUrl,
    arrival: facts.arrival,
  };
}

/** Pieces of a query or form as parameters; those that cannot be read are left out. */
export function parametersOf(form: string, carrier: 'query' | 'body'): SignedParameter[] {
  const parameters: SignedParameter[] = [];
  for (const { piece, name } of formPieces(form)) {
    if (piece === '' || name === null || name === 'oauth_signature') continue;
    const equals = piece.indexOf('=');
    const rawName = equals === -1 ? piece : piece.slice(0, equals);
    const rawValue = equals === -1 ? '' : piece.slice(equals + 1);
    const value = canonicalise(rawValue, true);
    if (value !== null) parameters.push({ name, value, carrier, rawName, rawValue });
  }
  return parameters;
}

function withWireForm(message: OAuthMessage, query: string, bodyText: string): SignedParameter[] {
  const header = message.parameters.filter((parameter) => parameter.carrier === 'header');
  const form = message.hasFormBody && bodyText === '' ? message.parameters.filter(inBody) : null;
  return [
    ...header.map(asSent),
    ...parametersOf(query, 'query'),
    ...(form?.map(asSent) ?? (message.hasFormBody ? parametersOf(bodyText, 'body') : [])),
  ];
}

function inBody(parameter: { readonly carrier: string }): boolean {
  return parameter.carrier === 'body';
}

function asSent(parameter: OAuthMessage['parameters'][number]): SignedParameter {
  return { ...parameter, rawName: parameter.name, rawValue: parameter.value };
}

function realmOf(authorization: string): string | null {
  return /(?:^oauth|,)[ \t]*realm[ \t]*=[ \t]*"([^"]*)"/i.exec(authorization)?.[1] ?? null;
}
