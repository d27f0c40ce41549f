/** `countersign serve`: runs this installation until it is told to stop. */
import type { Command } from 'commander';
import { startServer } from '../../server/index.ts';
import { withExamples } from '../define-command.ts';
import { readCommandSettings, withSettings } from '../on-data.ts';
import { untilSignal } from '../until-signal.ts';

/** Adds the command to the program. */
export function defineServeCommand(program: Command): void {
  const serve = withSettings(program.command('serve').description('run this installation'), 'all');
  serve.action(() => run(serve));
  withExamples(
    serve,
    'countersign serve',
    'countersign serve --upstream http://127.0.0.1:3000 --public-url https://tracker.example.com --trust-proxy 127.0.0.1',
    'COUNTERSIGN_LISTEN=0.0.0.0:8080 countersign serve --config countersign.yaml --management 127.0.0.1:9090',
  );
}

async function run(command: Command): Promise<void> {
  const asked = untilSignal();
  const server = await startServer(readCommandSettings(command).settings);
  if (server.setupUrl !== null) {
    process.stdout.write(
      `There are no users yet. Make the first administrator, once, at\n  ${server.setupUrl}\n`,
    );
  }
  if (server.managementUrl !== null) process.stdout.write(`management ${server.managementUrl}\n`);
  process.stdout.write(`ready ${server.url}\n`);
  await asked;
  await server.close();
}
