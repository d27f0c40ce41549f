/**
 * What a quickstart is made of. Each performs the whole dance without a callback address (`oob`), and then asks who
 * the token's user is. No secret ever stands in one: it comes from the environment, a private key from a file.
 */

/** What a program is written for. All of it may be shown to whoever answers for the consumer. */
export interface QuickstartFacts {
  /** Public URL without a slash at the end. */
  readonly publicUrl: string;
  readonly consumerKey: string;
  /** How the consumer proves itself, which decides between HMAC and RSA. */
  readonly credential: 'shared-secret' | 'public-key';
}

/** One language's program. */
export interface Template {
  /** Language and library. */
  readonly title: string;
  /** Name of the file that the program is saved as. */
  readonly file: string;
  /** Shell command that brings what the program needs. */
  readonly install: string;
  /** Shell command that runs it. */
  readonly run: string;
  /** Whether the project's tests run it. */
  readonly isTested: boolean;
  code(facts: QuickstartFacts): string;
}

/** The environment variable that holds a shared secret. */
export const SECRET_VARIABLE = 'CONSUMER_SECRET';

/** The file that holds a private key, PKCS #8 in PEM. */
export const PRIVATE_KEY_FILE = 'private-key.pem';
