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
  async examine({ database, trouble }) {
    if (trouble !== null) return failed(trouble, 'Until this is mended, the server does not start.');
    if (database === null) return skipped('there is none yet: the first start makes it');
    const { product, assurance, faults } = await database.health();
    const [fault] = faults;
    return fault === undefined ? ok(`${product}: ${assurance}`) : failed(fault.finding, fault.advice);
  },
};
