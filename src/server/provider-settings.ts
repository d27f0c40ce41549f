/** The settings as the provider's use cases take them: its lifetimes and windows, in seconds. */
import type { ProviderSettings } from '../provider/index.ts';
import type { Settings } from '../settings/index.ts';

/** What the settings say about tokens and time. */
export function providerSettings(settings: Settings): ProviderSettings {
  return {
    accessTokenTtlSeconds: settings.accessTokenTtl,
    requestTokenTtlSeconds: settings.requestTokenTtl,
    sessionTtlSeconds: settings.sessionTtl,
    timestampWindowSeconds: settings.timestampWindow,
    bodyHashPaths: settings.requireBodyHash,
  };
}
