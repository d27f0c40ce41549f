/** Completion for fish, with what each word and flag is for. */
import type { Choice, Flag, Place } from './places.ts';

/** The script: a line for each word at each place. */
export function fishScript(all: readonly Place[]): string {
  const lines = all.flatMap(({ path, words, flags }) => {
    const here = path.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
    const isFirst = here === '' ? '__fish_use_subcommand' : here;
    const next = words.map(({ word }) => word).join(' ');
    const undecided = here === '' ? isFirst : `${here}; and not __fish_seen_subcommand_from ${next}`;
    return [
      ...words.map((choice) => line(undecided, `-f -a ${choice.word}`, choice)),
      ...flags.map((flag) => line(isFirst, `-l ${flag.word.slice(2)}${afterFlag(flag)}`, flag)),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function afterFlag({ takesValue, values }: Flag): string {
  if (!takesValue) return '';
  return values.length === 0 ? ' -r' : ` -x -a '${values.join(' ')}'`;
}

function line(condition: string, what: string, { description }: Choice): string {
  const quoted = description.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  return `complete -c countersign -n '${condition}' ${what} -d '${quoted}'`;
}
