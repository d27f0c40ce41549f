import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createProgram } from './program.ts';

describe('the program for one command line', () => {
  it('has the command that the line begins with, as it is among all of them, and its companions alone', async () => {
    const all = (await createProgram()).commands;
    assert.ok(all.length > 20);
    for (const command of all) {
      const name = command.name();
      const { commands } = await createProgram([name, '--help']);
      const alone = commands.find((one) => one.name() === name);
      assert.equal(alone?.helpInformation(), command.helpInformation(), name);
      if (name !== 'completion') assert.ok(commands.length <= 2, name);
    }
  });

  it('has all of them where the line begins with anything else', async () => {
    const count = (await createProgram()).commands.length;
    for (const argv of [
      ['--data', 'user', 'token', 'list'],
      ['help', 'user'],
      ['usr'],
      ['completion', 'bash'],
    ])
      assert.equal((await createProgram(argv)).commands.length, count, argv.join(' '));
  });
});
