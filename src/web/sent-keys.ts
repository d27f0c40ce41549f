/** API keys as programs send them: `Authorization: Bearer KEY`, or `X-Api-Key: KEY`. */
import type { WireRequest } from './wire-request.ts';

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i;

/** Every credential that was sent, in order; null for an Authorization that is no key. More than one is one too many. */
export function sentKeys(wire: WireRequest): readonly (string | null)[] {
  const bearers = wire.authorization.map((value) => BEARER.exec(value)?.[1] ?? null);
  return [...wire.headerValues('x-api-key').map((value) => value.trim()), ...bearers];
}
