/** The directories in which an installation keeps its files: made where they are missing, for its user alone. */
export { makeDirectory } from './make-directory.ts';
