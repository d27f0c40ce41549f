/**
 * What a running process does to the files of one directory, and when it answers a request: its system calls as
 * strace sees them, in order. From this a power cut can be played at any moment; see simulated-disk.ts.
 */
import { readFileSync } from 'node:fs';
import { attachStrace } from './strace.ts';

/** One thing a process did. `begun` is the number of the line on which it began; the order is that of their ends. */
export type Operation = { readonly begun: number } & (
  | { readonly kind: 'create' | 'unlink' | 'sync'; readonly path: string }
  | { readonly kind: 'write'; readonly path: string; readonly offset: number | null; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly path: string; readonly size: number }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }
  | { readonly kind: 'answer'; readonly status: number; readonly requestId: string }
);

/** A process that is being watched. */
export interface WatchedProcess {
  /** Ends the watching, and gives what was seen. */
  stop(): Promise<readonly Operation[]>;
}

const CALLS = 'openat,write,writev,pwrite64,fsync,fdatasync,ftruncate,rename,renameat2,unlink,unlinkat';

/** Starts watching a process and all its threads. @param logFile where strace writes */
export async function watchProcess(
  processId: number,
  directory: string,
  logFile: string,
): Promise<WatchedProcess> {
  const whole = ['-y', '-xx', '-s', '1000000'];
  const strace = await attachStrace(processId, [...whole, '-e', `trace=${CALLS}`, '-o', logFile]);
  return {
    async stop() {
      await strace.detach();
      return readOperations(readFileSync(logFile, 'latin1'), directory);
    },
  };
}

/** Reads the log; what concerns other directories is left out. */
function readOperations(log: string, directory: string): readonly Operation[] {
  const unfinished = new Map<string, { readonly begun: number; readonly text: string }>();
  const operations: Operation[] = [];
  for (const [line, text] of log.split('\n').entries()) {
    const [, thread = '', call = ''] = /^(\d+) +(.*)$/s.exec(text) ?? [];
    if (call.endsWith('<unfinished ...>')) {
      unfinished.set(thread, { begun: line, text: call.slice(0, -'<unfinished ...>'.length) });
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/s.exec(call)?.[1];
    const begun = resumed === undefined ? undefined : unfinished.get(thread);
    const operation = readCall(begun === undefined ? call : begun.text + resumed, directory);
    if (operation !== null) operations.push({ ...operation, begun: begun?.begun ?? line } as Operation);
  }
  return operations;
}

type Unnumbered<T> = T extends unknown ? Omit<T, 'begun'> : never;

function readCall(call: string, directory: string): Unnumbered<Operation> | null {
  const [, name = '', args = '', result = ''] = /^(\w+)\((.*)\) += (-?\d+)/s.exec(call) ?? [];
  if (name === '' || Number(result) < 0) return null;
  const operation = readAnswer(args) ?? readNaming(name, args) ?? readFileCall(name, args, Number(result));
  return operation?.kind === 'answer' || operation?.path.startsWith(directory) ? operation : null;
}

/** A call that makes, renames or deletes a name. */
function readNaming(name: string, args: string): Unnumbered<Operation & { path: string }> | null {
  if (!/^(open|rename|unlink)/.test(name)) return null;
  const [path = '', to = ''] = quoted(args);
  if (name.startsWith('rename')) return { kind: 'rename', path, to };
  if (name.startsWith('unlink')) return { kind: 'unlink', path };
  return /O_CREAT|O_TRUNC/.test(args) ? { kind: 'create', path } : null;
}

/** A call on an open file. */
function readFileCall(
  name: string,
  args: string,
  result: number,
): Unnumbered<Operation & { path: string }> | null {
  const path = fileOf(args);
  const lastNumber = Number(/(\d+)$/.exec(args)?.[1]);
  if (name.endsWith('sync')) return { kind: 'sync', path };
  if (name === 'ftruncate') return { kind: 'truncate', path, size: lastNumber };
  if (!name.includes('write')) return null;
  const bytes = Buffer.from(quoted(args)[0] ?? '', 'latin1').subarray(0, result);
  return { kind: 'write', path, offset: name === 'pwrite64' ? lastNumber : null, bytes };
}

/** The path behind the file descriptor that a call begins with. */
function fileOf(args: string): string {
  return unescaped(/^\d+<([^>]*)>/.exec(args)?.[1] ?? '');
}

/** All quoted arguments, as text of one character a byte. */
function quoted(args: string): string[] {
  return [...args.matchAll(/"([^"]*)"/g)].map(([, text = '']) => unescaped(text));
}

function unescaped(text: string): string {
  return Buffer.from(text.replaceAll('\\x', ''), 'hex').toString('latin1');
}

function readAnswer(args: string): Unnumbered<Operation> | null {
  // Only what begins like an answer is worth decoding: most writes are database pages.
  if (!args.includes('"\\x48\\x54\\x54\\x50\\x2f')) return null;
  const head = quoted(args)[0] ?? '';
  const requestId = /\r\nx-request-id: ([^\r]*)/i.exec(head)?.[1] ?? '';
  return { kind: 'answer', status: Number(head.slice(9, 12)), requestId };
}
