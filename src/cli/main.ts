/** The `countersign` command: runs one command line and leaves with its exit code. */
import { runCommandLine } from './run-command-line.ts';

process.exitCode = await runCommandLine(process.argv.slice(2));
