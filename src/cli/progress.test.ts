import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withProgress } from './progress.ts';

/** A stand-in for stderr that remembers what it was told. */
function terminal(isTTY: boolean): { stream: NodeJS.WriteStream; text: () => string } {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  return { stream, text: () => written.join('') };
}

describe('progress', () => {
  it('is one line on a terminal, and gone at the end', async () => {
    const { stream, text } = terminal(true);
    const work = async (show: (done: number, of: number) => void) => {
      show(50, 200);
      return 'done';
    };
    const result = await withProgress('records', work, stream);
    assert.equal(result, 'done');
    assert.match(text(), /records: 50 of 200 \(25 %\)/);
    assert.ok(text().endsWith('\r\u001b[K'));
  });

  it('says nothing where nobody looks', async () => {
    const { stream, text } = terminal(false);
    await withProgress('records', async (show) => show(1), stream);
    assert.equal(text(), '');
  });
});
