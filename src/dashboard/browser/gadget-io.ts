/**
 * `gadgets.io` of OpenSocial 1.0 and 2.0: requests by the container. What is a parameter's name there is spelt as it
 * is there; what the container understands is written down in `messages.ts`.
 */
import { requestByPage } from './gadget-channel.ts';
import type { GadgetAnswer } from './messages.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** What a gadget's callback is given. */
interface GadgetResponse {
  readonly data: unknown;
  readonly text: string;
  readonly rc: number;
  readonly errors: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly oauthApprovalUrl: string | undefined;
  readonly oauthError: string | undefined;
  readonly oauthErrorText: string | undefined;
}

const NAMES = [
  'AUTHORIZATION',
  'CONTENT_TYPE',
  'GET_FULL_HEADERS',
  'GET_SUMMARIES',
  'HEADERS',
  'METHOD',
  'NUM_ENTRIES',
  'OAUTH_SERVICE_NAME',
  'OAUTH_TOKEN_NAME',
  'OAUTH_USE_TOKEN',
  'POST_DATA',
  'REFRESH_INTERVAL',
  'SIGN_OWNER',
  'SIGN_VIEWER',
];

/** An object whose values are its keys. */
export function selfNamed(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, name]));
}

/** `gadgets.io`. */
export const io = {
  AuthorizationType: selfNamed(['NONE', 'SIGNED', 'OAUTH', 'OAUTH2']),
  ContentType: selfNamed(['TEXT', 'DOM', 'JSON', 'FEED']),
  MethodType: selfNamed(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH']),
  RequestParameters: selfNamed(NAMES),
  ProxyUrlRequestParameters: selfNamed(['REFRESH_INTERVAL']),

  makeRequest(url: string, callback: (response: GadgetResponse) => void, parameters: Parameters = {}): void {
    const text = (name: string, usual = '') => String(parameters[name] ?? usual);
    const contentType = text('CONTENT_TYPE', 'TEXT').toUpperCase();
    const request = {
      url: String(url),
      method: text('METHOD', 'GET').toUpperCase(),
      headers: textsOf(parameters.HEADERS),
      body: bodyOf(parameters.POST_DATA),
      contentType,
      authorization: text('AUTHORIZATION', 'NONE').toUpperCase(),
      serviceName: text('OAUTH_SERVICE_NAME'),
      tokenName: text('OAUTH_TOKEN_NAME'),
      useToken: text('OAUTH_USE_TOKEN'),
      refreshSeconds: text('REFRESH_INTERVAL'),
      entries: text('NUM_ENTRIES'),
      summaries: text('GET_SUMMARIES'),
      signOwner: text('SIGN_OWNER', 'true'),
      signViewer: text('SIGN_VIEWER', 'true'),
    };
    requestByPage(request, (answer) => callback(responseOf(answer, contentType)));
  },

  encodeValues(fields: Parameters): string {
    const pairs = Object.entries(fields ?? {});
    return pairs
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
      .join('&');
  },

  /** Pictures are loaded from where they are, if the administrator allows the host. */
  getProxyUrl: (url: string): string => url,
};

function bodyOf(data: unknown): string {
  if (data === undefined || data === null) return '';
  return typeof data === 'object' ? io.encodeValues(data as Parameters) : String(data);
}

function textsOf(values: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, String(value)]));
}

function responseOf(answer: GadgetAnswer, contentType: string): GadgetResponse {
  const { rc, body } = answer;
  const errors = [...(answer.errors ?? [])];
  if (errors.length === 0 && (rc < 200 || rc > 299)) errors.push(`${rc} Error`);
  let data: unknown = null;
  try {
    data = body === '' && rc !== 200 ? null : read(body, contentType);
  } catch (error) {
    errors.push(String(error));
  }
  return {
    data,
    text: body,
    rc,
    errors,
    headers: answer.headers ?? {},
    oauthApprovalUrl: answer.oauthApprovalUrl,
    oauthError: answer.oauthError,
    oauthErrorText: answer.oauthErrorText,
  };
}

function read(body: string, contentType: string): unknown {
  if (contentType === 'JSON' || contentType === 'FEED') return JSON.parse(body);
  if (contentType !== 'DOM') return body;
  const parsed = new DOMParser().parseFromString(body, 'text/xml');
  if (parsed.querySelector('parsererror') !== null) throw new Error('The answer is not well-formed XML.');
  return parsed;
}
