/** The clock, against the one behind the public URL: a wrong one refuses every client whose clock is right. */
import { type DoctorCheck, failed, ok, skipped, warning } from '../check.ts';

/** The Date header has whole seconds, and the answer took a while. */
const UNREMARKABLE_SECONDS = 5;

export const clockCheck: DoctorCheck = {
  name: 'clock',
  examine({ publicAnswer, settings, now }) {
    if (publicAnswer.kind !== 'answered' || publicAnswer.date === null) {
      return skipped('there is no Date header of the public URL to compare with');
    }
    const skew = Math.round(now - publicAnswer.date / 1000);
    const finding = `this machine’s clock is ${Math.abs(skew)} s ${skew < 0 ? 'behind' : 'ahead of'} ${publicAnswer.url}`;
    const advice = 'Let both machines take their time from the network (chrony, systemd-timesyncd).';
    if (Math.abs(skew) > settings.timestampWindow) return failed(finding, advice);
    if (Math.abs(skew) > UNREMARKABLE_SECONDS) return warning(finding, advice);
    return ok(`agrees with ${publicAnswer.url}`);
  },
};
