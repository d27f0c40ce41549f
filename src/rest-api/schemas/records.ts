/** Schemas of tokens, users, this installation, links, refusals, usage and the audit log. */
import { z } from 'zod';
import { MOST_CONSUMERS_COUNTED } from '../../administration/index.ts';
import { ARRIVAL_TROUBLES, CHECK_NAMES } from '../../explain/index.ts';
import { AUDIT_ACTIONS } from '../../model/index.ts';
import { PROBLEMS, type ProblemCode, SIGNATURE_METHODS } from '../../oauth/index.ts';
import { Moment, MomentOrNone, pageOf } from './basics.ts';
import { Consumer } from './consumer.ts';
import { ServiceProvider } from './service-provider.ts';

const Code = z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]);
const Method = z.enum(SIGNATURE_METHODS);

export const Token = z
  .strictObject({
    id: z.string().describe('Public id; never the token.'),
    consumerKey: z.string(),
    consumerName: z.string(),
    userName: z.string(),
    userDisplayName: z.string(),
    gadgetUrl: z.string().nullable(),
    createdAt: Moment,
    expiresAt: Moment,
    sessionExpiresAt: Moment.describe('Until when it can be renewed.'),
    lastUsedAt: MomentOrNone,
  })
  .meta({ id: 'Token' });
export const TokenPage = pageOf(Token);
export const TokenChoice = z.strictObject({ user: z.string().optional(), consumer: z.string().optional() });
export const RevokedTokens = z.strictObject({ revoked: z.int() });

export const User = z
  .strictObject({
    name: z.string(),
    displayName: z.string(),
    email: z.string().nullable(),
    isAdministrator: z.boolean(),
    isDisabled: z.boolean(),
    hasPassword: z.boolean(),
    identity: z.strictObject({ issuer: z.string(), subject: z.string() }).nullable(),
    createdAt: Moment,
    lastLoginAt: MomentOrNone,
  })
  .meta({ id: 'User' });
export const UserPage = pageOf(User);
export const NewUser = z.strictObject({
  name: z.string(),
  displayName: z.string().default(''),
  email: z.string().nullable().default(null),
  isAdministrator: z.boolean().default(false),
  password: z.string(),
});
export const UserEdit = z.strictObject({
  displayName: z.string().optional(),
  email: z.string().nullable().optional(),
  isAdministrator: z.boolean().optional(),
  isDisabled: z.boolean().optional(),
});
export const SecondFactorState = z.strictObject({ isOn: z.boolean(), createdAt: MomentOrNone });
export const NewPassword = z.strictObject({ password: z.string() });

const OwnKey = z.strictObject({ bits: z.int(), fingerprint: z.string(), pem: z.string() });
export const Installation = z
  .strictObject({
    consumerKey: z.string(),
    name: z.string(),
    description: z.string(),
    callback: z.string().nullable(),
    keys: z.strictObject({ present: OwnKey, next: OwnKey.extend({ activatesAt: Moment }).nullable() }),
    createdAt: Moment,
  })
  .meta({ id: 'Installation' });
export const InstallationEdit = z.strictObject({
  name: z.string().optional(),
  description: z.string().optional(),
  callback: z.string().nullable().optional(),
});
export const KeyRotation = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .optional()
    .describe('Until the next key takes over; 0: now. Seven days unless given.'),
});

export const NewLink = z.strictObject({
  baseUrl: z.string(),
  digest: z.string().optional().describe('Of the preview: only what was looked at is taken.'),
  direction: z.enum(['both', 'incoming', 'outgoing']).default('both'),
  providerName: z.string().optional(),
  acceptsNewKey: z
    .boolean()
    .default(false)
    .describe('Their administrators confirm that they changed the key.'),
});
export const Link = z.strictObject({
  baseUrl: z.string(),
  consumer: Consumer.nullable().describe('They may ask our users.'),
  provider: ServiceProvider.nullable().describe('We may ask their users.'),
});
export const LinkChoice = z.strictObject({ baseUrl: z.string() });

const Refusal = z
  .strictObject({
    requestId: z.string(),
    at: Moment,
    consumerKey: z.string().nullable(),
    isKnownConsumer: z.boolean(),
    problem: Code,
    method: z.string(),
    path: z.string(),
  })
  .meta({ id: 'Refusal' });
export const RefusalPage = pageOf(Refusal);

