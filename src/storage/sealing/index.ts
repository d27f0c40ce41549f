/** Sealing: secrets at rest, encrypted under keys that are kept outside the database. */
export {
  addSealingKey,
  adoptKeys,
  createKeyFile,
  dropOlderKeys,
  followKeyFile,
  readKeyFile,
} from './key-file.ts';
export { type Place, Sealer } from './sealer.ts';
