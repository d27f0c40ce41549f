/** Which rules a request is judged by: its address says whether it asks for a token. */
import type { SignedRequestKind } from './stages.ts';

const TOKEN_ADDRESS = /^\/(?:plugins\/servlet\/)?oauth\/(request|access)-token$/;

/** The kind of a signed request. @param path raw path below the public URL's own path */
export function signedRequestKind(path: string): SignedRequestKind {
  const token = TOKEN_ADDRESS.exec(path)?.[1];
  return token === undefined ? 'resource' : token === 'request' ? 'requestToken' : 'accessToken';
}
