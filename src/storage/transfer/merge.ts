/**
 * Puts the records of a file into a database, batch by batch; or rehearses it, which changes nothing and finds what
 * would go wrong. A batch and the note of how far the file was read are one transaction.
 */
import { type Clock, nowSeconds } from '../../base/index.ts';
import { FACTS, type Queries, recordEvent, removeFact, writeFact } from '../sql/index.ts';
import type { FileSecrets } from './file-secrets.ts';
import { findRows, presentValues } from './find-rows.ts';
import type { Kept } from './kept.ts';
import { addRows, batches, sealedRow } from './put-rows.ts';
import type { FoundRecord, LineMistake } from './read-file.ts';
import type { RecordType, Row } from './record-type.ts';
import { differs, replaceRow } from './replace-row.ts';

/** What happens to a record that is there already and says something else. */
export type OnConflict = 'skip' | 'fail' | 'replace';

/** What became of the records of one type. */
export interface ImportCounts {
  added: number;
  replaced: number;
  /** There already, and the same. */
  unchanged: number;
  /** There already, and left as they are. */
  skipped: number;
  /** Tokens and API keys that were not let in. */
  leftOut: number;
}

/** What merging is given. */
export interface MergeContext {
  readonly kept: Kept;
  readonly secrets: FileSecrets;
  readonly clock: Clock;
  readonly onConflict: OnConflict;
  readonly withAccess: boolean;
  onProgress?(records: number, of: number): void;
}

/** Where the records come from. */
export interface RecordSource {
  /** The records from the first on, as often as it is asked. */
  records(): AsyncIterable<FoundRecord>;
  readonly total: number;
  /** Names its contents, for the audit log, and for going on where it ended. */
  readonly name: string;
}

type Batch = readonly FoundRecord[];

/** One run over a file. */
export class Merge {
  readonly #context: MergeContext;
  readonly #source: RecordSource;
  readonly #isRehearsal: boolean;
  readonly counts: Record<string, ImportCounts> = {};
  readonly mistakes: LineMistake[] = [];
  /** In a rehearsal: owners that this file would have brought by now, `table.column` and value. */
  readonly #promised = new Map<string, Set<Row[string]>>();

  constructor(context: MergeContext, source: RecordSource, manner: 'rehearse' | 'put') {
    this.#context = context;
    this.#source = source;
    this.#isRehearsal = manner === 'rehearse';
  }

