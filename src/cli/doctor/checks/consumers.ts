/**
 * The registered consumers: weak credentials, those that nobody uses, what they sign with,
 * and what they are allowed beyond the usual.
 */
import { credentialFacts, type UsageReport } from '../../../administration/index.ts';
import type { Consumer, OldWay } from '../../../model/index.ts';
import type { SignatureMethod } from '../../../oauth/index.ts';
import { counted } from '../../answer.ts';
import { type DoctorCheck, listed, ok, type Patient, skipped, USED_DAYS, warning } from '../check.ts';

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
  examine({ storage, usage, consumers, now }) {
    if (storage === null || usage === null) return skipped(WITHOUT_DATA);
    const used = new Set(usage.perConsumer.map(({ consumerKey }) => consumerKey));
    const unused = consumers.filter(
      ({ consumer, lastUsedAt }) =>
        !used.has(consumer.key) && now - (lastUsedAt ?? consumer.createdAt) > USED_DAYS * 86_400,
    );
    if (unused.length === 0) return ok(`every consumer was used, or registered, within ${USED_DAYS} days`);
    return warning(
      `not used for ${USED_DAYS} days: ${listed(keysOf(unused))}`,
      'countersign consumer remove KEY takes one away, with all its tokens.',
    );
  },
};

/** Methods that should go; the others are only named. */
const OUTDATED: ReadonlySet<SignatureMethod> = new Set(['RSA-SHA1', 'PLAINTEXT']);

export const methodsCheck: DoctorCheck = {
  name: 'methods in use',
  examine({ usage }) {
    if (usage === null) return skipped(WITHOUT_DATA);
    if (usage.methods.length === 0) return ok(`no request was accepted within ${USED_DAYS} days`);
    const inUse = `within ${USED_DAYS} days: ${usage.methods.map((method) => methodWords(usage, method)).join('; ')}`;
    if (!usage.methods.some((method) => OUTDATED.has(method))) return ok(inUse);
    return warning(
      inUse,
      'RSA-SHA256 needs no other key than RSA-SHA1, and HMAC-SHA256 no other secret than PLAINTEXT. countersign consumer usage names who would break.',
    );
  },
};

export const legacyCheck: DoctorCheck = {
  name: 'legacy',
  examine({ usage, consumers }) {
    if (usage === null) return skipped(WITHOUT_DATA);
    const allowed = (['plaintext', 'legacy10'] as const).flatMap((way) => {
      const keys = keysOf(consumers.filter(({ consumer }) => isAllowed[way](consumer)));
      return keys.length === 0
        ? []
        : [`${WAY_NAMES[way]} is allowed to ${listed(keys)}, ${usedBy(usage, way, keys)}`];
    });
    if (allowed.length === 0) return ok('nobody is allowed PLAINTEXT or OAuth 1.0 of 2007');
    return warning(
      allowed.join('; '),
      'Take back what is not needed: countersign consumer edit KEY --no-allow-plaintext --no-legacy-1.0.',
    );
  },
};

const WAY_NAMES = { plaintext: 'PLAINTEXT', legacy10: 'OAuth 1.0 of 2007' } as const;

const isAllowed = {
  plaintext: (consumer: Consumer) => consumer.allowPlaintext,
  legacy10: (consumer: Consumer) => consumer.legacy10,
} as const;

function usedBy({ dependants }: UsageReport, way: OldWay, allowed: readonly string[]): string {
  const using = dependants[way].map(({ consumerKey }) => consumerKey).filter((key) => allowed.includes(key));
  const period = `within ${USED_DAYS} days`;
  return using.length === 0 ? `and nobody used it ${period}` : `and used by ${listed(using)} ${period}`;
}

function methodWords({ perConsumer }: UsageReport, method: SignatureMethod): string {
  const keys = new Set(perConsumer.filter((use) => use.method === method).map((use) => use.consumerKey));
  return `${method} by ${listed([...keys])}`;
}

function keysOf(rows: Patient['consumers']): string[] {
  return rows.map(({ consumer }) => consumer.key);
}
