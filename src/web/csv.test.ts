import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { csvCell, csvText } from './csv.ts';

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
    const sheet = { n: (n: number) => n, 'what is it': (n: number) => [`=${n}`, 'b'] };
    const list = csvText(sheet, async ({ offset, limit }) => {
      asked.push(offset);
      return { rows: Array.from({ length: limit }, (_, index) => offset + index), total: 1 };
    });
    assert.match((await list.next()).value ?? '', /^\ufeffn,what is it\r\n0,'=0 b\r\n1,'=1 b\r\n/u);
    assert.match((await list.next()).value ?? '', /^250,/u);
    await list.return();
    assert.deepEqual(asked, [0, 250]);
  });

  it('holds every row once, also where the list counts to a thousand only', async () => {
    for (const length of [0, 1, 500, 1234]) {
      const rows = Array.from({ length }, (_, index) => index);
      const list = csvText({ n: (n: number) => n }, async ({ offset, limit, countUpTo }) => ({
        rows: rows.slice(offset, offset + limit),
        total: Math.min(rows.length, countUpTo),
      }));
      const text = (await Array.fromAsync(list)).join('');
      assert.equal(text, `\ufeffn\r\n${rows.map((n) => `${n}\r\n`).join('')}`);
    }
  });
});
