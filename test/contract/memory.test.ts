/** Memory keeps the contract. */

import { FixedClock } from '../../src/base/index.ts';
import type { AuditEvent } from '../../src/model/index.ts';
import {
  createMemoryNonces,
  createMemoryRequestRate,
  createMemoryStorage,
} from '../../src/storage/memory/index.ts';
import { NOW } from '../support/records.ts';
import { describeAuditSearch } from './audit-search.contract.ts';
import { describeNonces } from './nonces.contract.ts';
import { describeRequestRate } from './request-rate.contract.ts';
import { describeStorage } from './storage.contract.ts';
import { describeStrangeTexts } from './strange-texts.contract.ts';

describeStorage('memory', async (clock) => createMemoryStorage({ clock }));

describeNonces('memory', async (clock, windowSeconds, quotaPerConsumer) =>
  createMemoryNonces({ clock, windowSeconds, quotaPerConsumer, isFenced: false }),
);

describeRequestRate('memory', (rate) => createMemoryRequestRate(rate, new FixedClock(NOW)));

const openAudit = async () => {
  const storage = createMemoryStorage({ clock: new FixedClock(NOW) });
  return {
    storage,
    async add(events: readonly AuditEvent[]) {
      for (const event of events) await storage.audit.append(event);
    },
  };
};
describeAuditSearch('memory', openAudit);
describeStrangeTexts('memory', openAudit);
