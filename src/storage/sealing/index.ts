/** Sealing: secrets at rest, encrypted under keys that are kept outside the database. */
export { addSealingKey, createKeyFile, readKeyFile } from './key-file.ts';
export { Sealer } from './sealer.ts';
