/**
 * Opens what the checks look at, as it is: no directory is made, no schema brought up to date, and what cannot be
 * opened is a finding rather than an end.
 */
import { reportUsage } from '../../administration/index.ts';
import { FixedClock } from '../../base/index.ts';
import type { ConsumerSummary, Storage } from '../../model/index.ts';
import { hasInstallation, type OpenSchema, openInstallation, openSchema } from '../../server/index.ts';
import type { Settings } from '../../settings/index.ts';
import { everyRow } from '../every-row.ts';
import { refusalSentences } from '../refusal-sentences.ts';
import { askPublicUrl } from './ask-public-url.ts';
import { type Patient, USED_DAYS } from './check.ts';
import { passesClaimedName } from './claim-name.ts';

/** Gives the patient to a function and closes everything afterwards. */
export async function withPatient<T>(
  settings: Settings,
  examine: (patient: Patient) => Promise<T>,
): Promise<T> {
  await using opened = new AsyncDisposableStack();
  let database: OpenSchema | null = null;
  let storage: Storage | null = null;
  let trouble: string | null = null;
  try {
    if (hasInstallation(settings)) database = await openSchema(settings);
    opened.defer(async () => database?.close());
    if (database !== null && (await isUpToDate(database)))
      storage = (await openInstallation(settings)).storage;
    opened.defer(async () => storage?.close());
  } catch (error) {
    trouble = refusalSentences(error)[0] ?? 'it cannot be opened';
  }
  const consumers = storage === null ? [] : await everyConsumer(storage);
  const publicAnswer = await askPublicUrl(settings);
  const now = Math.floor(Date.now() / 1000);
  const clock = new FixedClock(now);
  const usage = storage === null ? null : await reportUsage({ storage, clock }, USED_DAYS);
  const seen = { database, trouble, storage, consumers, usage, publicAnswer };
  return await examine({
    ...seen,
    settings,
    now,
    passesClaimedName: await passesClaimedName(settings, publicAnswer),
  });
}

function everyConsumer({ consumers }: Storage): Promise<ConsumerSummary[]> {
  return everyRow((offset, limit) =>
    consumers.list({ search: '', sort: 'key', descending: false, offset, limit }),
  );
}

async function isUpToDate(database: OpenSchema): Promise<boolean> {
  const { version, latest } = await database.status();
  return version === latest;
}
