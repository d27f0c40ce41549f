/**
 * The key that a consumer publishes now, compared with the one it is registered with. What was fetched is a stranger's
 * answer: under another consumer key it is no answer about this consumer, and what is no public key is refused
 * like one that was typed. Nothing is changed here; `rotateConsumer` takes the new key, with its overlap.
 */
import { nowSeconds } from '../base/index.ts';
import type { Consumer } from '../model/index.ts';
import type { AdministrationContext } from './context.ts';
import { readCredential } from './credential.ts';
import { credentialFacts, type KeyFacts } from './credential-facts.ts';
import { holdsKey } from './link-installation.ts';
import { Findings, refusal } from './mistake.ts';
import type { ConsumerInformation } from './register-consumer.ts';

/** Where a consumer publishes its information. @throws {Refused} registered-by-hand */
export function publishedBaseUrl({ baseUrl }: Consumer): string {
  if (baseUrl === null) throw refusal('baseUrl', 'registered-by-hand');
  return baseUrl;
}

/**
 * The key that a consumer says it has now; null if it is the registered one.
 * @throws {Refused} other-consumer, credential-kind, or why the key cannot be used
 */
export function keyPublishedNow(
  context: AdministrationContext,
  consumer: Consumer,
  information: ConsumerInformation,
): KeyFacts | null {
  if (information.key !== consumer.key) throw refusal('baseUrl', 'other-consumer', { text: information.key });
  if (consumer.credential.kind !== 'public-key') throw refusal('publicKey', 'credential-kind');
  const published = publishedKey(context, information);
  return holdsKey(consumer, information.publicKey, nowSeconds(context.clock)) ? null : published;
}

/** The key that an installation publishes. @throws {Refused} why it cannot be used */
export function publishedKey(
  context: AdministrationContext,
  { publicKey: text }: Pick<ConsumerInformation, 'publicKey'>,
): KeyFacts {
  const findings = new Findings();
  const accepted = readCredential(context, { kind: 'public-key', text }, findings);
  findings.refuse();
  const facts = credentialFacts(accepted!.credential, nowSeconds(context.clock));
  if (facts.kind !== 'public-key') throw refusal('publicKey', 'credential-kind');
  return facts;
}
