/**
 * A disk that forgets what was not brought to it: files and names as they are certain to survive a power cut (what
 * was synced), and what was only written, of which a power cut may leave all, nothing, or any torn part. Strict as
 * POSIX allows: a name is certain only once its directory was synced.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { Operation } from './system-call-log.ts';

/** What of the unsynced survives: nothing, everything (as after a kill), or what chance leaves of it. */
export type Survival = 'synced' | 'written' | 'torn';

const SECTOR = 512;

interface Change {
  readonly begun: number;
  apply(content: Buffer): Buffer;
  /** The change as a power cut may leave it. */
  torn(content: Buffer, chance: () => number): Buffer;
}

interface StoredFile {
  certain: Buffer;
  uncertain: Change[];
}

interface NameChange {
  readonly begun: number;
  apply(names: Map<string, StoredFile>): void;
}

export class SimulatedDisk {
  readonly #directory: string;
  readonly #isLeftOut: (name: string) => boolean;
  readonly #certainNames = new Map<string, StoredFile>();
  readonly #names = new Map<string, StoredFile>();
  #nameChanges: NameChange[] = [];

  /** Takes everything that is in a directory now as certain, less what `isLeftOut`. */
  constructor(directory: string, isLeftOut: (name: string) => boolean) {
    this.#directory = directory;
    this.#isLeftOut = isLeftOut;
    for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile() || isLeftOut(entry.name)) continue;
      const file = { certain: readFileSync(path), uncertain: [] };
      this.#certainNames.set(path, file);
      this.#names.set(path, file);
    }
  }

  /** Does what the process did. */
  perform(operation: Operation): void {
    const { begun, kind } = operation;
    if (kind === 'answer' || this.#isLeftOut(basename(operation.path))) return;
    if (kind === 'write') this.#write(operation);
    else if (kind === 'truncate') this.#truncate(operation.path, operation.size, begun);
    else if (kind === 'create') this.#create(operation.path, begun);
    else if (kind === 'sync') this.#sync(operation.path, begun);
    else if (kind === 'unlink') this.#rename(begun, operation.path, null);
    else if (kind === 'rename') this.#rename(begun, operation.path, operation.to);
  }

  /** Makes `directory` what would be found after a power cut now. @param chance gives numbers from 0 up to 1 */
  restoreTo(directory: string, survival: Survival, chance: () => number): void {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(join(directory, 'nonces'), { recursive: true });
    const names = new Map(this.#certainNames);
    // The changes of names reach the disk in their order, so a power cut leaves the first few of them.
    const kept = { synced: 0, written: 1, torn: chance() }[survival] * (this.#nameChanges.length + 1);
    for (const change of this.#nameChanges.slice(0, Math.floor(kept))) change.apply(names);
    for (const [path, file] of names) {
      const target = join(directory, relative(this.#directory, path));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, surviving(file, survival, chance), { mode: 0o600 });
    }
  }

  #file(path: string): StoredFile {
    const file = this.#names.get(path);
    if (file === undefined) throw new Error(`${path} was written and never made`);
    return file;
  }

  #create(path: string, begun: number): void {
    if (this.#names.has(path)) return;
    const file = { certain: Buffer.alloc(0), uncertain: [] };
    this.#changeNames(begun, (names) => names.set(path, file));
  }

  #rename(begun: number, path: string, to: string | null): void {
    const file = this.#file(path);
    this.#changeNames(begun, (names) => {
      names.delete(path);
      if (to !== null) names.set(to, file);
    });
  }

  #changeNames(begun: number, apply: NameChange['apply']): void {
    apply(this.#names);
    this.#nameChanges.push({ begun, apply });
  }

  #write({ path, offset, bytes, begun }: Operation & { kind: 'write' }): void {
    const file = this.#file(path);
    const at = offset ?? surviving(file, 'written', () => 0).length;
    file.uncertain.push({
      begun,
      apply: (content) => overwrite(content, at, bytes),
      torn: (content, chance) => tear(content, at, bytes, chance),
    });
  }

  #truncate(path: string, size: number, begun: number): void {
    const apply = (content: Buffer) => Buffer.concat([content.subarray(0, size)], size);
    const torn = (content: Buffer, chance: () => number) => (chance() < 0.5 ? apply(content) : content);
    this.#file(path).uncertain.push({ begun, apply, torn });
  }

  /** What had begun before the sync began is certain after it. */
  #sync(path: string, begun: number): void {
    const file = this.#names.get(path);
    if (file === undefined) {
      for (const change of this.#nameChanges) if (change.begun < begun) change.apply(this.#certainNames);
      this.#nameChanges = this.#nameChanges.filter((change) => change.begun >= begun);
      return;
    }
    for (const change of file.uncertain) if (change.begun < begun) file.certain = change.apply(file.certain);
    file.uncertain = file.uncertain.filter((change) => change.begun >= begun);
  }
}

function surviving({ certain, uncertain }: StoredFile, survival: Survival, chance: () => number): Buffer {
  if (survival === 'synced') return certain;
  let content = certain;
  for (const change of uncertain) {
    content = survival === 'written' ? change.apply(content) : change.torn(content, chance);
  }
  return content;
}

function overwrite(content: Buffer, at: number, bytes: Buffer): Buffer {
  const result = Buffer.alloc(Math.max(content.length, at + bytes.length));
  content.copy(result);
  bytes.copy(result, at);
  return result;
}

/** Half of the time none or all of it; else any of its sectors, in no order. */
function tear(content: Buffer, at: number, bytes: Buffer, chance: () => number): Buffer {
  const fate = chance();
  if (fate < 0.25) return content;
  if (fate < 0.5) return overwrite(content, at, bytes);
  let result = content;
  for (let from = 0; from < bytes.length; ) {
    const to = Math.min(bytes.length, (Math.floor((at + from) / SECTOR) + 1) * SECTOR - at);
    if (chance() < 0.5) result = overwrite(result, at + from, bytes.subarray(from, to));
    from = to;
  }
  return result;
}
