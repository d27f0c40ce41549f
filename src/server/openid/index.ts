/** Login by an OpenID provider, where the settings name one. */
import type { Logger } from 'pino';
import type { IdentityProvider } from '../../accounts/index.ts';
import type { Settings } from '../../settings/index.ts';
import { createOpenIdProvider, type OpenIdContext } from './openid-provider.ts';

/** The provider of the settings, or null. */
export function openIdProvider(
  settings: Settings,
  publicUrl: string,
  context: Omit<OpenIdContext, 'noteRefusal'>,
  log: Logger,
): IdentityProvider | null {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: clientSecret } = settings;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return null;
  return createOpenIdProvider(
    {
      issuer,
      clientId,
      clientSecret,
      name: settings.oidcName ?? issuer.hostname,
      scope: settings.oidcScope,
      userClaim: settings.oidcUserClaim,
      administrators: settings.oidcAdministrators ?? null,
      createsUsers: settings.oidcCreateUsers === 'on',
      bindsUsers: settings.oidcBindUsers === 'on',
      redirectUri: `${publicUrl}/oauth/login/callback`,
    },
    {
      ...context,
      noteRefusal: ({ problem, message: reason }, requestId) =>
        log.warn({ problem, reason, requestId }, 'login by the OpenID provider refused'),
    },
  );
}
