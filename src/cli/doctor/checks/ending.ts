/** What ends soon: a warning in time, instead of a refusal on the day. */
import { ENDS_SOON_DAYS, type EndingSoon, endingSoon } from '../../../administration/index.ts';
import { FixedClock, isoTime } from '../../../base/index.ts';
import { type DoctorCheck, listed, ok, skipped, warning } from '../check.ts';

export const endingCheck: DoctorCheck = {
  name: 'ends soon',
  async examine({ storage, now }) {
    if (storage === null) return skipped('there is no database with an up-to-date schema');
    const endings = await endingSoon({ storage, clock: new FixedClock(now) });
    if (endings.length === 0) return ok(`no key, secret or API key ends within ${ENDS_SOON_DAYS} days`);
    return warning(
      listed(endings.map(words)),
      'Consumers have to sign with their new keys by then, others have to know ours, and users make new API keys under Account.',
    );
  },
};

function words({ kind, id, name, userName, endsAt }: EndingSoon): string {
  const day = isoTime(endsAt).slice(0, 10);
  if (kind === 'installation-key') return `our present key on ${day}`;
  if (kind === 'api-key') return `the API key "${name}" of ${userName} on ${day}`;
  return `the old key or secret of ${id} on ${day}`;
}
