/** Every operation of the REST API, in the order of its description. */
import type { Operation } from '../operation.ts';
import { askingOperations } from './asking.ts';
import { consumerOperations } from './consumers.ts';
import { defaultDashboardOperations } from './default-dashboard.ts';
import { diagnosisOperations, usageOperations } from './diagnosis.ts';
import { gadgetOperations } from './gadgets.ts';
import { historyOperations } from './history.ts';
import { auditOperations, installationOperations } from './installation.ts';
import { linkOperations, serviceProviderOperations } from './service-providers.ts';
import { sheetOperations } from './sheets.ts';
import { tokenOperations } from './tokens.ts';
import { userOperations } from './users.ts';

export const OPERATIONS: readonly Operation[] = [
  ...consumerOperations,
  ...serviceProviderOperations,
  ...historyOperations,
  ...linkOperations,
  ...askingOperations,
  ...tokenOperations,
  ...userOperations,
  ...installationOperations,
  ...gadgetOperations,
  ...defaultDashboardOperations,
  ...diagnosisOperations,
  ...usageOperations,
  ...auditOperations,
  ...sheetOperations,
];
