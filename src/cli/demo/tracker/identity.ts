/**
 * Whom a request acts for, as an application behind Countersign should find out: by the signed assertion, not by a
 * header that anybody who reaches the port could write. The key comes from Countersign's key set (RFC 7517), the
 * signature is EdDSA (RFC 8037), and the assertion must be for us and still be fresh.
 */
import { createPublicKey, type KeyObject, verify, type webcrypto } from 'node:crypto';

/** What the tracker has to know about the installation in front of it. */
export interface TrustedFront {
  /** Address of its key set; asked for when the first request comes. */
  keySetUrl(): string;
  /** Our own address, as the assertion's `aud` names it. */
  audience(): string;
}

/** Reads the user from an assertion; null for none, and for one that proves nothing. */
export type IdentityReader = (assertion: string | undefined) => Promise<string | null>;

interface Claims {
  readonly sub?: unknown;
  readonly aud?: unknown;
  readonly exp?: unknown;
}

/** A reader that fetches the keys once, and again when an unknown one appears. */
export function createIdentityReader(front: TrustedFront): IdentityReader {
  const keys = new Map<string, KeyObject>();

  async function findKey(id: string): Promise<KeyObject | undefined> {
    if (!keys.has(id)) {
      const answer = await fetch(front.keySetUrl());
      const keySet = (await answer.json()) as { keys: (webcrypto.JsonWebKey & { kid: string })[] };
      for (const key of keySet.keys) keys.set(key.kid, createPublicKey({ key, format: 'jwk' }));
    }
    return keys.get(id);
  }

  return async (assertion) => {
    const [head, body, signature] = assertion?.split('.') ?? [];
    if (head === undefined || body === undefined || signature === undefined) return null;
    const { alg, kid } = decoded(head) as { alg?: unknown; kid?: unknown };
    const key = alg === 'EdDSA' ? await findKey(String(kid)) : undefined;
    const signed = Buffer.from(`${head}.${body}`);
    if (key === undefined || !verify(null, signed, key, Buffer.from(signature, 'base64url'))) return null;
    const { sub, aud, exp } = decoded(body) as Claims;
    const isForUs = aud === front.audience() && typeof exp === 'number' && exp * 1000 > Date.now();
    return isForUs && typeof sub === 'string' ? sub : null;
  };
}

/** The members of a part; none if it cannot be read. */
function decoded(part: string): object {
  try {
    return Object(JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))) as object;
  } catch {
    return {};
  }
}
