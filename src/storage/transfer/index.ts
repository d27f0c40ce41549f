/** Transfer: everything that is kept, to a file and from a file, the same for every database. */
export { type FileHeader, FORMAT_VERSION } from './file-frame.ts';
export { type FileSecrets, newFileSecrets, openFileSecrets, type Protection } from './file-secrets.ts';
export { exportFormatPage } from './format-page.ts';
export { type ImportReport, importFile, type MergeReport } from './import-file.ts';
export { importModels, type ModelRecords } from './import-models.ts';
export type { Kept } from './kept.ts';
export { fileLines } from './lines.ts';
export type { OnConflict } from './merge.ts';
export { examineFile, type FileSummary, type LineMistake, readFileHeader } from './read-file.ts';
export { type Resealed, resealAll, sealedByOlderKeys } from './reseal.ts';
export { examineForRestore, type RestoreReport, restoreFile } from './restore-file.ts';
export { type Written, writeFile, writeStream } from './write-file.ts';
