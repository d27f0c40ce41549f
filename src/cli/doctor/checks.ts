/** Everything that the doctor looks at, in the order in which it is told. */
import type { DoctorCheck } from './check.ts';
import { clockCheck } from './checks/clock.ts';
import { keyPolicyCheck, legacyCheck, methodsCheck, unusedConsumersCheck } from './checks/consumers.ts';
import { databaseCheck, schemaCheck } from './checks/database.ts';
import { endingCheck } from './checks/ending.ts';
import { noncesCheck } from './checks/nonces.ts';
import { permissionsCheck } from './checks/permissions.ts';
import { proxyCheck } from './checks/proxy.ts';
import { publicUrlCheck } from './checks/public-url.ts';
import { rsaCheck, rsaSha1Check } from './checks/rsa.ts';

export const CHECKS: readonly DoctorCheck[] = [
  clockCheck,
  publicUrlCheck,
  proxyCheck,
  rsaCheck,
  rsaSha1Check,
  keyPolicyCheck,
  databaseCheck,
  schemaCheck,
  noncesCheck,
  permissionsCheck,
  endingCheck,
  unusedConsumersCheck,
  methodsCheck,
  legacyCheck,
];
