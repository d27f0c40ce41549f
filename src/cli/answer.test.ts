import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { documentText, harmless } from './answer.ts';
import { createPainter } from './paint.ts';

const painter = createPainter({ isTerminal: true, environment: {} });

describe('what strangers wrote', () => {
  it('reaches no terminal but by escapes, nor hides behind the codes of an emphasis', () => {
    const hidden = 'Wiki\u001b[8m (disabled)\u001b[30m\u001b[40m\u001b[0m';
    assert.equal(harmless(hidden), 'Wiki\\x1b[8m (disabled)\\x1b[30m\\x1b[40m\\x1b[0m');
    assert.equal(harmless('a\u001b[2Jb\u009bc\rd'), 'a\\x1b[2Jb\\x9bc\\x0dd');
  });

  it('leaves our own emphases and line ends as they are', () => {
    for (const paint of Object.values(painter)) {
      const text = `${paint('one')}\ntwo`;
      assert.equal(harmless(text), text);
    }
  });

  it('is the same in a document, which shows no control character as it is', () => {
    const json = { name: 'a\u001b[2Jb\u009b2J\u007f\u0085c', list: ['ü', '名'] };
    const text = documentText(json);
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    assert.deepEqual(JSON.parse(text), json);
  });
});
