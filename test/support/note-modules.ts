/**
 * Loaded into a program with `--import`: at its end it writes which modules it has read, one address a line, to the file
 * that MODULES_READ names.
 */
import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const read: string[] = [];
registerHooks({
  load(url, context, nextLoad) {
    read.push(url);
    return nextLoad(url, context);
  },
});
process.on('exit', () => writeFileSync(process.env.MODULES_READ!, read.join('\n')));
