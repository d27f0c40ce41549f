/** What the administration pages need handed in. */
import type { SecondFactorContext } from '../../accounts/index.ts';
import type { AdministrationContext } from '../../administration/index.ts';
import type { ConsumerContext } from '../../consumer/index.ts';
import type { ProviderSettings } from '../../provider/index.ts';
import type { Outbound } from '../../web/index.ts';

/** Handed to every page of this face. */
export interface AdministrationDependencies {
  readonly administration: AdministrationContext;
  readonly accounts: SecondFactorContext;
  /** The guarded client, for the information of consumers that are added by their base URL. */
  readonly outbound: Outbound;
  /** This installation as a consumer, for testing service providers. */
  readonly consumer: ConsumerContext;
  /** What the diagnosis of refused requests goes by. */
  readonly diagnosis: DiagnosisFacts;
}

/** The settings that decide what is refused, and what is known of it. */
export interface DiagnosisFacts {
  readonly settings: ProviderSettings;
  /** Listed proxies, as written. */
  readonly trustedProxies: readonly string[];
  /** Whether refused requests are kept. */
  readonly isCapturing: boolean;
}
