/**
 * One way in which the client may have signed: every choice on the way from request to signature, each at its own
 * place, so that a mistake changes one of them and two mistakes compose. The first attempt is the right way
 * (RFC 5849 s3.4). Names and values are canonical until `writing.spell` says how the client spelled them.
 */
import type { KeyObject } from 'node:crypto';
import type { Carrier } from '../../oauth/index.ts';

/** A digest by the name `node:crypto` knows. */
export type Digest = 'sha1' | 'sha256' | 'sha512';

/** Parts of the base string URI. */
export interface Address {
  readonly scheme: string;
  readonly host: string;
  /** With its colon; '' where it is the scheme's own. */
  readonly port: string;
  readonly path: string;
  /** What stands behind the path; '' when all is well. */
  readonly tail: string;
  readonly isPathOnly: boolean;
}

/** One parameter that is signed. */
export interface SignedParameter {
  /** Canonical. */
  readonly name: string;
  /** Canonical. */
  readonly value: string;
  readonly carrier: Carrier;
  /** Name and value as they stood on the wire. */
  readonly rawName: string;
  readonly rawValue: string;
}

/** A parameter as it stands in the normalised string. */
export type SpelledPair = readonly [name: string, value: string, parameter: SignedParameter];

/** How the base string is written. */
export interface Writing {
  /** Canonical name or value as the client encoded it the first time. */
  spell(canonical: string, parameter: SignedParameter): string;
  /** The order of the encoded parameters. */
  arrange(pairs: readonly SpelledPair[]): readonly SpelledPair[];
  /** Second encoding: of the normalised parameters. */
  encodeParameters(normalised: string): string;
  encodeAddress(address: string): string;
  /** Last change to the whole text. */
  finish(baseString: string): string;
}

/** What signs. */
export type AttemptKey =
  | { readonly kind: 'secret'; readonly key: string | Buffer }
  | { readonly kind: 'public-key'; readonly key: KeyObject; readonly id: 'current' | 'old' };

/** A way of signing. */
export interface Attempt {
  readonly method: string;
  readonly address: Address;
  readonly parameters: readonly SignedParameter[];
  readonly writing: Writing;
  readonly key: AttemptKey;
  readonly digest: Digest | null;
  /** What was hashed before it was signed: nothing, as bytes, or as hexadecimal text. */
  readonly hashedFirst: 'no' | 'bytes' | 'hex';
  /** How the digest became a signature. `plain`: the key itself is the signature. */
  readonly scheme: 'usual' | 'pss' | 'bare-digest' | 'plain';
}

/** The address as text. */
export function addressText({ scheme, host, port, path, tail, isPathOnly }: Address): string {
  return isPathOnly ? path + tail : `${scheme}://${host}${port}${path}${tail}`;
}

/** Cuts a base string URI into its parts. */
export function readAddress(baseUri: string): Address {
  const parts = /^(https?):\/\/(\[[^\]]*\]|[^/:?#]*)(:\d+)?(.*)$/is.exec(baseUri);
  const [, scheme = 'https', host = '', port = '', path = '/'] = parts ?? [];
  return { scheme, host, port, path, tail: '', isPathOnly: false };
}

/** The text that was signed in this way. */
export function baseStringOf({ method, address, parameters, writing }: Attempt): string {
  const spelled = parameters.map(
    (parameter) =>
      [
        writing.spell(parameter.name, parameter),
        writing.spell(parameter.value, parameter),
        parameter,
      ] as const,
  );
  let normalised = '';
  for (const [name, value] of writing.arrange(spelled)) {
    normalised += `${normalised === '' ? '' : '&'}${name}=${value}`;
  }
  const text = `${method}&${writing.encodeAddress(addressText(address))}&${writing.encodeParameters(normalised)}`;
  return writing.finish(text);
}
