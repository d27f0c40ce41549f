/**
 * How a part is read only when somebody needs it. Reading a module costs a third of a millisecond, and a part has a
 * hundred of them: what only some commands or requests need must not be paid for by all others.
 */

/**
 * A function that is read when it is called.
 * @param load gives it: `async () => (await import('./back-up.ts')).backUp`; asked until it has given it once, since even
 * finding again what is imported takes longer than signing a request
 */
export function whenCalled<Given extends readonly unknown[], Result>(
  load: () => Promise<(...given: Given) => Result | Promise<Result>>,
): (...given: Given) => Promise<Result> {
  let found: ((...given: Given) => Result | Promise<Result>) | undefined;
  return async (...given) => {
    found ??= await load();
    return found(...given);
  };
}
