import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from '../model/index.ts';
import { type CsvPlace, csvCell, csvText } from './csv.ts';

const SHEET = { number: (row: number) => row };

/** A list of so many numbers that says where its pages end. */
function numbers(length: number, asked: CsvPlace[] = []) {
  return async (place: CsvPlace): Promise<Page<number>> => {
    asked.push(place);
    const first = Number(place.after?.tie ?? -1) + 1;
    const rows = Array.from({ length: Math.min(place.limit, length - first) }, (_, index) => first + index);
    const tie = first + rows.length - 1;
    return { rows, total: 1, ...(rows.length === place.limit && { end: { by: null, tie } }) };
  };
}

describe('a long list as CSV', () => {
  it('is read on from behind the row that was last, never by counting rows', async () => {
    const asked: CsvPlace[] = [];
    const text = (await Array.fromAsync(csvText(SHEET, numbers(600, asked)))).join('');
    const lines = ['\ufeffnumber', ...Array.from({ length: 600 }, (_, index) => String(index))];
    assert.deepEqual(text.split('\r\n').slice(0, -1), lines);
    assert.deepEqual(
      asked.map(({ offset, after }) => [offset, after?.tie]),
      [
        [0, undefined],
        [0, 249],
        [0, 499],
      ],
    );
  });

  it('holds every row once, also where the list does not say where its pages end', async () => {
    const rows = Array.from({ length: 1234 }, (_, index) => index);
    const read = async ({ offset, limit }: CsvPlace) => ({
      rows: rows.slice(offset, offset + limit),
      total: 1,
    });
    const text = (await Array.fromAsync(csvText(SHEET, read))).join('');
    assert.equal(text, `\ufeffnumber\r\n${rows.map((row) => `${row}\r\n`).join('')}`);
  });

  it('is read as it is taken, and no further', async () => {
    const asked: CsvPlace[] = [];
    const batches = csvText(SHEET, numbers(100_000, asked));
    await batches.next();
    await batches.return();
    assert.equal(asked.length, 1);
  });

  it('writes nothing for what there is not, and several things with blanks between', async () => {
    const sheet = { none: () => null, 'what is it': (row: number) => [`=${row}`, 'b'] };
    const text = (await Array.fromAsync(csvText(sheet, numbers(1)))).join('');
    assert.equal(text, "\ufeffnone,what is it\r\n,'=0 b\r\n");
  });

  it('lets everybody else have a turn after each batch', async () => {
    const batches = csvText(SHEET, numbers(600));
    await batches.next();
    let hadTurn = false;
    setImmediate(() => {
      hadTurn = true;
    });
    await batches.next();
    assert.equal(hadTurn, true);
    await batches.return();
  });
});

describe('a cell of CSV', () => {
  it('is quoted where it holds a separator, a quote or a line end', () => {
    assert.equal(csvCell('a,b'), '"a,b"');
    assert.equal(csvCell('say "hi"'), '"say ""hi"""');
    assert.equal(csvCell('=HYPERLINK("http://x")'), `"'=HYPERLINK(""http://x"")"`);
    assert.equal(csvCell('two\nlines'), '"two\nlines"');
    assert.match(csvCell('\r=1'), /^"?'/u);
    assert.equal(csvCell('wiki'), 'wiki');
  });

  it('is no formula, however it begins', () => {
    for (const text of ['=1+1', '+1', '-1', '@SUM(1)', ' =1', '\u00a0=1', '\uff1d1'])
      assert.equal(csvCell(text), `'${text}`, JSON.stringify(text));
    assert.equal(csvCell('\t=1'), "'\t'=1");
    assert.equal(csvCell('a-b = c@d'), 'a-b = c@d');
  });

  it('holds no formula where a spreadsheet that splits at semicolons begins a cell or a row', () => {
    assert.equal(csvCell('x;=HYPERLINK(1);y'), "x;'=HYPERLINK(1);y");
    assert.equal(csvCell('x; @SUM(1)'), "x;' @SUM(1)");
    assert.equal(csvCell('x\ty\t+1'), "x\ty\t'+1");
    assert.equal(csvCell('x\r\n=1'), '"x\r\n\'=1"');
    assert.equal(csvCell('x\n;;=1'), '"x\n;;\'=1"');
  });
});
