/**
 * Going back to earlier settings of a consumer or a service provider: an edit like any other, judged by the rules of
 * today, with an audit entry of its own. Keys, secrets, tokens and approvals stay as they are.
 */
import type { Consumer, ServiceProvider } from '../model/index.ts';
import { isSignatureMethod, methodFamily } from '../oauth/index.ts';
import { editConsumer, findConsumer } from './change-consumer.ts';
import { consumerFields } from './consumer-fields.ts';
import type { AdministrationContext } from './context.ts';
import { entryOf, type HistoryEntry, readHistory, settingsToRestore } from './object-history.ts';
import { serviceProviderFields } from './service-provider-fields.ts';
import { editServiceProvider, findServiceProvider } from './service-providers.ts';

/** Which state to go back to. */
export interface Restoration {
  /** Id of the audit entry after which the settings were as they shall be. */
  readonly entry: number;
  /** Why, for the audit log. */
  readonly reason?: string | undefined;
  /** `updatedAt` of the record that was looked at; null: whatever it is. */
  readonly expectedUpdatedAt: number | null;
  /** Service providers: whether users may be made to connect again. */
  readonly endsConnections?: boolean | undefined;
}

/** What marks the audit entry. */
const MARK = 'restored';

/** What the log knows of a consumer since it was registered, newest first. */
export function consumerHistory(
  context: AdministrationContext,
  consumer: Consumer,
): Promise<readonly HistoryEntry[]> {
  return readHistory(context, {
    object: consumer.key,
    actions: ['consumer.add', 'consumer.edit', 'consumer.rotate', 'token.revoke'],
    settings: { ...consumerFields(consumer) },
    loggedAs: {},
  });
}

/**
 * Gives a consumer the settings back that it had after that entry.
 * @throws {Refused} with every reason why they are not valid any more; `in-force-already`; `changed-meanwhile`
 */
export async function restoreConsumer(
  context: AdministrationContext,
  key: string,
  { entry, reason, expectedUpdatedAt }: Restoration,
  actor: string,
): Promise<Consumer> {
  const consumer = await findConsumer(context, key);
  const settings = settingsToRestore(entryOf(await consumerHistory(context, consumer), entry));
  const expected = expectedUpdatedAt ?? consumer.updatedAt;
  return editConsumer(context, key, { ...settings, reason }, expected, actor, MARK);
}

/** What the log knows of a service provider since it was added, newest first; tests are not changes. */
export function serviceProviderHistory(
  context: AdministrationContext,
  provider: ServiceProvider,
): Promise<readonly HistoryEntry[]> {
  const { ownKey, ...settings } = serviceProviderFields(provider);
  const history = readHistory(context, {
    object: provider.name,
    actions: ['service-provider.add', 'service-provider.edit'],
    settings: { ...settings },
    loggedAs: { providerTwoLegged: 'twoLegged' },
  });
  return history.then((entries) => entries.map((entry) => withFittingMethod(entry, ownKey)));
}

/**
 * Gives a service provider the settings back that it had after that entry.
 * @throws {Refused} with every reason why they are not valid any more; `ends-connections`; `changed-meanwhile`
 */
export async function restoreServiceProvider(
  context: AdministrationContext,
  name: string,
  { entry, reason, expectedUpdatedAt, endsConnections }: Restoration,
  actor: string,
): Promise<ServiceProvider> {
  const provider = await findServiceProvider(context, name);
  const settings = settingsToRestore(entryOf(await serviceProviderHistory(context, provider), entry));
  const input = { ...settings, reason, ...(endsConnections !== undefined && { endsConnections }) };
  const expected = expectedUpdatedAt ?? provider.updatedAt;
  return editServiceProvider(context, name, input, expected, actor, MARK);
}

/** The credential stays, so a method of the other kind of credential is not gone back to. */
function withFittingMethod(entry: HistoryEntry, ownKey: boolean): HistoryEntry {
  const fits = (method: string) => isSignatureMethod(method) && (methodFamily(method) === 'rsa') === ownKey;
  const differences = entry.differences.filter(
    ({ field, earlier }) => field !== 'signatureMethod' || fits(String(earlier)),
  );
  return { ...entry, differences };
}
