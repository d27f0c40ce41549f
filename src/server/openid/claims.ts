/** What an OpenID provider's claims say about a person. A claim of another type than it should have says nothing. */
import type { Vouched } from '../../accounts/index.ts';
import { identityOf } from '../../model/index.ts';
import type { ClaimValue } from '../../settings/index.ts';

/** Which claims are looked at. */
export interface ClaimRules {
  readonly issuer: URL;
  readonly userClaim: string;
  readonly administrators: ClaimValue | null;
}

type Claims = Readonly<Record<string, unknown>> & { readonly sub: string };

/** Reads the claims. An e-mail address counts only where it is verified: elsewhere anybody types any. */
export function readClaims(claims: Claims, { issuer, userClaim, administrators }: ClaimRules): Vouched {
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : '');
  const email = claims.email_verified === true ? text('email') : '';
  const userName = userClaim === 'email' ? email : text(userClaim);
  return {
    identity: identityOf(issuer.href, claims.sub),
    userName: userName === '' ? null : userName,
    displayName: text('name'),
    email,
    isAdministrator: administrators && [claims[administrators.claim]].flat().includes(administrators.value),
  };
}
