/**
 * How the secrets in a file are kept. `sealed`, the usual, leaves them as they are in the database: only the key file
 * opens them. `passphrase` encrypts each with AES-256-GCM under a key that scrypt makes of the passphrase, bound to
 * its place like a sealed one. `plain` is for those who ask for it in so many words.
 */
import { createCipheriv, createDecipheriv, scryptSync } from 'node:crypto';
import { type RandomSource, Secret } from '../../base/index.ts';
import { TransferRefused } from '../../model/index.ts';
import type { Place, Sealer } from '../sealing/index.ts';

/** How secrets are kept in a file. */
export type Protection = 'sealed' | 'passphrase' | 'plain';

/** What a file's header says about its secrets. */
export interface ProtectionFacts {
  readonly secrets: Protection;
  /** A known word, kept as the secrets are: tells a wrong key or passphrase at once. */
  readonly check: string;
  /** How the passphrase becomes a key. */
  readonly scrypt?: ScryptFacts;
}

/** Parameters of scrypt; the salt in base64url. */
export interface ScryptFacts {
  readonly salt: string;
  readonly n: number;
  readonly r: number;
  readonly p: number;
}

/** Takes secrets over from the database into a file, and back. */
export interface FileSecrets {
  readonly facts: ProtectionFacts;
  /** @param sealed as the database holds it */
  toFile(sealed: string, place: Place): string;
  /** @throws {Error} when it does not open */
  open(kept: string, place: Place): Secret;
  /** What the database is to hold. @throws {Error} when it does not open */
  fromFile(kept: string, place: Place): string;
}

const WORD = 'countersign';
const CHECK: Place = { table: 'file', row: 'header', column: 'check' };
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** 128 MiB and a fraction of a second for each guess. */
const COST = { n: 2 ** 17, r: 8, p: 1 } as const;

/** A header may ask for this much at most: reading a stranger's file must not take the machine. */
const MOST_N = 2 ** 20;
const MOST_R = 16;
const MOST_P = 4;

/** Secrets for a new file. @param passphrase for `passphrase` only */
export function newFileSecrets(
  protection: Protection,
  sealer: Sealer,
  random: RandomSource,
  passphrase: Secret | null,
): FileSecrets {
  const scrypt = { salt: Buffer.from(random.bytes(16)).toString('base64url'), ...COST };
  const codec = codecFor(protection, sealer, random, passphrase, scrypt);
  const check = codec.toFile(sealer.seal(new Secret(WORD), CHECK), CHECK);
  return {
    ...codec,
    facts: { secrets: protection, check, ...(protection === 'passphrase' ? { scrypt } : {}) },
  };
}

/** Secrets of a file that is there. @throws {TransferRefused} when the key file or the passphrase is another one */
export function openFileSecrets(
  facts: ProtectionFacts,
  sealer: Sealer,
  random: RandomSource,
  passphrase: Secret | null,
): FileSecrets {
  if (facts.secrets === 'passphrase' && passphrase === null) {
    throw new TransferRefused(
      'the secrets in this file are encrypted under a passphrase: give it with --passphrase-stdin or --passphrase-file.',
    );
  }
  const secrets = { ...codecFor(facts.secrets, sealer, random, passphrase, facts.scrypt), facts };
  try {
    if (secrets.open(facts.check, CHECK).reveal() === WORD) return secrets;
  } catch {
    // Told below: the reason is the same.
  }
  throw new TransferRefused(
    facts.secrets === 'passphrase'
      ? 'the passphrase does not open the secrets in this file: it is another one, or the file was altered.'
      : 'the key file here does not open the secrets in this file: name the secret.key of the installation that wrote ' +
          'it with --key-file, or write the file again under a passphrase (export --passphrase-file).',
  );
}

type Codec = Omit<FileSecrets, 'facts'>;

function codecFor(
  protection: Protection,
  sealer: Sealer,
  random: RandomSource,
  passphrase: Secret | null,
  scrypt: ScryptFacts | undefined,
): Codec {
  if (protection === 'sealed') {
    return {
      toFile: (sealed) => sealed,
      open: (kept, place) => sealer.open(kept, place),
      fromFile: (kept) => kept,
    };
  }
  const text =
    protection === 'plain'
      ? { close: (secret: Secret) => secret.reveal(), open: (kept: string) => new Secret(kept) }
      : encryption(deriveKey(passphrase!, scrypt), random);
  return {
    toFile: (sealed, place) => text.close(sealer.open(sealed, place), place),
    open: (kept, place) => text.open(kept, place),
    fromFile: (kept, place) => sealer.seal(text.open(kept, place), place),
  };
}

function deriveKey(passphrase: Secret, facts: ScryptFacts | undefined): Buffer {
  const { salt = '', n = 0, r = 0, p = 0 } = facts ?? {};
  const isSound = [n, r, p].every((value) => Number.isInteger(value) && value > 0) && Math.log2(n) % 1 === 0;
  if (!isSound || n < 2 || n > MOST_N || r > MOST_R || p > MOST_P) {
    throw new TransferRefused(
      'the header of this file asks for a passphrase key in a way that is not accepted.',
    );
  }
  const options = { N: n, r, p, maxmem: 256 * n * r + 2 ** 20 };
  return scryptSync(passphrase.reveal().normalize('NFC'), Buffer.from(salt, 'base64url'), KEY_BYTES, options);
}

function encryption(key: Buffer, random: RandomSource) {
  const associated = ({ table, row, column }: Place) => Buffer.from(JSON.stringify([table, row, column]));
  return {
    close(secret: Secret, place: Place): string {
      const nonce = random.bytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associated(place));
      const body = [cipher.update(secret.reveal(), 'utf8'), cipher.final()];
      return Buffer.concat([nonce, ...body, cipher.getAuthTag()]).toString('base64url');
    },
    open(kept: string, place: Place): Secret {
      const bytes = Buffer.from(kept, 'base64url');
      if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new Error('too short');
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(associated(place)).setAuthTag(bytes.subarray(-TAG_BYTES));
      const opened = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8');
      return new Secret(opened + decipher.final('utf8'));
    },
  };
}
