import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Command } from 'commander';
import { createProgram } from './program.ts';

function withBelow(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withBelow)];
}

describe('the help of every command', () => {
  it('tells defaults and choices in one form, at the end, without quotes', async () => {
    for (const command of withBelow(await createProgram())) {
      const help = command.createHelp();
      const words = [
        ...help.visibleOptions(command).map((option) => help.optionDescription(option)),
        ...help.visibleArguments(command).map((argument) => help.argumentDescription(argument)),
      ];
      for (const text of words) {
        assert.doesNotMatch(
          text,
          /default: "|choices:|unless given|when left out|\) \((?:one of|default)/,
          text,
        );
        if (text.includes('default:')) assert.match(text, /\((?:[^()]+; )?default: .+\)$/, text);
      }
    }
  });

  it('says what a flag with a closed list takes, and what it is unless given', async () => {
    const program = await createProgram();
    const sign = program.commands.find((command) => command.name() === 'sign');
    const help = sign?.helpInformation().replaceAll(/\s+/g, ' ') ?? '';
    assert.match(help, /\(one of header, query, body; default: header\)/);
    assert.match(
      help,
      /\(one of HMAC-SHA1, .+, PLAINTEXT; default: HMAC-SHA1, with a private key RSA-SHA1\)/,
    );
    assert.match(help, /\(default: application\/octet-stream\)/);
  });
});
