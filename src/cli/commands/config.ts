/** `countersign config show`: which settings are in force, and where each comes from. */
import type { Command } from 'commander';
import { showSettings } from '../../settings/index.ts';
import { printAnswer, table } from '../answer.ts';
import { commandGroup, type Flags, withExamples } from '../define-command.ts';
import { readCommandSettings, withSettings } from '../on-data.ts';

/** Adds the command to the program. */
export function defineConfigCommands(program: Command): void {
  const config = commandGroup(program, 'config', 'the settings');
  const show = withSettings(
    config
      .command('show')
      .description('print every setting and where it comes from; takes the flags of serve'),
    'all',
  );
  show.option('--json', 'print one JSON document on stdout').action((flags: Flags) => {
    const rows = showSettings(readCommandSettings(show).origins);
    const lines = table(
      ['SETTING', 'VALUE', 'FROM'],
      rows.map(({ name, value, origin }) => [name, [value ?? '—'].flat().join(' '), origin]),
      '',
    );
    printAnswer({ json: rows, lines }, flags.json === true);
  });
  withExamples(show, 'countersign config show', 'countersign config show --config countersign.yaml --json');
}
