/**
 * Loads test files one after the other into this process: what a group of `run-together.ts` is started with. Each is a
 * suite named by its path, so that the hooks it has for all reach its own tests alone; and one that leaves something of
 * the process changed fails, whatever became of its tests.
 */
import { after, before, describe } from 'node:test';
import { pathToFileURL } from 'node:url';
import { assertUnchanged, type ProcessState, processState } from './process-state.ts';

for (const file of process.argv.slice(2))
  describe(file, async () => {
    let found: ProcessState;
    before(() => {
      found = processState();
    });
    await import(pathToFileURL(file).href);
    after(() => assertUnchanged(found));
  });
