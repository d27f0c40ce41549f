/**
 * The one connection to Redis. Whoever asks has an answer or a `StorageUnavailable` within a bounded time: nothing is
 * queued while there is no connection, nothing is sent a second time, and a server that keeps silent is hung up on.
 * It connects again by itself, for ever. Commands of one turn of the event loop leave in one write.
 */
import { isIP } from 'node:net';
import type { Redis, RedisOptions } from 'iovalkey';
import { StorageUnavailable } from '../../model/index.ts';
import { type RedisAddress, shownRedisAddress } from './address.ts';

/** How long an answer may take; then the connection counts as dead. */
const PATIENCE_MS = 1_000;

/** Pause between attempts to connect: with the time an attempt takes, well within two seconds. */
const RECONNECT_MS = 200;

/** Commands under way at most; a command may carry many nonces. */
const MOST_UNDER_WAY = 1_000;

/** A value that a command carries. */
export type RedisArgument = string | number | Buffer;

/** A script that Redis runs as one step; one instance for each script, so that it is sent only once. */
export interface RedisScript {
  readonly name: string;
  readonly lua: string;
}

/** What some of its errors mean to whoever set it up. */
const SENTENCES: readonly (readonly [pattern: RegExp, sentence: string])[] = [
  [/^(WRONGPASS|NOAUTH)/, 'it asks for another user name or password'],
  [/^NOPERM/, 'this user may not do what nonces need: INFO, EVAL and keys that begin with countersign:'],
  [/^READONLY/, 'it is a replica, which takes no nonces'],
  [/^OOM/, 'its memory is full'],
  [/timed out|ETIMEDOUT|Socket timeout/, 'it does not answer in time'],
  [/altnames/, 'its certificate is for another host: connect by the name that it is for'],
  [
    /certificate/,
    'its certificate is not accepted: name the file of its authority in the environment variable NODE_EXTRA_CA_CERTS',
  ],
];

/** A connection that mends itself. */
export class RedisLink {
  readonly #client: Redis;
  readonly #shown: string;
  readonly #commands = new Map<string, (...args: RedisArgument[]) => Promise<unknown>>();
  #trouble = 'it was not reached yet';
  #underWay = 0;

  private constructor(client: Redis, address: RedisAddress, scripts: readonly RedisScript[]) {
    this.#shown = shownRedisAddress(address);
    this.#client = client;
    this.#client.on('error', (error: Error & { code?: string }) => {
      this.#trouble = error.message === '' ? (error.code ?? error.name) : error.message;
    });
    for (const { name, lua } of scripts) {
      this.#client.defineCommand(name, { lua, numberOfKeys: 1 });
      const defined: unknown = Reflect.get(this.#client, name);
      this.#commands.set(
        name,
        (defined as (...args: RedisArgument[]) => Promise<unknown>).bind(this.#client),
      );
    }
  }

  /** Connects. @throws {StorageUnavailable} when the server cannot be reached, or refuses the password */
  static async open(address: RedisAddress, scripts: readonly RedisScript[]): Promise<RedisLink> {
    // Most installations have none, and need not wait for the library to be read.
    const { Redis } = await import('iovalkey');
    const link = new RedisLink(new Redis(clientOptions(address)), address, scripts);
    try {
      await link.#client.connect();
      return link;
    } catch {
      link.close();
      throw link.#unavailable(link.#trouble);
    }
  }

  /** Whether there is a connection at this moment. */
  get isUp(): boolean {
    return this.#client.status === 'ready';
  }

  /** Runs a script. @throws {StorageUnavailable} when there is no answer in time; it may have run all the same */
  run(script: RedisScript, key: string, args: readonly RedisArgument[]): Promise<unknown> {
    return this.#bounded(() => this.#commands.get(script.name)!(key, ...args));
  }

  /** A section of what the server says about itself, as its fields. */
  async info(section: string): Promise<ReadonlyMap<string, string>> {
    const text = String(await this.#bounded(() => this.#client.info(section)));
    return new Map(text.split('\r\n').flatMap((line) => fieldOf(line)));
  }

  /** Ends it; what is under way is given up. */
  close(): void {
    this.#client.disconnect();
  }

  async #bounded<T>(send: () => Promise<T>): Promise<T> {
    if (!this.isUp) throw this.#unavailable(this.#trouble);
    if (this.#underWay >= MOST_UNDER_WAY) throw this.#unavailable('too many commands wait for its answer');
    this.#underWay += 1;
    try {
      return await send();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#trouble = message;
      // A primary that became a replica: the name may lead to the new primary by now.
      if (/^-?READONLY/.test(message)) this.#client.disconnect(true);
      throw this.#unavailable(message);
    } finally {
      this.#underWay -= 1;
    }
  }

  /** The library's errors carry commands and their arguments, a password among them: only their sentence goes on. */
  #unavailable(reason: string): StorageUnavailable {
    const sentence = SENTENCES.find(([pattern]) => pattern.test(reason))?.[1] ?? reason;
    return new StorageUnavailable(`Redis at ${this.#shown}: ${sentence}`);
  }
}

function clientOptions(address: RedisAddress): RedisOptions {
  const { host, port, username, password, database, isTls } = address;
  return {
    host,
    port,
    family: 0,
    db: database,
    ...(username !== null && { username }),
    ...(password !== null && { password: password.reveal() }),
    ...(isTls && { tls: isIP(host) === 0 ? { servername: host } : {} }),
    connectionName: 'countersign',
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: PATIENCE_MS,
    commandTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disconnectTimeout: 50,
    retryStrategy: () => RECONNECT_MS,
  };
}

function fieldOf(line: string): [string, string][] {
  const colon = line.indexOf(':');
  return colon < 1 ? [] : [[line.slice(0, colon), line.slice(colon + 1)]];
}
