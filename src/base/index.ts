/** Base: the closed list of what every module may use. Pure; reads no clock, no randomness, no environment. */
export { equalInConstantTime, NO_BYTES, sha256Hex } from './bytes.ts';
export { type Clock, FixedClock, nowSeconds } from './clock.ts';
export { isoTime, jsonRecord } from './json-record.ts';
export { onceGiven } from './once-given.ts';
export { printable } from './printable.ts';
export { type RandomSource, randomAlphanumeric, randomDigits, randomTypeable } from './random.ts';
export { Secret } from './secret.ts';
export { whenCalled } from './when-called.ts';
