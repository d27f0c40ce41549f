/**
 * Loaded into a program with `--import`: it writes which modules are read, one address a line, to the file that
 * MODULES_READ names. A line `ready` stands where a server said so.
 */
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const note = (line: string) => appendFileSync(process.env.MODULES_READ!, `${line}\n`);

registerHooks({
  load(url, context, nextLoad) {
    note(url);
    return nextLoad(url, context);
  },
});

const { stdout } = process;
const write = stdout.write.bind(stdout) as (chunk: unknown, ...rest: unknown[]) => boolean;
stdout.write = (chunk: unknown, ...rest: unknown[]) => {
  if (String(chunk).startsWith('ready ')) note('ready');
  return write(chunk, ...rest);
};
