/** Sealing: secrets at rest, encrypted under keys that are kept outside the database. */
export { addSealingKey, createKeyFile, readKeyFile, type SealingKey } from './key-file.ts';
export { type Place, Sealer } from './sealer.ts';
