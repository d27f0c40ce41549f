/**
 * Registration of a consumer, by hand or from the information that another installation publishes. What was
 * fetched is read exactly like what was typed: nothing is trusted because of where it came from.
 */
import { nowSeconds, type Secret } from '../base/index.ts';
import type { Consumer } from '../model/index.ts';
import { auditEvent, consumerRecord } from './audit-record.ts';
import { type ConsumerChanges, PLAIN_FIELDS, readConsumerTraits } from './consumer-fields.ts';
import type { AdministrationContext } from './context.ts';
import { type CredentialInput, credentialNote, readCredential } from './credential.ts';
import { Findings, refusal } from './mistake.ts';
import { readAddress, readKey } from './text-field.ts';

/** A consumer to be registered. */
export interface NewConsumer extends ConsumerChanges {
  readonly key: string;
  readonly name: string;
  readonly credential: CredentialInput;
  /** Where its information was fetched from, when it was. */
  readonly baseUrl?: string | undefined;
}

/** What another installation publishes about itself. */
export interface ConsumerInformation {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly publicKey: string;
  readonly callback: string | null;
}

/** A registered consumer. */
export interface Registered {
  readonly consumer: Consumer;
  /** The secret that was generated, to be shown once; null if none was. */
  readonly secret: Secret | null;
}

/**
 * Registers a consumer.
 * @throws {Refused} with every mistake of the input; `taken` if the key is registered already
 */
export async function registerConsumer(
  context: AdministrationContext,
  input: NewConsumer,
  actor: string,
): Promise<Registered> {
  const findings = new Findings();
  const key = readKey('key', input.key, findings);
  const accepted = readCredential(context, input.credential, findings);
  const kind = accepted?.credential.kind ?? null;
  const traits = await readConsumerTraits(context, input, PLAIN_FIELDS, kind, findings);
  const baseUrl = readAddress('baseUrl', input.baseUrl ?? '', { allowPlainHttp: true }, findings);
  if ((await context.storage.consumers.find(key)) !== null) findings.add('key', 'taken', { text: key });
  findings.refuse();

  const { credential, generated } = accepted!;
  const createdAt = nowSeconds(context.clock);
  const consumer: Consumer = {
    key,
    ...traits,
    credential,
    retiring: null,
    baseUrl,
    createdAt,
    updatedAt: createdAt,
  };
  const event = auditEvent(context, actor, 'consumer.add', key, {
    before: null,
    after: consumerRecord(consumer, createdAt),
    note: credentialNote(credential, createdAt),
  });
  if (!(await context.storage.consumers.add(consumer, event))) throw refusal('key', 'taken', { text: key });
  return { consumer, secret: generated };
}

/** The consumer that published information describes; what it leaves open can be added before registering. */
export function consumerFromInformation(information: ConsumerInformation, baseUrl: string): NewConsumer {
  const { key, name, description, publicKey, callback } = information;
  return {
    key,
    name,
    description,
    credential: { kind: 'public-key', text: publicKey },
    callback: callback ?? '',
    baseUrl,
  };
}
