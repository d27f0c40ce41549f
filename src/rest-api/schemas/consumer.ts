/** Schemas of consumers: as they are answered, and as they are entered. A change has the shape of the record. */
import { z } from 'zod';
import { QUICKSTARTS, type QuickstartLanguage } from '../../quickstarts/index.ts';
import { Moment, MomentOrNone, pageOf } from './basics.ts';

const Weaknesses = z.array(
  z.enum([
    'short-key',
    'sha1-certificate',
    'expired-certificate',
    'not-yet-valid-certificate',
    'short-secret',
  ]),
);

export const KeyFacts = z.strictObject({
  kind: z.literal('public-key'),
  bits: z.int(),
  fingerprint: z.string().describe('SHA-256 of the SubjectPublicKeyInfo, hexadecimal.'),
  pem: z.string(),
  certificate: z
    .strictObject({ notBefore: MomentOrNone, notAfter: MomentOrNone, signature: z.string().nullable() })
    .nullable(),
  weaknesses: Weaknesses,
});

const SecretFacts = z.strictObject({
  kind: z.literal('shared-secret'),
  ending: z.string().nullable().describe('Its last characters, to recognise it by.'),
  weaknesses: Weaknesses,
});

const CredentialFacts = z.union([KeyFacts, SecretFacts]);

const TwoLegged = z.strictObject({
  allowed: z.boolean(),
  executeAs: z.string().nullable().describe('User that such requests run as; null: nobody.'),
  mayImpersonate: z.boolean().describe('Whether xoauth_requestor_id may name any user.'),
});

const Limits = z.strictObject({
  readOnly: z.boolean().describe('GET, HEAD and OPTIONS only.'),
  paths: z.array(z.string()).describe('Path patterns; none: every path.'),
});

const traits = {
  name: z.string(),
  description: z.string(),
  owner: z.string().nullable().describe('User who may see why its requests are refused.'),
  callback: z.string().nullable(),
  legacy10: z.boolean().describe('May use OAuth 1.0 of 2007, which is open to session fixation.'),
  allowPlaintext: z.boolean(),
};

export const Consumer = z
  .strictObject({
    key: z.string(),
    ...traits,
    twoLegged: TwoLegged,
    limits: Limits,
    credential: CredentialFacts,
    retiring: z.strictObject({ credential: CredentialFacts, validUntil: Moment }).nullable(),
    baseUrl: z.string().nullable().describe('Where it was registered from; null: by hand.'),
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: 'Consumer' });

export const ConsumerPage = pageOf(
  z.strictObject({ consumer: Consumer, activeUsers: z.int(), lastUsedAt: MomentOrNone }),
);

/** Every way to say what proves a consumer's requests. */
export const Credential = z.union([
  z.strictObject({ publicKey: z.string().describe('PEM, certificate, JWK, or base64 of the DER.') }),
  z.strictObject({ secret: z.string() }),
  z.strictObject({
    generateSecret: z.literal(true).describe('The secret is in this answer, and in no other.'),
  }),
]);

/** What can be changed; members that are left out stay as they are. */
export const ConsumerChange = z.strictObject({
  ...z.object(traits).partial().shape,
  twoLegged: TwoLegged.partial().optional(),
  limits: Limits.partial().optional(),
});

export const ConsumerEdit = ConsumerChange.extend({
  publicKey: z
    .string()
    .optional()
    .describe('Another public key, in force at once. To rotate it, use rotate.'),
  reason: z.string().optional().describe('Why, for the audit log.'),
});

export const NewConsumer = z.union([
  ConsumerChange.extend({ key: z.string(), name: z.string(), credential: Credential }),
  ConsumerChange.extend({
    baseUrl: z.string().describe('Of another installation, which tells key, name and public key.'),
    digest: z.string().optional().describe('Of the preview: only what was looked at is taken.'),
  }),
]);

/** With the secret, if one was generated. */
export const RegisteredConsumer = z.strictObject({ consumer: Consumer, secret: z.string().nullable() });

export const Rotation = z.strictObject({
  credential: Credential,
  overlapSeconds: z
    .int()
    .min(0)
    .optional()
    .describe('How long the old one stays valid; seven days unless given.'),
});

export const RemovedConsumer = z.strictObject({ usersLosingAccess: z.int() });

const Language = z.enum(Object.keys(QUICKSTARTS) as [QuickstartLanguage, ...QuickstartLanguage[]]);
export const QuickstartQuery = z.strictObject({ language: Language.default('shell') });
export const Quickstart = z.strictObject({
  language: Language,
  title: z.string(),
  file: z.string().describe('What to save it as.'),
  install: z.string().describe('Shell command that brings what it needs.'),
  run: z.string().describe('Shell command that runs it.'),
  isTested: z.boolean().describe('Whether the project runs it in its own tests.'),
  code: z.string(),
});
