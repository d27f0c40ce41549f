/** Consumers in words: badges of a list row, the credential in a line, what is weak about it. */
import type { ConsumerView, CredentialFacts, KeyFacts, Weakness } from '../../../administration/index.ts';
import {
  absoluteMoment,
  badge,
  type Catalogue,
  type Content,
  fill,
  type Html,
  html,
  notice,
  type PageContext,
  readList,
} from '../../../web/index.ts';
import { pathWith } from '../route.ts';
import { en } from './messages.en.ts';
import { ja } from './messages.ja.ts';

export const consumerMessages: Catalogue<typeof en> = { en, ja };

/** Where the list of consumers is. */
export const CONSUMERS_PATH = '/oauth/admin/consumers';

/** The page of one consumer. */
export function consumerPath(
  page: 'view' | 'quickstart' | 'clone' | 'edit' | 'history' | 'rotate' | 'fetch-key' | 'remove',
  key: string,
): string {
  return pathWith(`${CONSUMERS_PATH}/${page}`, { key });
}

/** What is unusual about a consumer, each in a badge. */
export function consumerBadges(c: PageContext, consumer: ConsumerView): Content {
  const t = c.messages(consumerMessages);
  const isWeak = consumer.credential.weaknesses.length > 0;
  const weakness = consumer.credential.kind === 'public-key' ? t.badgeWeak : t.badgeShortSecret;
  return [
    isWeak && badge('warning', weakness),
    consumer.legacy10 && badge('warning', t.badgeLegacy),
    consumer.allowPlaintext && badge('warning', t.badgePlaintext),
    consumer.twoLegged.allowed && badge('neutral', t.badgeTwoLegged),
    consumer.retiring && consumer.retiring.validUntil >= c.now && badge('neutral', t.badgeRetiring),
  ]
    .filter((content) => content !== false && content !== null)
    .map((content) => html`${content} `);
}

/** A credential in a few words. */
export function credentialWords(c: PageContext, credential: CredentialFacts): string {
  const t = c.messages(consumerMessages);
  if (credential.kind === 'public-key') return fill(t.rsaKey, { bits: credential.bits });
  return credential.ending === null
    ? t.sharedSecret
    : fill(t.sharedSecretEnding, { ending: credential.ending });
}

/** A credential in a list. */
export function credentialLabel(c: PageContext, credential: CredentialFacts): string {
  const t = c.messages(consumerMessages);
  if (credential.kind === 'public-key') return fill(t.rsaKeyShort, { bits: credential.bits });
  return credential.ending === null
    ? t.secretShort
    : fill(t.secretEndingShort, { ending: credential.ending });
}

/** Says what is weak about a credential and what to do; nothing when it is strong. */
export function weaknessNotice(c: PageContext, credential: CredentialFacts): Content {
  if (credential.weaknesses.length === 0) return '';
  const t = c.messages(consumerMessages);
  return notice(
    'warning',
    html`<p><strong>${t.weaknessTitle}</strong></p><ul>${credential.weaknesses.map(
      (weakness) => html`<li>${weaknessSentence(c, weakness, credential)}</li>`,
    )}</ul><p>${t.weaknessAdvice}</p>`,
  );
}

/** A certificate's dates and signature in words. */
export function certificateWords(c: PageContext, certificate: NonNullable<KeyFacts['certificate']>): Html {
  const t = c.messages(consumerMessages);
  const { notBefore, notAfter, signature } = certificate;
  const date = (seconds: number | null) => (seconds === null ? t.none : absoluteMoment(c, seconds));
  const dates = { from: date(notBefore), until: date(notAfter), signature: signature ?? t.none };
  return html`${fill(t.certificateDates, dates)}<br><span class="meta">${t.certificateNote}</span>`;
}

function weaknessSentence(c: PageContext, weakness: Weakness, credential: CredentialFacts): string {
  const t = c.messages(consumerMessages);
  if (credential.kind === 'shared-secret') return t.shortSecret;
  const { bits, certificate } = credential;
  const sentences: Readonly<Record<Weakness, string>> = {
    'short-key': t.shortKey,
    'sha1-certificate': t.sha1Certificate,
    'expired-certificate': t.expiredCertificate,
    'not-yet-valid-certificate': t.notYetValidCertificate,
    'short-secret': t.shortSecret,
  };
  const date = weakness === 'expired-certificate' ? certificate?.notAfter : certificate?.notBefore;
  return fill(sentences[weakness], {
    bits,
    signature: certificate?.signature ?? '',
    date: absoluteMoment(c, date ?? 0),
  });
}

/** What the list's address asks for. */
export function readConsumerList(c: PageContext) {
  return readList(c, { sorts: ['name', 'key', 'created', 'used'], sort: 'name', isPlaced: true });
}
