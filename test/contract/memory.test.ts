/** Memory keeps the contract. */
import { createMemoryNonces, createMemoryStorage } from '../../src/storage/memory/index.ts';
import { describeNonces } from './nonces.contract.ts';
import { describeStorage } from './storage.contract.ts';

describeStorage('memory', async (clock) => createMemoryStorage({ clock }));

describeNonces('memory', async (clock, windowSeconds, quotaPerConsumer) =>
  createMemoryNonces({ clock, windowSeconds, quotaPerConsumer, isFenced: false }),
);
