/** The directories in which an installation keeps its files: made where they are missing, for its user alone. */
export { DATABASE_FILE, KEY_FILE } from './file-names.ts';
export { makeDirectory } from './make-directory.ts';
