/** Schemas of what is asked of other installations and providers: what they publish, what a test finds, presets. */
import { z } from 'zod';
import { Moment } from './basics.ts';
import { KeyFacts } from './consumer.ts';
import { Outcome, ServiceProvider } from './service-provider.ts';

export const PublishedInformation = z
  .strictObject({
    baseUrl: z.string(),
    digest: z.string().describe('SHA-256 of all of it: send it along, and only what was looked at is taken.'),
    key: z.string(),
    name: z.string(),
    description: z.string(),
    callback: z.string().nullable(),
    publicKey: KeyFacts,
  })
  .meta({ id: 'PublishedInformation' });

export const PublishedKey = z.strictObject({
  isNew: z.boolean().describe('Whether it is another one than the registered.'),
  publicKey: KeyFacts.nullable().describe('Null: the registered one.'),
});

const Headers = z.record(z.string(), z.string());

export const ProviderTest = z.strictObject({
  verdict: Outcome,
  steps: z.array(
    z.strictObject({
      step: z.enum(['addresses', 'credential', 'request-token', 'callback', 'authorize-page']),
      outcome: Outcome,
      finding: z.string(),
      advice: z.string(),
      exchange: z
        .strictObject({
          method: z.string(),
          url: z.string(),
          requestHeaders: Headers,
          requestBody: z.string(),
          status: z.int().nullable().describe('Null: no answer came.'),
          answerHeaders: Headers,
          answerBody: z.string().describe('Its beginning.'),
        })
        .nullable()
        .describe('What was sent and what came back, without secrets.'),
    }),
  ),
});

const {
  id: _id,
  consumerKey: _key,
  description: _words,
  createdAt: _at,
  updatedAt: _then,
  ...fields
} = ServiceProvider.shape;

export const ProviderPresetList = z.strictObject({
  items: z.array(
    z
      .strictObject({
        id: z.string(),
        ...fields,
        placeholders: z.array(z.string()).describe('What stands in braces and is to be filled in.'),
        quirks: z.array(z.string()).describe('What one has to know.'),
      })
      .meta({ id: 'ProviderPreset' }),
  ),
});

export const EndingList = z.strictObject({
  items: z.array(
    z
      .strictObject({
        kind: z.enum(['installation-key', 'consumer-credential', 'api-key']),
        id: z.string(),
        name: z.string(),
        userName: z.string().nullable(),
        endsAt: Moment,
      })
      .meta({ id: 'Ending' }),
  ),
});
