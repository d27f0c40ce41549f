/**
 * Server: the one place that knows all parts. It opens what is kept, wires the faces to the use cases and listens. The
 * command line starts it and borrows the same opened installation for its commands; what these ask for is read when
 * they do, so that each command waits for its own part alone.
 */
import { whenCalled } from '../base/index.ts';

export { DATABASE_FILE, KEY_FILE } from '../storage/data-directory/index.ts';
export type { ImportReport, MergeReport, OnConflict, Protection } from '../storage/transfer/index.ts';
export type { RestoreDataReport } from './data-files.ts';
export {
  hasInstallation,
  type OpenInstallation,
  type OpenSchema,
  openDespiteDamage,
  openInstallation,
  openSchema,
} from './open-installation.ts';
export { placeOfNonces } from './place-of-nonces.ts';
export { programVersion } from './program-version.ts';
export { providerSettings } from './provider-settings.ts';
export { StartRefused, systemErrorCode } from './start-refused.ts';
export type { RunningServer } from './start-server.ts';
export { systemClock, systemRandom } from './system.ts';

export const startServer = whenCalled(async () => (await import('./start-server.ts')).startServer);

export const backUp = whenCalled(async () => (await import('./data-files.ts')).backUp);
export const restoreData = whenCalled(async () => (await import('./data-files.ts')).restoreData);
export const exportData = whenCalled(async () => (await import('./data-files.ts')).exportData);
export const importData = whenCalled(async () => (await import('./data-files.ts')).importData);
export const importForeign = whenCalled(async () => (await import('./data-files.ts')).importForeign);
export const foreignTables = whenCalled(async () => (await import('./data-files.ts')).foreignTables);
export const dumpLines = whenCalled(async () => (await import('./data-files.ts')).dumpLines);

export const adoptKeyFile = whenCalled(async () => (await import('./sealing-key.ts')).adoptKeyFile);
export const rotateSealingKey = whenCalled(async () => (await import('./sealing-key.ts')).rotateSealingKey);
export const dropOldSealingKeys = whenCalled(
  async () => (await import('./sealing-key.ts')).dropOldSealingKeys,
);

export const inspectSharedMemory = whenCalled(
  async () => (await import('./open-guards.ts')).inspectSharedMemory,
);

export const metricsReferencePage = whenCalled(
  async () => (await import('./metrics/index.ts')).metricsReferencePage,
);
export const exportFormatPage = whenCalled(
  async () => (await import('../storage/transfer/index.ts')).exportFormatPage,
);
