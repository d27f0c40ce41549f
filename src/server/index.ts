/**
 * Server: the one place that knows all parts. It reads the settings, opens what is kept, wires the faces to the
 * use cases and listens. The command line starts it and borrows the same opened installation for its commands.
 */

export { DATABASE_FILE, KEY_FILE } from '../storage/sqlite/index.ts';
export {
  exportFormatPage,
  type ImportReport,
  type MergeReport,
  type OnConflict,
  type Protection,
  TransferRefused,
} from '../storage/transfer/index.ts';
export {
  backUp,
  dumpLines,
  exportData,
  foreignTables,
  importData,
  importForeign,
  type RestoreDataReport,
  restoreData,
} from './data-files.ts';
export { writtenAddress } from './listener.ts';
export { metricsReferencePage } from './metrics/index.ts';
export { inspectSharedMemory, placeOfNonces } from './open-guards.ts';
export {
  hasInstallation,
  type OpenInstallation,
  type OpenSchema,
  openDespiteDamage,
  openInstallation,
  openSchema,
} from './open-installation.ts';
export { programVersion } from './program-version.ts';
export { providerSettings } from './provider-settings.ts';
export { adoptKeyFile, dropOldSealingKeys, rotateSealingKey } from './sealing-key.ts';
export {
  durationSeconds,
  type ReadSettings,
  readSettings,
  SETTINGS,
  type Setting,
  type SettingName,
  type Settings,
  SettingsRefused,
  settingsReferencePage,
  showSettings,
} from './settings/index.ts';
export { StartRefused, systemErrorCode } from './start-refused.ts';
export { type RunningServer, startServer } from './start-server.ts';
export { systemClock, systemRandom } from './system.ts';
