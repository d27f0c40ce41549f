/** Nonces: used ones remembered so that no replay is ever accepted, in memory and journalled. */
export { openJournalledNonces } from './journalled-nonces.ts';
export { nonceDigest } from './nonce-digest.ts';
export { NonceMemory } from './nonce-memory.ts';
export { lockDirectory } from './process-lock.ts';
export { DEFAULT_QUOTA, NonceQuota } from './quota.ts';
