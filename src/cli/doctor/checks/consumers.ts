/** The registered consumers: weak credentials, those that nobody uses, and what they are allowed beyond the usual. */
import { credentialFacts } from '../../../administration/index.ts';
import { counted } from '../../answer.ts';
import { type DoctorCheck, listed, ok, type Patient, skipped, warning } from '../check.ts';

const NINETY_DAYS = 90 * 86_400;

/** Why the consumers are not known. */
const WITHOUT_DATA = 'the consumers are not known: there is no database with an up-to-date schema';

export const keyPolicyCheck: DoctorCheck = {
  name: 'keys',
  examine({ storage, consumers, now }) {
    if (storage === null) return skipped(WITHOUT_DATA);
    const weak = consumers.flatMap(({ consumer: { key, credential } }) => {
      const { weaknesses } = credentialFacts(credential, now);
      return weaknesses.length === 0 ? [] : [`${key} (${weaknesses.join(', ')})`];
    });
    if (weak.length === 0) return ok(`${counted(consumers.length, 'consumer')}, none with a weak credential`);
    return warning(
      `weak credentials: ${listed(weak)}`,
      'countersign consumer rotate KEY replaces one, and the old one stays valid for a while.',
    );
  },
};

export const unusedConsumersCheck: DoctorCheck = {
  name: 'unused consumers',
  examine({ storage, consumers, now }) {
    if (storage === null) return skipped(WITHOUT_DATA);
    const unused = consumers.filter(
      ({ consumer, lastUsedAt }) => now - (lastUsedAt ?? consumer.createdAt) > NINETY_DAYS,
    );
    if (unused.length === 0) return ok('every consumer was used, or registered, within 90 days');
    return warning(
      `not used for 90 days: ${listed(keysOf(unused))}`,
      'countersign consumer remove KEY takes one away, with all its tokens. Two-legged use is not counted.',
    );
  },
};

export const legacyCheck: DoctorCheck = {
  name: 'legacy',
  examine({ storage, consumers }) {
    if (storage === null) return skipped(WITHOUT_DATA);
    const plaintext = consumers.filter(({ consumer }) => consumer.allowPlaintext);
    const legacy10 = consumers.filter(({ consumer }) => consumer.legacy10);
    const found = [
      ...(plaintext.length === 0 ? [] : [`PLAINTEXT is allowed to ${listed(keysOf(plaintext))}`]),
      ...(legacy10.length === 0 ? [] : [`OAuth 1.0 of 2007 to ${listed(keysOf(legacy10))}`]),
    ];
    if (found.length === 0) return ok('nobody is allowed PLAINTEXT or OAuth 1.0 of 2007');
    return warning(
      found.join('; '),
      'Take back what is not needed: countersign consumer edit KEY --no-allow-plaintext --no-legacy-1.0.',
    );
  },
};

function keysOf(rows: Patient['consumers']): string[] {
  return rows.map(({ consumer }) => consumer.key);
}
