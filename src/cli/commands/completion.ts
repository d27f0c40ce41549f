/** `countersign completion`: a script that teaches a shell our commands and flags, made from the program itself. */
import { Argument, type Command } from 'commander';
import { withExamples } from '../define-command.ts';

/** Adds the command to the program. Define it last: it knows what was defined before. */
export function defineCompletionCommand(program: Command): void {
  const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };
  const completion = program
    .command('completion')
    .description('print a script that completes commands and flags in your shell')
    .addArgument(new Argument('<SHELL>', 'your shell').choices(Object.keys(scripts)))
    .action((shell: keyof typeof scripts) => {
      process.stdout.write(scripts[shell](places(program, [])));
    });
  withExamples(
    completion,
    'countersign completion bash > /etc/bash_completion.d/countersign',
    'countersign completion zsh >> ~/.zshrc',
    'countersign completion fish > ~/.config/fish/completions/countersign.fish',
  );
}

/** A place on the command line: the words that lead there, and what may follow. */
interface Place {
  readonly path: readonly string[];
  readonly commands: readonly Command[];
  /** What an argument may be, where that is a closed list. */
  readonly choices: readonly string[];
  readonly flags: readonly {
    readonly long: string;
    readonly description: string;
    readonly takesValue: boolean;
  }[];
}

/** Every place, deepest first. */
function places(command: Command, path: readonly string[]): Place[] {
  const flags = command
    .createHelp()
    .visibleOptions(command)
    .map((option) => ({
      long: option.long!,
      description: option.description,
      takesValue: option.required,
    }));
  const deeper = command.commands.flatMap((next) => places(next, [...path, next.name()]));
  const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
  return [...deeper, { path, commands: command.commands, choices, flags }];
}

function bashScript(all: readonly Place[]): string {
  const cases = all.map(({ path, commands, choices, flags }) => {
    const words = [
      ...commands.map((command) => command.name()),
      ...choices,
      ...flags.map(({ long }) => long),
    ];
    return `    '${path.map((word) => ` ${word}`).join('')}'*) words='${words.join(' ')}' ;;`;
  });
  return `_countersign() {
  local place='' word words
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in -*) ;; *) place="$place $word" ;; esac
  done
  case $place in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _countersign countersign
`;
}

function zshScript(all: readonly Place[]): string {
  return `autoload -U +X compinit bashcompinit && compinit && bashcompinit\n${bashScript(all)}`;
}

function fishScript(all: readonly Place[]): string {
  const lines = all.flatMap(({ path, commands, choices, flags }) => {
    const here =
      path.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ') || '__fish_use_subcommand';
    const names = commands.map((command) => command.name());
    const undecided =
      path.length === 0 ? here : `${here}; and not __fish_seen_subcommand_from ${names.join(' ')}`;
    return [
      ...commands.map((next) => fishLine(undecided, `-f -a ${next.name()}`, next.description())),
      ...choices.map((choice) => fishLine(here, `-f -a ${choice}`, '')),
      ...flags.map(({ long, description, takesValue }) =>
        fishLine(here, `-l ${long.slice(2)}${takesValue ? ' -r' : ''}`, description),
      ),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function fishLine(condition: string, what: string, description: string): string {
  const quoted = description.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  return `complete -c countersign -n '${condition}' ${what} -d '${quoted}'`;
}
