/**
 * Finds uses of the world outside in code that must be pure: clock, randomness and fetch are handed in there,
 * so that every rule about time and chance can be tested at a chosen moment with a chosen seed.
 */
import type { Token } from './tokens.ts';
import type { Violation } from './violation.ts';

/** Sequences of tokens that reach outside. */
const FORBIDDEN: readonly (readonly string[])[] = [
  ['Date', '.', 'now'],
  ['new', 'Date', '(', ')'],
  ['new', 'Date', ';'],
  ['performance', '.', 'now'],
  ['process'],
  ['console'],
  ['fetch', '('],
  ['globalThis'],
  ['randomBytes'],
  ['randomUUID'],
  ['randomInt'],
  ['getRandomValues'],
  ['setTimeout', '('],
  ['setInterval', '('],
];

/** Every forbidden use in one file. */
export function findForbiddenGlobals(file: string, tokens: readonly Token[]): Violation[] {
  return tokens.flatMap((token, at) => {
    if (token.kind !== 'word' || isMember(tokens, at)) return [];
    const match = FORBIDDEN.find((sequence) =>
      sequence.every((text, offset) => tokens[at + offset]?.text === text),
    );
    return match === undefined
      ? []
      : [
          {
            rule: 'pure-modules',
            file,
            line: token.line,
            text: `${match.join('')} is handed in, not reached for`,
          },
        ];
  });
}

/** Chance that can be guessed: in no file of ours, pure or not. */
export function findGuessableChance(file: string, tokens: readonly Token[]): Violation[] {
  return tokens.flatMap(({ text, line }, at) => {
    if (text !== 'Math' || tokens[at + 2]?.text !== 'random') return [];
    return [{ rule: 'no-guessable-chance', file, line, text: 'Math.random can be guessed' }];
  });
}

/** A property or key of that name, such as `context.fetch` or `process: …`, is something that was handed in. */
function isMember(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.text;
  const after = tokens[at + 1]?.text;
  return before === '.' || before === '?.' || after === ':';
}
