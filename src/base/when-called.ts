/**
 * How a part is read only when somebody needs it. Reading a module costs a third of a millisecond, and a part has a
 * hundred of them: what only some commands or requests need must not be paid for by all others.
 */

/**
 * A function that is read when it is called.
 * @param load gives it: `async () => (await import('./back-up.ts')).backUp`; what was imported once is not read again
 */
export function whenCalled<Given extends readonly unknown[], Result>(
  load: () => Promise<(...given: Given) => Result | Promise<Result>>,
): (...given: Given) => Promise<Result> {
  return async (...given) => (await load())(...given);
}
