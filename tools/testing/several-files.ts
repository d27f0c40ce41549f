/** Loads test files one after the other into this process: what a group of `run-together.ts` is started with. */
import { pathToFileURL } from 'node:url';

for (const file of process.argv.slice(2)) await import(pathToFileURL(file).href);
