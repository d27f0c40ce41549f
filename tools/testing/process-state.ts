/** What all tests of a process share and can change: which of it a test file left changed is said by its name. */

/** Each shared thing by its name, with its value at one moment. */
export type ProcessState = ReadonlyMap<string, unknown>;

const LEFT_BEHIND = 'leaves its process changed:';

/** Everything that is looked at, as it is now. */
export function processState(): ProcessState {
  return new Map<string, unknown>([
    ['the working directory', process.cwd()],
    ...Object.entries(process.env).map(([name, value]) => [`process.env.${name}`, value] as const),
    ...process.eventNames().map((name) => [`on ${String(name)}`, process.listenerCount(name)] as const),
    ...members('globalThis', globalThis),
    ...members('process', process),
    ...members('console', console),
    ...members('Math', Math),
    ...members('Date', Date),
  ]);
}

/** Members by their full names; what begins with `_` is Node's own bookkeeping. */
function members(name: string, object: object): (readonly [name: string, value: unknown])[] {
  return Object.entries(Object.getOwnPropertyDescriptors(object))
    .filter(([key]) => !key.startsWith('_'))
    .map(([key, { value, get }]) => [`${name}.${key}`, value ?? get] as const);
}

/** @throws if anything is no longer as it was; the error names it, and `isLeftBehind` knows it again */
export function assertUnchanged(earlier: ProcessState): void {
  const now = processState();
  const names = new Set([...earlier.keys(), ...now.keys()]);
  const changed = [...names].filter((name) => !Object.is(earlier.get(name), now.get(name)));
  if (changed.length > 0) throw new Error(`${LEFT_BEHIND} ${changed.join(', ')}`);
}

/** Whether an error is one of `assertUnchanged`, also when it comes from another process, which keeps only words. */
export function isLeftBehind(error: unknown): error is Error {
  return error instanceof Error && error.message.startsWith(LEFT_BEHIND);
}