const Cause = z.strictObject({
  code: z.string(),
  title: z.string(),
  advice: z.string(),
  page: z.string().describe('Address of a page that says more.'),
});
const Text = z.string().nullable();

const Journey = z
  .array(
    z.strictObject({
      part: z.enum(['scheme', 'host', 'port', 'path']),
      signed: Text,
      seen: Text,
      forwarded: Text,
      isForwardedTrusted: z.boolean().describe('From a listed proxy, in a header that is read.'),
      ours: z.string().describe('What a client has to sign.'),
    }),
  )
  .describe('What proxies make of scheme, host, port and path.');

export const ThisRequest = z
  .strictObject({
    publicUrl: z.string().describe('What the addresses that clients sign begin with.'),
    findings: z
      .array(z.strictObject({ code: z.enum(ARRIVAL_TROUBLES), advice: z.string() }))
      .describe('What is amiss; empty: everything agrees.'),
    journey: Journey,
    peerAddress: Text,
    isTrustedProxy: z.boolean(),
    trust: z.string().describe('Whether forwarded headers of that peer are believed, and why.'),
    clientAddress: z.string(),
    isSecureTransport: z.boolean(),
    protection: z.string().describe('Whether the connection counts as protected, and what follows.'),
    forwardedHeaders: z.array(
      z.strictObject({
        name: z.string(),
        value: z.string(),
        counts: z.boolean(),
        reason: z.string().describe('Why it counts, or why not.'),
      }),
    ),
  })
  .meta({ id: 'ThisRequest' });

export const Explanation = z
  .strictObject({
    requestId: z.string().nullable(),
    problem: Code.nullable().describe('Null: the request would be accepted.'),
    checks: z
      .array(
        z.strictObject({
          name: z.enum(CHECK_NAMES),
          outcome: z.enum(['passed', 'failed', 'skipped']),
          yours: Text,
          ours: Text,
        }),
      )
      .describe('In the order of the protocol.'),
    baseString: z.strictObject({
      ours: Text,
      yours: Text,
      source: z.enum(['printed', 'reconstructed']).nullable(),
      rows: z.array(
        z.strictObject({
          part: z.enum(['method', 'address', 'parameter']),
          name: z.string(),
          yours: Text,
          ours: Text,
          state: z.enum(['equal', 'different', 'only-yours', 'only-ours', 'moved']),
        }),
      ),
      firstDifference: z.int().describe('Index of a row; -1: none.'),
    }),
    causes: z.array(Cause).describe('The mistakes that together explain the refusal.'),
    alternatives: z.array(Cause),
    journey: Journey,
    tried: z.int().describe('Signatures that were tried.'),
  })
  .meta({ id: 'Explanation' });

export const PastedRequest = z.strictObject({
  request: z
    .string()
    .max(65_536)
    .describe('Raw HTTP, a curl command, a HAR entry, or an Authorization header with method and URL.'),
  baseString: z.string().max(65_536).optional().describe('The base string that the client printed.'),
});

const Dependants = z.array(
  z.strictObject({ consumerKey: z.string(), consumerName: z.string(), requests: z.int(), lastAt: Moment }),
);
export const Usage = z
  .strictObject({
    from: z.iso.date(),
    to: z.iso.date(),
    requests: z.int(),
    perDay: z.array(z.strictObject({ day: z.iso.date(), method: Method, requests: z.int() })),
    perConsumer: z.array(
      z.strictObject({
        consumerKey: z.string(),
        consumerName: z.string(),
        method: Method,
        version: z.enum(['1.0', '1.0a']),
        requests: z.int(),
        lastAt: Moment,
      }),
    ),
    dependants: z
      .strictObject({ sha1: Dependants, legacy10: Dependants, plaintext: Dependants })
      .describe('Who would break if this were switched off.'),
    consumers: z
      .strictObject({ any: z.int(), sha1: z.int(), legacy10: z.int(), plaintext: z.int() })
      .describe(`How many consumers that are, named or not; ${MOST_CONSUMERS_COUNTED + 1} for more.`),
  })
  .meta({ id: 'Usage' });

const Fields = z.record(z.string(), z.unknown()).nullable();
export const AuditEntry = z
  .strictObject({
    id: z.int(),
    at: Moment,
    actor: z.string(),
    action: z.enum(AUDIT_ACTIONS),
    object: z.string(),
    before: Fields,
    after: Fields,
    note: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });
export const AuditPage = pageOf(AuditEntry);
