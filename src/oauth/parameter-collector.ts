/**
 * The one collector over header, query and form body (RFC 5849 s3.4.1.3.1). It sees every parameter of a request
 * once, so that a protocol parameter sent twice, within a carrier or across two, cannot slip through: what is
 * checked would otherwise not be what another party reads. Ordinary parameters may repeat; all are signed.
 */
import type { Carrier } from './message.ts';
import type { ParameterBytes } from './parameter-bytes.ts';
import type { ReadRequest } from './parsed-message.ts';
import { Problem } from './problem.ts';
import {
  beginsWithPrefix,
  noValues,
  type ProtocolValues,
  protocolIndexAt,
  protocolOf,
  readProtocolValue,
  SIGNATURE,
} from './protocol-parameters.ts';

/** Most parameters one request may have, all carriers together. */
export const MAX_PARAMETERS = 1000;

/** Repeated names that a refusal tells, and their length: strangers choose them, and proxies bound what is answered. */
const MOST_NAMED = 16;
const LONGEST_NAMED = 64;

const BIT: Readonly<Record<Carrier, number>> = { header: 1, query: 2, body: 4 };

/** The carriers that each number stands for; made once, for all requests. */
const CARRIERS: readonly ReadonlySet<Carrier>[] = Array.from({ length: 8 }, (_, bits) => {
  const all: readonly Carrier[] = ['header', 'query', 'body'];
  return new Set(all.filter((carrier) => (bits & BIT[carrier]) !== 0));
});

/** Gathers the parameters of one request. */
export class ParameterCollector {
  /** Where they are read. */
  readonly bytes: ParameterBytes;
  readonly #values: ProtocolValues = noValues();
  /** Where protocol parameters were found, as bits. */
  #carriers = 0;
  /** Where the parameters that come now were found. */
  #carrier: Carrier = 'header';
  /** How many signed ones were found before the query, and before the body. */
  #inHeader = 0;
  #beforeBody = 0;
  #count = 0;
  /** `oauth_` names that this protocol does not define; rarely any. */
  #unknown: Set<string> | null = null;
  /** Those sent more than once, as far as they are told; null as long as there are none. */
  #repeated: Set<string> | null = null;

  constructor(bytes: ParameterBytes) {
    this.bytes = bytes;
  }

  /** Says where the parameters that follow were found; header, query, body in this order. */
  foundIn(carrier: Carrier): this {
    if (carrier === 'query') this.#inHeader = this.bytes.count;
    if (carrier === 'body') this.#beforeBody = this.bytes.count;
    this.#carrier = carrier;
    return this;
  }

  /**
   * Takes the parameter whose name and value were copied last.
   * @throws {Problem} parameter_rejected when there are too many, or a protocol parameter's value is not acceptable
   */
  take(): void {
    const { bytes } = this;
    if (++this.#count > MAX_PARAMETERS) {
      throw new Problem('parameter_rejected', {
        advice: `The request has more than ${MAX_PARAMETERS} parameters.`,
      });
    }
    if (!beginsWithPrefix(bytes.view, bytes.start)) bytes.keep();
    else if (this.#takeProtocol() === SIGNATURE) bytes.drop();
    else bytes.keep();
  }

  /**
   * To be called after the last parameter.
   * @throws {Problem} parameter_rejected naming the protocol parameters that were sent more than once
   */
  finish(method: string, baseUri: string): ReadRequest {
    if (this.#repeated !== null) throw repeated([...this.#repeated]);
    const { bytes } = this;
    const baseString = bytes.finish(method, baseUri);
    return {
      method,
      baseUri,
      protocol: protocolOf(this.#values, bytes, baseString),
      carriers: CARRIERS[this.#carriers]!,
      baseString,
      inHeader: this.#inHeader,
      beforeBody: this.#beforeBody,
    };
  }

  #takeProtocol(): number {
    const { bytes } = this;
    const index = protocolIndexAt(bytes.view, bytes.start, bytes.nameEnd);
    if (index < 0) {
      const name = bytes.signedName();
      this.#unknown ??= new Set();
      if (this.#unknown.has(name)) this.#noteRepeated();
      this.#unknown.add(name);
      return index;
    }
    if (this.#values[index] !== undefined) this.#noteRepeated();
    this.#values[index] = readProtocolValue(bytes, index === SIGNATURE ? -1 : bytes.count);
    this.#carriers |= BIT[this.#carrier];
    return index;
  }

  #noteRepeated(): void {
    const { bytes } = this;
    this.#repeated ??= new Set();
    if (bytes.nameEnd - bytes.start <= LONGEST_NAMED && this.#repeated.size < MOST_NAMED)
      this.#repeated.add(bytes.name());
  }
}

function repeated(names: readonly string[]): Problem {
  const advice =
    'Send each oauth_ parameter once, and in one place only: the Authorization header, the query or the form body.';
  return new Problem('parameter_rejected', names.length === 0 ? { advice } : { advice, rejected: names });
}
