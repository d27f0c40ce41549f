/** The database: its schema, whether its file is whole, and whether what it acknowledges outlives a power cut. */
import { counted } from '../../answer.ts';
import { type DoctorCheck, failed, ok, skipped, warning } from '../check.ts';

const NOT_OPEN = 'there is no database that could be opened';

export const schemaCheck: DoctorCheck = {
  name: 'schema',
  async examine({ database }) {
    if (database === null) return skipped(NOT_OPEN);
    const { version, latest, pending } = await database.status();
    if (version > latest) {
      return failed(
        `the database has schema ${version}; this program knows ${latest}`,
        'Start the newer version of Countersign that wrote it.',
      );
    }
    if (pending.length === 0) return ok(`up to date, version ${version}`);
    return warning(
      `${counted(pending.length, 'migration')} to be applied`,
      'countersign db migrate applies them, and so does the next start of the server.',
    );
  },
};

export const databaseCheck: DoctorCheck = {
  name: 'database',
  examine({ database, trouble }) {
    if (trouble !== null) return failed(trouble, 'Until this is mended, the server does not start.');
    if (database === null) return skipped('there is none yet: the first start makes it');
    const { sqliteVersion, journalMode, isDurable, damages } = database.health();
    if (damages.length > 0) {
      return failed(`the file is damaged: ${damages[0]}`, 'Stop the server and restore a backup.');
    }
    if (journalMode !== 'wal' || !isDurable) {
      return failed(
        `journal mode ${journalMode}${isDurable ? '' : ', commits that are not flushed'}`,
        'Put the data directory on a local file system: a network share cannot keep what is promised.',
      );
    }
    return ok(`whole; SQLite ${sqliteVersion}, write-ahead log, every commit flushed`);
  },
};
