/** Schemas of specs as they are looked at before they are taken, of pinned ones, and of feeds as they are read. */
import { z } from 'zod';
import { Moment } from './basics.ts';
import { BaseUrl } from './gadgets.ts';

const facts = {
  specUrl: z.string(),
  digest: z.string().describe('SHA-256 of spec and message bundles, hexadecimal.'),
  title: z.string(),
  description: z.string(),
  author: z.string().nullable(),
  thumbnailUrl: z.string().nullable(),
  categories: z.array(z.string()),
};

const xml = z.string().describe('The text of the spec.');

export const PinnedGadget = z
  .strictObject({
    id: z.string(),
    ...facts,
    feedId: z.string().nullable().describe('The feed that brought it.'),
    addedBy: z.string(),
    xml,
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: 'PinnedGadget' });

export const SpecPreview = z
  .strictObject({
    ...facts,
    languages: z.array(z.string()),
    features: z.array(z.string()).describe('What it requires of the page it runs on.'),
    preferences: z.array(z.string()),
    services: z
      .array(
        z.strictObject({
          name: z.string(),
          outcome: z.enum(['known', 'completed', 'created', 'refused']),
          sentence: z.string(),
        }),
      )
      .describe('The service providers that it needs, and what adding the gadget does about each.'),
    hosts: z
      .array(z.strictObject({ origin: z.string(), isAllowed: z.boolean() }))
      .describe('Those that stand in its text, and whether gadgets may reach them.'),
    notes: z.array(z.string()).describe('What of it does not work here.'),
    xml,
  })
  .meta({ id: 'SpecPreview' });

export const NewerSpec = z.strictObject({
  isNewer: z.boolean().describe('Whether it differs from the pinned one.'),
  spec: SpecPreview,
});

export const SpecAddress = z.strictObject({
  specUrl: z.string().meta({ examples: ['https://gadgets.example.com/weather.xml'] }),
});

const seen = z.string().describe('The digest of the preview: only what was looked at is taken.');
export const NewGadget = SpecAddress.extend({ digest: seen });
export const SeenSpec = z.strictObject({ digest: seen });
export const NewFeed = BaseUrl.extend({ digest: seen });

/** A gadget, with what has to be seen to by hand about its services. */
export const AddedGadget = z.strictObject({
  gadget: PinnedGadget,
  trouble: z.string().nullable().describe('Why a service provider could not be entered; null: all are.'),
});

export const OwnGadgetEdit = z.strictObject({ isHidden: z.boolean() });
export const OwnGadget = z
  .strictObject({ name: z.string(), title: z.string(), isHidden: z.boolean() })
  .meta({ id: 'OwnGadget' });

const Failures = z
  .array(z.strictObject({ specUrl: z.string(), sentence: z.string() }))
  .describe('Specs that it names and that cannot be taken, and why.');

export const FeedPreview = z.strictObject({
  baseUrl: z.string(),
  digest: z.string().describe('SHA-256 of its name and its gadgets, hexadecimal.'),
  name: z.string(),
  gadgets: z.array(z.strictObject(facts)),
  failures: Failures,
});

const SpecUrls = z.array(z.string()).describe('Addresses of specs.');

/** What reading a feed did. @param feed the schema of its record */
export function feedReportOf<Feed extends z.ZodType>(feed: Feed) {
  return z.strictObject({
    feed,
    added: SpecUrls,
    updated: SpecUrls,
    removed: SpecUrls,
    failures: Failures,
  });
}
