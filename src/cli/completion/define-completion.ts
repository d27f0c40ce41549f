/** `countersign completion`: a script that teaches a shell our commands and flags, made from the program itself. */
import { Argument, type Command } from 'commander';
import { withExamples } from '../define-command.ts';
import { bashScript } from './bash-script.ts';
import { fishScript } from './fish-script.ts';
import { places } from './places.ts';
import { zshScript } from './zsh-script.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** Adds the command to the program. Define it last: it knows what was defined before. */
export function defineCompletionCommand(program: Command): void {
  const completion = program
    .command('completion')
    .description('print a script that completes commands and flags in your shell')
    .addArgument(new Argument('<SHELL>', 'your shell').choices(Object.keys(SCRIPTS)))
    .action((shell: keyof typeof SCRIPTS) => {
      process.stdout.write(SCRIPTS[shell](places(program)));
    });
  withExamples(
    completion,
    'countersign completion bash > /etc/bash_completion.d/countersign',
    'countersign completion zsh >> ~/.zshrc',
    'countersign completion fish > ~/.config/fish/completions/countersign.fish',
  );
}
