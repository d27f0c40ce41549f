/** How much memory a process holds on to, once it has given back all that nobody refers to any more. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Bytes of objects that are still referred to. */
export function memoryInUse(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
