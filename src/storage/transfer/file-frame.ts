/** The first and the last line of a file: what it is, and by what it is known to be whole. */

import { TransferRefused } from '../../model/index.ts';
import type { ProtectionFacts } from './file-secrets.ts';

/** The `format` of the first line. */
export const FORMAT = 'countersign-export';

/** Version of the format. A reader takes this one and all before. */
export const FORMAT_VERSION = 1;

/** The first line. */
export interface FileHeader extends ProtectionFacts {
  readonly type: 'header';
  readonly format: typeof FORMAT;
  readonly version: number;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
  /** Number of the last migration of the database it came from. */
  readonly schema: number;
}

/** The last line. */
export interface FileEnd {
  readonly type: 'end';
  /** Records by type. */
  readonly records: Readonly<Record<string, number>>;
  /** SHA-256 of all bytes before this line, hexadecimal; may be missing in a file that people edited. */
  readonly sha256?: string;
}

/** Reads the first line. @throws {TransferRefused} when it is another format, or a newer version */
export function readHeader(members: Readonly<Record<string, unknown>>): FileHeader {
  const { type, format, version, secrets, check, createdAt, schema } = members;
  if (type !== 'header' || format !== FORMAT) {
    throw new TransferRefused('this is no file that `countersign backup` or `countersign export` wrote.');
  }
  if (!Number.isInteger(version) || (version as number) > FORMAT_VERSION || (version as number) < 1) {
    throw new TransferRefused(
      `this file has format version ${version}, and this program reads versions up to ${FORMAT_VERSION}: use the ` +
        'version of Countersign that wrote it, or a newer one.',
    );
  }
  const isKept = secrets === 'sealed' || secrets === 'passphrase' || secrets === 'plain';
  if (!isKept || typeof check !== 'string' || typeof createdAt !== 'string' || !Number.isInteger(schema)) {
    throw new TransferRefused('the first line of this file is damaged: use another copy of it.');
  }
  return members as unknown as FileHeader;
}
