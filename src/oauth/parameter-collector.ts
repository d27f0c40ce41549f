/**
 * The one collector over header, query and form body (RFC 5849 s3.4.1.3.1). It sees every parameter of a request
 * once, so that a protocol parameter sent twice, within a carrier or across two, cannot slip through: what is
 * checked would otherwise not be what another party reads. Ordinary parameters may repeat; all are signed.
 */
import type { Carrier, Parameter, ProtocolParameters } from './message.ts';
import { Problem } from './problem.ts';
import { hasProtocolPrefix, protocolField, readProtocolValue } from './protocol-parameters.ts';

/** Most parameters one request may have, all carriers together. */
export const MAX_PARAMETERS = 1000;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** All fields from the start: an object that never changes its shape is filled in a fraction of the time. */
function noProtocolParameters(): Writable<ProtocolParameters> {
  return {
    consumerKey: undefined,
    token: undefined,
    signatureMethod: undefined,
    signature: undefined,
    timestamp: undefined,
    nonce: undefined,
    version: undefined,
    callback: undefined,
    verifier: undefined,
    bodyHash: undefined,
    sessionHandle: undefined,
  };
}

/** Gathers the parameters of one request. */
export class ParameterCollector {
  /** What is signed, in order of arrival. */
  readonly parameters: Parameter[] = [];
  readonly protocol: Writable<ProtocolParameters> = noProtocolParameters();
  readonly carriers = new Set<Carrier>();
  /** Where the parameters that come now were found. */
  #carrier: Carrier = 'header';
  #count = 0;
  /** `oauth_` names that this protocol does not define; rarely any. */
  #unknown: Set<string> | null = null;
  #repeated: Set<string> | null = null;

  /** Says where the parameters that follow were found. */
  foundIn(carrier: Carrier): this {
    this.#carrier = carrier;
    return this;
  }

  /**
   * Takes one parameter, name and value in canonical form.
   * @throws {Problem} parameter_rejected when there are too many, or a protocol parameter's value is not acceptable
   */
  take(name: string, value: string): void {
    if (++this.#count > MAX_PARAMETERS) {
      throw new Problem('parameter_rejected', {
        advice: `The request has more than ${MAX_PARAMETERS} parameters.`,
      });
    }
    if (hasProtocolPrefix(name)) this.#takeProtocol(name, value);
    if (name !== 'oauth_signature') this.parameters.push({ name, value, carrier: this.#carrier });
  }

  /**
   * To be called after the last parameter.
   * @throws {Problem} parameter_rejected naming each protocol parameter that was sent more than once
   */
  refuseRepeated(): void {
    if (this.#repeated === null) return;
    throw new Problem('parameter_rejected', {
      advice:
        'Send each oauth_ parameter once, and in one place only: the Authorization header, the query or the form body.',
      rejected: [...this.#repeated],
    });
  }

  #takeProtocol(name: string, value: string): void {
    const field = protocolField(name);
    if (field === undefined) {
      this.#unknown ??= new Set();
      if (this.#unknown.has(name)) this.#noteRepeated(name);
      this.#unknown.add(name);
      return;
    }
    if (this.protocol[field] !== undefined) this.#noteRepeated(name);
    this.protocol[field] = readProtocolValue(name, value);
    this.carriers.add(this.#carrier);
  }

  #noteRepeated(name: string): void {
    this.#repeated ??= new Set();
    this.#repeated.add(name);
  }
}
