/** Asks the real program why a request was refused, until the server has written it down. */
import { setTimeout as pause } from 'node:timers/promises';
import { type CommandResult, runCommand } from './countersign.ts';

const MOST_TRIES = 50;

/** What `explain --json` says of a request that was refused a moment ago; of one that is never kept, its last refusal. */
export async function explainedSoon(requestId: string, dataDirectory: string): Promise<CommandResult> {
  for (let tries = 1; ; tries += 1) {
    const asked = ['explain', '--request-id', requestId, '--json', '--data', dataDirectory];
    const result = await runCommand(asked);
    if (result.status === 0 || tries === MOST_TRIES) return result;
    await pause(200);
  }
}
