/** Schemas of service providers. The secret is written and never read. */
import { z } from 'zod';
import { Moment, MomentOrNone, pageOf } from './basics.ts';

const traits = {
  name: z.string(),
  consumerKey: z.string(),
  ownKey: z.boolean().describe('Sign with this installation’s own RSA key instead of a shared secret.'),
  description: z.string(),
  signatureMethod: z.string(),
  requestTokenUrl: z.string().nullable(),
  authorizeUrl: z.string().nullable(),
  accessTokenUrl: z.string().nullable(),
  baseUrl: z.string().nullable(),
  carrier: z.enum(['header', 'query', 'body']),
  realm: z.string().nullable(),
  tokenMethod: z.enum(['POST', 'GET']),
  confirmsCallback: z.boolean().describe('Whether it speaks 1.0a.'),
  callbackAtAuthorize: z.boolean(),
  sendsBodyHash: z.boolean(),
  twoLegged: z.enum(['off', 'empty-token', 'no-token']),
  handEntry: z.enum(['off', 'token', 'api-key']),
  allowedMethods: z.array(z.string()).describe('None: every method.'),
  allowedPaths: z.array(z.string()).describe('None: every path.'),
};

export const ServiceProvider = z
  .strictObject({ id: z.string(), ...traits, createdAt: Moment, updatedAt: Moment })
  .meta({ id: 'ServiceProvider' });

export const ServiceProviderPage = pageOf(ServiceProvider);

/** How a test, or one step of it, ended. */
export const Outcome = z.enum(['success', 'warning', 'failure']);

export const ServiceProviderUse = z.strictObject({
  activeUsers: z.int().describe('With a connection that is not dead.'),
  deadConnections: z.int().describe('Their users have to approve again.'),
  lastUsedAt: MomentOrNone,
  lastTest: z.strictObject({ at: Moment, actor: z.string(), verdict: Outcome }).nullable(),
});

const secret = z.string().optional().describe('Left out: the stored one stays.');

export const NewServiceProvider = z.strictObject({
  ...z.object(traits).partial().shape,
  name: z.string(),
  secret,
});

export const ServiceProviderEdit = z.strictObject({
  ...z.object(traits).partial().shape,
  secret,
  endsConnections: z
    .boolean()
    .optional()
    .describe(
      'Users may be made to connect again, because their tokens are for other addresses or another key.',
    ),
  reason: z.string().optional().describe('Why, for the audit log.'),
});
