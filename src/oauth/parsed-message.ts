/**
 * A request taken apart, as the reader of bytes leaves it: what is signed is there as the text in which it is signed, put
 * in order already. The list of parameters, which few ever look at, is made of that text when somebody does.
 */
import type { Carrier, OAuthMessage, Parameter, ProtocolParameters } from './message.ts';
import { encodedOnce } from './percent-encoding.ts';
import type { BaseString } from './piece-order.ts';

/** What has been read of a request. */
export interface ReadRequest {
  readonly method: string;
  readonly baseUri: string;
  readonly protocol: ProtocolParameters;
  readonly carriers: ReadonlySet<Carrier>;
  readonly baseString: BaseString;
  /** How many of the signed ones came before those of the query, and how many before those of the body. */
  readonly inHeader: number;
  readonly beforeBody: number;
}

/** The message of an arrived request. */
export class ParsedMessage implements OAuthMessage {
  readonly method: string;
  readonly baseUri: string;
  declare readonly parameters: readonly Parameter[];
  readonly protocol: ProtocolParameters;
  readonly carriers: ReadonlySet<Carrier>;
  readonly hasFormBody: boolean;
  readonly body: Uint8Array;
  readonly #read: ReadRequest;
  #parameters: readonly Parameter[] | null = null;

  constructor(read: ReadRequest, hasFormBody: boolean, body: Uint8Array) {
    this.method = read.method;
    this.baseUri = read.baseUri;
    this.protocol = read.protocol;
    this.carriers = read.carriers;
    this.hasFormBody = hasFormBody;
    this.body = body;
    this.#read = read;
    // A property of its own, so that a copy of the message has it too.
    Object.defineProperty(this, 'parameters', PARAMETERS);
  }

  /**
   * The base string of a message that is as it was read. Null for any other: one made by hand or of another's parts, and
   * one of which somebody holds the list of parameters, and could have changed it.
   */
  static baseStringOf(message: object): string | null {
    if (!(#read in message) || message.#parameters !== null) return null;
    const { method, baseUri, baseString } = message.#read;
    return message.method === method && message.baseUri === baseUri ? baseString.text : null;
  }

  static parametersOf(message: ParsedMessage): readonly Parameter[] {
    message.#parameters ??= listOf(message.#read);
    return message.#parameters;
  }
}

const PARAMETERS = {
  enumerable: true,
  get(this: ParsedMessage): readonly Parameter[] {
    return ParsedMessage.parametersOf(this);
  },
};

function listOf({ baseString: { text, places }, inHeader, beforeBody }: ReadRequest): readonly Parameter[] {
  return places.map((start, index) => {
    const equals = text.indexOf('%3D', start);
    const end = text.indexOf('%26', equals);
    const carrier = index < inHeader ? 'header' : index < beforeBody ? 'query' : 'body';
    const name = encodedOnce(text.slice(start, equals));
    const value = encodedOnce(end === -1 ? text.slice(equals + 3) : text.slice(equals + 3, end));
    return { name, value, carrier };
  });
}
