/**
 * Loaded into a program with `--import`: at its end it writes which modules it has read, one address a line, to the file
 * that MODULES_READ names. A line `ready` stands where a server said so.
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

const { stdout } = process;
const write = stdout.write.bind(stdout) as (chunk: unknown, ...rest: unknown[]) => boolean;
stdout.write = (chunk: unknown, ...rest: unknown[]) => {
  if (String(chunk).startsWith('ready ')) read.push('ready');
  return write(chunk, ...rest);
};

process.on('exit', () => writeFileSync(process.env.MODULES_READ!, read.join('\n')));
