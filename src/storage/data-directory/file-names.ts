/** What the files of an installation are called in its data directory. */

/** Name of the database file. */
export const DATABASE_FILE = 'countersign.db';

/** Name of the file beside it with the keys that open the secrets in it. */
export const KEY_FILE = 'secret.key';
