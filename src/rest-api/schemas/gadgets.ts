/** Schemas of the directory of gadgets, its feeds, and the hosts that gadgets may reach. */
import { z } from 'zod';
import { Moment, MomentOrNone } from './basics.ts';

export const Gadget = z
  .strictObject({
    id: z.string().nullable().describe('Null for a gadget of this installation itself.'),
    ownName: z.string().nullable().describe('Name of a gadget of this installation itself.'),
    specUrl: z.string(),
    title: z.string(),
    description: z.string(),
    author: z.string().nullable(),
    thumbnailUrl: z.string().nullable(),
    categories: z.array(z.string()),
    feedId: z.string().nullable().describe('The feed that brought it.'),
    isHidden: z.boolean(),
    isForAdministrators: z.boolean(),
    updatedAt: MomentOrNone,
  })
  .meta({ id: 'Gadget' });
export const GadgetList = z.strictObject({ items: z.array(Gadget) });
export const GadgetQuery = z.strictObject({
  search: z.string().max(200).default('').describe('Case-insensitive part of what the list shows.'),
  category: z.string().optional(),
});

export const GadgetFeed = z
  .strictObject({
    id: z.string(),
    baseUrl: z.string(),
    name: z.string(),
    addedBy: z.string(),
    createdAt: Moment,
    fetchedAt: MomentOrNone,
    trouble: z.string().nullable().describe('Why the last reading failed, whole or in part.'),
  })
  .meta({ id: 'GadgetFeed' });
export const GadgetFeedList = z.strictObject({ items: z.array(GadgetFeed) });

export const BaseUrl = z.strictObject({
  baseUrl: z.string().meta({ examples: ['https://tracker.example.com'] }),
});

export const OutboundRule = z
  .strictObject({ pattern: z.string(), note: z.string(), addedBy: z.string(), createdAt: Moment })
  .meta({ id: 'OutboundRule' });
export const OutboundRuleList = z.strictObject({ items: z.array(OutboundRule) });
export const NewOutboundRule = z.strictObject({
  pattern: z.string().meta({ examples: ['https://*.example.com'] }),
  note: z.string().default(''),
});
export const OutboundPattern = z.strictObject({ pattern: z.string() });

export const OutboundAddress = z.strictObject({ url: z.string() });
export const OutboundVerdict = z
  .strictObject({
    isAllowed: z.boolean(),
    by: z.enum(['own', 'provider', 'rule']).nullable().describe('What allows it.'),
    why: z.enum(['no-address', 'scheme', 'credentials', 'no-rule']).nullable().describe('What keeps it out.'),
    origin: z.string().nullable(),
    provider: z.string().nullable(),
    pattern: z.string().nullable(),
  })
  .meta({ id: 'OutboundVerdict' });
