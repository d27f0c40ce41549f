/**
 * What the settings of the OpenID provider must be together: all three that name it or none, and an issuer that
 * nobody on the way can imitate.
 */
import type { z } from 'zod';
import type { Secret } from '../base/index.ts';
import { isLoopbackHost } from '../model/index.ts';

interface OpenIdSettings {
  readonly oidcIssuer?: URL | undefined;
  readonly oidcClientId?: string | undefined;
  readonly oidcClientSecret?: Secret | undefined;
}

const NEEDED = ['oidcIssuer', 'oidcClientId', 'oidcClientSecret'] as const;

/** Adds what is wrong to the mistakes of the other settings. */
export function checkOpenId({ value, issues }: z.core.ParsePayload<OpenIdSettings>): void {
  const refuse = (name: (typeof NEEDED)[number], message: string) =>
    void issues.push({ code: 'custom', path: [name], message, input: undefined });
  if (NEEDED.some((name) => value[name] !== undefined)) {
    for (const name of NEEDED.filter((needed) => value[needed] === undefined)) {
      refuse(name, 'is needed: an OpenID provider has an issuer, a client id and a client secret');
    }
  }
  const { oidcIssuer: issuer } = value;
  if (issuer?.protocol === 'http:' && !isLoopbackHost(issuer.hostname)) {
    refuse('oidcIssuer', 'must begin with https://: over http anybody on the way could say who people are');
  }
}
