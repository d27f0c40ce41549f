/** The nonces: where they are remembered, and whether a Redis that is named for them answers and may keep them. */
import { inspectSharedMemory, placeOfNonces } from '../../../server/index.ts';
import { refusalSentences } from '../../refusal-sentences.ts';
import { type DoctorCheck, failed, ok, warning } from '../check.ts';

export const noncesCheck: DoctorCheck = {
  name: 'nonces',
  async examine({ settings }) {
    try {
      const place = placeOfNonces(settings);
      if (place === 'memory') return ok('in memory, with a journal in the data directory');
      if (place === 'database') return ok('in the database');
      const health = await inspectSharedMemory(settings);
      const [fault] = health?.faults ?? [];
      return fault === undefined ? ok(`${health?.product} answers`) : warning(fault.finding, fault.advice);
    } catch (error) {
      return failed(
        refusalSentences(error)[0] ?? 'Redis does not answer',
        'Until it answers, every signed request is refused with 503, and the server does not start.',
      );
    }
  },
};
