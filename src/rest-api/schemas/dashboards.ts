/** Schemas of the system default dashboard, and of the gadgets that stand on it. */
import { z } from 'zod';
import { GADGET_COLORS, LAYOUTS } from '../../model/index.ts';
import { MomentOrNone } from './basics.ts';

const PlacedGadget = z.strictObject({
  id: z.string().describe('Names it on this dashboard.'),
  specUrl: z.string(),
  column: z.int().describe('From 0, from left to right.'),
  color: z.enum(GADGET_COLORS),
  preferences: z.record(z.string(), z.string()),
  isMinimised: z.boolean(),
  title: z.string().nullable().describe('In place of the title of its spec.'),
  refreshSeconds: z.int().nullable(),
});

export const DefaultDashboard = z
  .strictObject({
    name: z.string(),
    description: z.string(),
    layout: z.enum(LAYOUTS),
    gadgets: z.array(PlacedGadget).describe('In the order of each column, from the top.'),
    updatedAt: MomentOrNone.describe('Null: as it came with the installation.'),
  })
  .meta({ id: 'DefaultDashboard' });

export const DashboardEdit = z.strictObject({
  name: z.string().optional(),
  description: z.string().optional(),
  layout: z
    .string()
    .optional()
    .describe(`One of ${LAYOUTS.join(', ')}: A is wide, B narrow.`),
});

export const NewPlaced = z.strictObject({ specUrl: z.string().describe('Of a gadget of the directory.') });

export const PlacedEdit = z.strictObject({
  color: z.string().optional(),
  isMinimised: z.boolean().optional(),
  title: z.string().nullable().optional(),
  refreshSeconds: z.int().nullable().optional(),
  preferences: z.record(z.string(), z.string()).optional().describe('In place of all that were entered.'),
});

export const PlacedMove = z.strictObject({
  column: z.int(),
  above: z
    .string()
    .nullable()
    .default(null)
    .describe('The gadget it comes to stand above; null: at the end.'),
});
