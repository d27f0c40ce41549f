/** The `countersign` command: runs one command line and leaves with its exit code. */
import { runCommandLine } from './run-command-line.ts';

/** Who reads our output may have seen enough (`| head`): what the command does goes on to its end all the same. */
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

process.exitCode = await runCommandLine(process.argv.slice(2));