  /** @param after line up to which everything is in already */
  async run(after: number): Promise<void> {
    const { kept, onProgress } = this.#context;
    const { total } = this.#source;
    let done = 0;
    for await (const batch of batches(this.#source.records())) {
      done += batch.length;
      const fresh = batch.filter(({ line }) => line > after);
      if (this.#isRehearsal) await this.#rehearse(batch, fresh);
      else if (fresh.length > 0) await kept.db.transaction().execute((trx) => this.#put(trx, fresh));
      onProgress?.(done, total);
    }
    if (!this.#isRehearsal) await kept.db.transaction().execute((trx) => this.#finish(trx));
  }

  async #rehearse(batch: Batch, fresh: Batch): Promise<void> {
    for (const { type, row } of batch) {
      for (const column of type.key) this.#promise(type, column, row[column] ?? null);
    }
    if (fresh.length > 0) await this.#dealWith(this.#context.kept.db, fresh);
  }

  #promise({ table }: RecordType, column: string, value: Row[string]): void {
    const name = `${table}.${column}`;
    const values = this.#promised.get(name) ?? new Set();
    if (OWNING_TABLES.has(table)) this.#promised.set(name, values.add(value));
  }

  async #put(trx: Queries, batch: Batch): Promise<void> {
    await this.#dealWith(trx, batch);
    const progress = {
      name: this.#source.name,
      line: batch.at(-1)!.line,
      withAccess: this.#context.withAccess,
    };
    await writeFact(trx, FACTS.importProgress, JSON.stringify(progress));
  }

  async #finish(trx: Queries): Promise<void> {
    await removeFact(trx, FACTS.importProgress);
    const after = Object.fromEntries(Object.entries(this.counts).map(([type, { added }]) => [type, added]));
    const at = nowSeconds(this.#context.clock);
    const object = this.#source.name.slice(0, 16);
    await recordEvent(trx, {
      at,
      actor: 'cli',
      action: 'data.import',
      object,
      before: null,
      after,
      note: null,
    });
  }

  async #dealWith(db: Queries, batch: Batch): Promise<void> {
    const { type } = batch[0]!;
    const { sealer } = this.#context.kept;
    const counts = this.#countsOf(type);
    if (type.givesAccess && !this.#context.withAccess) {
      counts.leftOut += batch.length;
      return;
    }
    const stored = await findRows(
      db,
      type,
      batch.map(({ row }) => row),
    );
    const added: FoundRecord[] = [];
    for (const [index, record] of (await this.#owned(db, batch)).entries()) {
      if (record === null) continue;
      const there = stored[index];
      if (there === undefined) added.push(record);
      else if (!differs(there, record, sealer, this.#context.secrets)) counts.unchanged += 1;
      else await this.#settle(db, record, there, counts);
    }
    counts.added += this.#isRehearsal ? added.length : await this.#add(db, added);
  }

  async #settle(db: Queries, record: FoundRecord, there: Row, counts: ImportCounts): Promise<void> {
    const { onConflict, secrets } = this.#context;
    if (onConflict === 'replace') {
      counts.replaced += 1;
      if (!this.#isRehearsal) await replaceRow(db, { ...record, row: sealedRow(record, secrets) }, there);
    } else if (onConflict === 'skip' || record.type.type === 'installation') counts.skipped += 1;
    else this.#tell(record, 'is there already and says something else: choose --on-conflict skip or replace');
  }

  /** The records whose owners are there; null in the place of others. */
  async #owned(db: Queries, batch: Batch): Promise<(FoundRecord | null)[]> {
    const left: (FoundRecord | null)[] = [...batch];
    for (const [column, [table, owning]] of Object.entries(batch[0]!.type.owners)) {
      const values = batch.map(({ row }) => row[column] ?? null);
      const present = await presentValues(db, table, owning, values);
      const promised = this.#promised.get(`${table}.${owning}`);
      for (const [index, record] of left.entries()) {
        const value = values[index]!;
        if (record === null || value === null || present.has(value) || promised?.has(value)) continue;
        this.#tell(record, `belongs to "${value}", which is neither here nor in the file: add it first`);
        left[index] = null;
      }
    }
    return left;
  }

  /** All at once; one by one when that shows that some cannot be, to know which. */
  async #add(db: Queries, records: Batch): Promise<number> {
    if (records.length === 0) return 0;
    const { type } = records[0]!;
    let added = 0;
    const rows = records.map((record) => sealedRow(record, this.#context.secrets));
    const atOnce = await addRows(db, type, rows);
    if (atOnce === rows.length) return atOnce;
    const stored = await findRows(db, type, rows);
    for (const [index, record] of records.entries()) {
      if (stored[index] !== undefined) added += 1;
      else this.#tell(record, 'has a value that must be unique and that another record has already');
    }
    return Math.min(added, atOnce);
  }

  #tell({ line, type }: FoundRecord, what: string): void {
    this.mistakes.push({ line, sentence: `this ${type.type} ${what}` });
  }

  #countsOf({ type }: RecordType): ImportCounts {
    this.counts[type] ??= { added: 0, replaced: 0, unchanged: 0, skipped: 0, leftOut: 0 };
    return this.counts[type];
  }
}

const OWNING_TABLES: ReadonlySet<string> = new Set([
  'users',
  'consumers',
  'service_providers',
  'gadget_feeds',
  'dashboards',
]);
