/**
 * Passwords as scrypt hashes in PHC form, `$scrypt$ln=15,r=8,p=3$salt$hash` (base64 without padding).
 * Hashing is slow and hungry for memory on purpose, so it runs in the thread pool and only a few at a time: a
 * flood of logins queues up here, up to a bound, and never starves the requests that carry signatures.
 * The parameters stand in each hash, so they can be raised later: an old hash verifies, and says it is old.
 */
import { type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import type { RandomSource } from '../base/index.ts';

/** Makes and checks password hashes. */
export interface PasswordHasher {
  /** @throws {PasswordsBusy} when too many wait already */
  hash(password: string): Promise<string>;
  /**
   * Whether the password belongs to the hash. A null or unreadable hash takes just as long, and never matches.
   * @throws {PasswordsBusy} when too many wait already
   */
  verify(password: string, hash: string | null): Promise<boolean>;
  /** Whether the hash was made with weaker parameters than today's. */
  isOutdated(hash: string): boolean;
}

/** More passwords wait to be hashed than can be served in reasonable time. */
export class PasswordsBusy extends Error {
  constructor() {
    super('Too many passwords are being checked at this moment.');
    this.name = 'PasswordsBusy';
  }
}

/** How costly a hash is, and how many may be made at once. */
export interface PasswordHasherOptions {
  /** Logarithm of scrypt's N. 15 with r=8, p=3 is 32 MiB, one of the equal choices of OWASP's cheat sheet. */
  readonly logN: number;
  readonly r: number;
  readonly p: number;
  readonly concurrency: number;
  /** Those that may wait beyond that. */
  readonly waiting: number;
}

const DEFAULTS: PasswordHasherOptions = { logN: 15, r: 8, p: 3, concurrency: 2, waiting: 64 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

interface Parsed {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** Gives a hasher; the options are for tests and for machines of another size. */
export function createPasswordHasher(
  random: RandomSource,
  options: Partial<PasswordHasherOptions> = {},
): PasswordHasher {
  const settings = { ...DEFAULTS, ...options };
  const enter = createTurnstile(settings.concurrency, settings.waiting);
  const decoy: Parsed = { ...settings, salt: Buffer.alloc(SALT_BYTES), hash: Buffer.alloc(HASH_BYTES) };

  return {
    async hash(password) {
      const salt = Buffer.from(random.bytes(SALT_BYTES));
      const hash = await enter(() => derive(password, { ...settings, salt }));
      return `$scrypt$ln=${settings.logN},r=${settings.r},p=${settings.p}$${base64(salt)}$${base64(hash)}`;
    },
    async verify(password, text) {
      const known = text === null ? null : parse(text);
      const target = known ?? decoy;
      const hash = await enter(() => derive(password, target));
      return timingSafeEqual(hash, target.hash) && known !== null;
    },
    isOutdated(text) {
      const known = parse(text);
      return known === null || known.logN < settings.logN || known.r < settings.r || known.p < settings.p;
    },
  };
}

/** Unicode spells some characters in several ways; two keyboards must not make two passwords of one. */
function derive(password: string, parsed: Pick<Parsed, 'logN' | 'r' | 'p' | 'salt'>): Promise<Buffer> {
  const { logN, r, p, salt } = parsed;
  const options: ScryptOptions = { N: 2 ** logN, r, p, maxmem: 2 ** logN * r * 128 + 2 ** 20 * (p + 1) };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** Bounds on the parameters keep a planted hash from asking for gigabytes. */
function parse(text: string): Parsed | null {
  const match =
    /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/.exec(text);
  if (match === null) return null;
  const [logN, r, p] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (logN < 1 || logN > 18 || r < 1 || r > 16 || p < 1 || p > 16) return null;
  return { logN, r, p, salt: Buffer.from(match[4]!, 'base64'), hash: Buffer.from(match[5]!, 'base64') };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}

/** Lets so many through at once, so many wait, and turns the rest away. */
function createTurnstile(concurrency: number, waiting: number) {
  let running = 0;
  const queue: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < concurrency) running += 1;
    else if (queue.length < waiting) await new Promise<void>((resolve) => queue.push(resolve));
    else throw new PasswordsBusy();
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
