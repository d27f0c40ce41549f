/**
 * This installation's own identity: made once at first start, then only its name, description and callback can be
 * edited. Key pairs are generated off the event loop; the private halves are never read back here.
 */
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { nowSeconds, randomDigits, Secret } from '../base/index.ts';
import type { Installation, InstallationChanges as StoredChanges } from '../model/index.ts';
import { type AuditFields, auditEvent } from './audit-record.ts';
import type { AdministrationContext } from './context.ts';
import { makeKeyPair } from './key-pair.ts';
import { Findings, refusal } from './mistake.ts';
import { readAddress, readDescription, readName } from './text-field.ts';

/** What can be edited about this installation; fields left out stay as they are. */
export interface InstallationChanges {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  /** Blank: none. */
  readonly callback?: string | undefined;
}

const KEY_DIGITS = 10;

/**
 * The installation's identity, made now if there is none yet. Nodes that start together agree on one.
 * @param settings the name given at first start, and the modulus of the RSA pair in bits (2048 or more)
 */
export async function ensureInstallation(
  context: AdministrationContext,
  settings: { readonly name: string; readonly modulusBits?: number },
): Promise<Installation> {
  const present = await context.storage.installation.read();
  if (present !== null) return present;
  const [signing, assertion] = await Promise.all([
    makeKeyPair(settings.modulusBits),
    promisify(generateKeyPair)('ed25519'),
  ]);
  return context.storage.installation.create({
    consumerKey: `${settings.name}:${randomDigits(context.random, KEY_DIGITS)}`,
    name: settings.name,
    description: '',
    callback: null,
    ...signing,
    next: null,
    assertionKey: new Secret(assertion.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
    createdAt: nowSeconds(context.clock),
  });
}

/** Edits what others are told about this installation. @throws {Refused} with every mistake */
export async function editInstallation(
  context: AdministrationContext,
  changes: InstallationChanges,
  actor: string,
): Promise<Installation> {
  const present = await context.storage.installation.read();
  if (present === null) throw refusal('record', 'not-found', { text: 'installation' });
  const findings = new Findings();
  const callback = changes.callback ?? present.callback ?? '';
  const next: Installation = {
    ...present,
    name: readName('name', changes.name ?? present.name, findings),
    description: readDescription(changes.description ?? present.description, findings),
    callback: readAddress('callback', callback, { allowPlainHttp: true }, findings),
  };
  findings.refuse();
  const event = auditEvent(context, actor, 'installation.edit', present.consumerKey, {
    before: installationRecord(present),
    after: installationRecord(next),
  });
  await context.storage.installation.update(changed(changes, next), event);
  return next;
}

/** Only what was given is written: what another administrator changes at the same time is not undone. */
function changed(given: InstallationChanges, next: Installation): StoredChanges {
  const names = (['name', 'description', 'callback'] as const).filter((name) => given[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, next[name]]));
}

function installationRecord({ name, description, callback }: Installation): AuditFields {
  return { name, description, callback };
}
