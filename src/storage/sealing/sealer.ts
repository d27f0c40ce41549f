/**
 * Seals secrets for the database: AES-256-GCM with a random nonce of 96 bits. The key's id and the place (table,
 * row, column) are authenticated, so a sealed text that somebody moves to another row or column does not open,
 * and an attacker who can write to the database cannot give one consumer another's secret.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { type RandomSource, Secret } from '../../base/index.ts';
import { StorageUnavailable } from '../../model/index.ts';
import type { SealingKey } from './key-file.ts';

/** Where a sealed text stands. */
export interface Place {
  readonly table: string;
  /** Primary key of the row. */
  readonly row: string;
  readonly column: string;
}

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Turns secrets into text that can be stored, and back. */
export class Sealer {
  #given: readonly SealingKey[];
  #keys: ReadonlyMap<string, SealingKey>;
  #newest: SealingKey;
  readonly #random: RandomSource;
  readonly #reload: () => readonly SealingKey[];

  /**
   * @param keys oldest first; the last one seals
   * @param reload gives the keys as they are now, the same list while nothing changed; asked before each sealing, so
   * that no running program goes on sealing with a key that is about to be dropped
   */
  constructor(
    keys: readonly SealingKey[],
    random: RandomSource,
    reload: () => readonly SealingKey[] = () => keys,
  ) {
    this.#given = keys;
    this.#keys = new Map(keys.map((key) => [key.id, key]));
    this.#newest = keys.at(-1)!;
    this.#random = random;
    this.#reload = reload;
  }

  /** Ids of the keys that open and do not seal any more. */
  olderKeyIds(): readonly string[] {
    this.#refresh();
    return [...this.#keys.keys()].filter((id) => id !== this.#newest.id);
  }

  seal(secret: Secret, place: Place): string {
    this.#refresh();
    const key = this.#newest;
    const nonce = this.#random.bytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, key.bytes, nonce);
    cipher.setAAD(associatedData(key.id, place));
    const sealed = Buffer.concat([
      nonce,
      cipher.update(secret.reveal(), 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    return `${key.id}.${sealed.toString('base64url')}`;
  }

  /** @throws {StorageUnavailable} when the text was sealed elsewhere, altered, or with a key that is not here */
  open(text: string, place: Place): Secret {
    const [id = '', body = ''] = text.split('.');
    const key = this.#key(id);
    const sealed = Buffer.from(body, 'base64url');
    if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new StorageUnavailable(describeRefusal(place));
    const decipher = createDecipheriv(ALGORITHM, key.bytes, sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(associatedData(id, place));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      const opened = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8');
      return new Secret(opened + decipher.final('utf8'));
    } catch (cause) {
      throw new StorageUnavailable(describeRefusal(place), { cause });
    }
  }

  #key(id: string): SealingKey {
    if (!this.#keys.has(id)) this.#refresh();
    const key = this.#keys.get(id);
    if (key !== undefined) return key;
    throw new StorageUnavailable(
      `the key file does not hold the key "${id}" that sealed a secret in this database: it is another ` +
        "installation's, or an old copy. Put back the secret.key that belongs to this database.",
    );
  }

  #refresh(): void {
    const keys = this.#reload();
    if (keys === this.#given || keys.length === 0) return;
    this.#given = keys;
    this.#keys = new Map(keys.map((key) => [key.id, key]));
    this.#newest = keys.at(-1)!;
  }
}

function associatedData(keyId: string, place: Place): Buffer {
  return Buffer.from(JSON.stringify([keyId, place.table, place.row, place.column]), 'utf8');
}

function describeRefusal(place: Place): string {
  return (
    `a stored secret (${place.table}.${place.column}) does not open: the database was altered outside this ` +
    'program, or the key file is not the one that belongs to it.'
  );
}
