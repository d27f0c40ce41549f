/** `countersign demo`: the whole dance, performed before your eyes. */
import { type Command, InvalidArgumentError } from 'commander';
import { withExamples } from '../define-command.ts';
import { untilSignal } from '../until-signal.ts';

/** Adds the command to the program. */
export function defineDemoCommand(program: Command): void {
  const demo = program
    .command('demo')
    .description('perform the whole dance with sample users, a sample application and a sample consumer')
    .option('--once', 'end after the dance')
    .option('--port <PORT>', 'port to use; if it is taken, the next one that is free', readPort, 8080)
    .action(async ({ once, port }: { once?: true; port: number }) => {
      const say = (line: string) => process.stdout.write(`${line}\n`);
      const end = once ? null : untilSignal();
      const { runDemo } = await import('../demo/demo.ts');
      await runDemo({ port, say, end });
    });
  withExamples(demo, 'countersign demo', 'countersign demo --once', 'countersign demo --port 9000');
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) {
    throw new InvalidArgumentError('It must be a number from 1 to 65535.');
  }
  return port;
}
