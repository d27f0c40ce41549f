import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { csvCell, csvLine } from './csv.ts';

describe('the audit log as CSV', () => {
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

  it('has one line per entry, with time, both states and the note', () => {
    const event = {
      id: 1,
      at: 0,
      actor: '=cmd',
      action: 'consumer.edit',
      object: 'wiki',
      before: { name: 'a' },
      after: { name: 'b' },
      note: null,
    } as const;
    const states = `"{""name"":""a""}","{""name"":""b""}"`;
    assert.equal(csvLine(event), `1970-01-01T00:00:00.000Z,'=cmd,consumer.edit,wiki,${states},\r\n`);
  });
});
