/** Who else on this machine may read what is kept: nobody, or the sealed secrets lie open. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DATABASE_FILE, KEY_FILE } from '../../../server/index.ts';
import { type DoctorCheck, failed, ok, skipped } from '../check.ts';

const OTHERS = 0o077;

export const permissionsCheck: DoctorCheck = {
  name: 'permissions',
  async examine({ settings: { data } }) {
    if (process.platform === 'win32') return skipped('file modes say nothing on Windows');
    const paths = [data, join(data, DATABASE_FILE), join(data, KEY_FILE)];
    const modes = await Promise.all(paths.map(modeOf));
    if (modes[0] === null) return skipped(`${data} does not exist yet`);
    const open = paths.filter((_, at) => ((modes[at] ?? 0) & OTHERS) !== 0);
    if (open.length === 0)
      return ok('only their owner may read the data directory, the database and the key file');
    return failed(
      `other users of this machine may read ${open.join(', ')}`,
      `chmod go-rwx ${open.map((path) => `'${path}'`).join(' ')}; if others use this machine, rotate the secrets.`,
    );
  },
};

async function modeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mode;
  } catch {
    return null;
  }
}
