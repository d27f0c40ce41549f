/** A consumer in words and lines, for `consumer show` and what changes one. */
import type { ConsumerView, CredentialFacts, Weakness } from '../administration/index.ts';
import { facts, shownTime } from './answer.ts';

const WEAKNESS_WORDS: Readonly<Record<Weakness, string>> = {
  'short-key': 'shorter than 2048 bits',
  'sha1-certificate': 'certificate signed with SHA-1',
  'expired-certificate': 'certificate expired',
  'not-yet-valid-certificate': 'certificate not valid yet',
  'short-secret': 'short secret',
};

/** All that may be shown of a consumer. */
export function consumerFacts(consumer: ConsumerView): string[] {
  const { credential, retiring, twoLegged, limits } = consumer;
  return facts([
    ['Key', consumer.key],
    ['Name', consumer.name],
    ['Description', consumer.description.replaceAll('\n', ' ') || '—'],
    ['Owner', consumer.owner ?? 'nobody'],
    ['Credential', credentialWords(credential)],
    ...(retiring
      ? [
          [
            'Old credential',
            `${credentialWords(retiring.credential)}; until ${shownTime(retiring.validUntil)}`,
          ] as const,
        ]
      : []),
    ['Callback', consumer.callback ?? '—'],
    ['2-legged', twoLeggedWords(twoLegged)],
    [
      'Reaches',
      `${limits.paths.length === 0 ? 'every path' : limits.paths.join(', ')}${limits.readOnly ? ', reading only' : ''}`,
    ],
    [
      'Exceptions',
      [consumer.legacy10 && 'OAuth 1.0 of 2007', consumer.allowPlaintext && 'PLAINTEXT']
        .filter(Boolean)
        .join(', ') || '—',
    ],
    ['Registered from', consumer.baseUrl ?? 'by hand'],
    ['Added', shownTime(consumer.createdAt)],
    ['Changed', shownTime(consumer.updatedAt)],
  ]);
}

/** What is weak about a credential: `flag` itself for short, or '' when nothing is. */
export function weaknessWords(credential: CredentialFacts, flag?: string): string {
  if (credential.weaknesses.length === 0) return '';
  return flag ?? ` — weak: ${credential.weaknesses.map((weakness) => WEAKNESS_WORDS[weakness]).join(', ')}`;
}

function credentialWords(credential: CredentialFacts): string {
  const words =
    credential.kind === 'public-key'
      ? `RSA key, ${credential.bits} bits, SHA-256 ${credential.fingerprint}`
      : `shared secret${credential.ending === null ? '' : ` ending in ${credential.ending}`}`;
  return words + weaknessWords(credential);
}

function twoLeggedWords({ allowed, executeAs, mayImpersonate }: ConsumerView['twoLegged']): string {
  if (!allowed) return 'no';
  return `as ${executeAs ?? 'nobody (anonymous)'}${mayImpersonate ? '; may name any user' : ''}`;
}
