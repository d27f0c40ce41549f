/**
 * Loaded into a program with `--import`: the module whose address ends with MODULE_REFUSED cannot be read the first time,
 * as where all descriptors are in use.
 */
import { registerHooks } from 'node:module';

let isRefused = false;

registerHooks({
  load(url, context, nextLoad) {
    if (isRefused || !url.endsWith(process.env.MODULE_REFUSED!)) return nextLoad(url, context);
    isRefused = true;
    throw Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' });
  },
});
