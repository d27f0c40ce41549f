import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { csvAnswer, csvCell } from './csv.ts';

describe('a list as CSV', () => {
  it('disarms cells that a spreadsheet would run as a formula', () => {
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =1', '＝1']) {
      assert.match(csvCell(text), /^"?'/u, JSON.stringify(text));
    }
    assert.equal(csvCell('wiki'), 'wiki');
  });

  it('quotes what holds a separator, a quote or a line end', () => {
    assert.equal(csvCell('a,b'), '"a,b"');
    assert.equal(csvCell('say "hi"'), '"say ""hi"""');
    assert.equal(csvCell('=HYPERLINK("http://x")'), `"'=HYPERLINK(""http://x"")"`);
    assert.equal(csvCell('two\nlines'), '"two\nlines"');
  });

  it('is read a batch at a time, as it is taken, and stops with whoever takes it', async () => {
    const asked: number[] = [];
    const columns = { n: (n: number) => n, 'what is it': (n: number) => [`=${n}`, 'b'] };
    const answer = csvAnswer('numbers', columns, async ({ offset, limit }) => {
      asked.push(offset);
      return { rows: Array.from({ length: limit }, (_, index) => offset + index), total: 1 };
    });
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    assert.equal((await reader.read()).value?.replace('\ufeff', ''), 'n,what is it\r\n');
    assert.match((await reader.read()).value!, /^0,'=0 b\r\n1,'=1 b\r\n/u);
    await reader.cancel();
    assert.ok(asked.length < 5, String(asked));
    assert.match(answer.headers.get('content-disposition')!, /attachment; filename="numbers.csv"/u);
  });

  it('holds every row once, also where the list counts to a thousand only', async () => {
    const rows = Array.from({ length: 1234 }, (_, index) => index);
    const answer = csvAnswer('numbers', { n: (n: number) => n }, async ({ offset, limit, countUpTo }) => ({
      rows: rows.slice(offset, offset + limit),
      total: Math.min(rows.length, countUpTo),
    }));
    assert.equal(await answer.text(), `\ufeffn\r\n${rows.map((n) => `${n}\r\n`).join('')}`.slice(1));
  });
});
