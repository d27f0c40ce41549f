/**
 * The near-miss search: every known mistake alone, then the likely pairs, until one gives what the client sent. Linear
 * in the request and bounded by a budget, whatever is put in. A wrong key or secret matches nothing, so nothing
 * is ever named for it.
 */
import type { SigningMistake } from '../mistake-code.ts';
import { algorithmMistakes } from './algorithm-mistakes.ts';
import { type Attempt, type AttemptKey, baseStringOf } from './attempt.ts';
import type { TriedCredentials } from './credentials.ts';
import type { Judge, Match } from './judge.ts';
import { keyMistakes } from './key-mistakes.ts';
import { pairOfSecrets, rightWay } from './right-way.ts';
import type { Scene } from './scene.ts';
import type { AdviceValues, Layer, MistakeToTry, Variant } from './signing-mistake.ts';
import { TEXT_MISTAKES } from './text-mistakes.ts';

/** A mistake that was found, with what its advice can say of this request. */
export interface FoundMistake {
  readonly code: SigningMistake;
  readonly values: AdviceValues;
}

/** What a search gives. */
export interface SearchResult {
  /** Mistakes that together give what was sent; empty when the request was signed rightly; null when none is known. */
  readonly mistakes: readonly FoundMistake[] | null;
  /** Other single mistakes with the very same effect. */
  readonly alternatives: readonly FoundMistake[];
  /** The base string of the match. */
  readonly baseString: string | null;
  readonly tried: number;
}

/** How much a search may cost. */
export interface SearchBudget {
  /** Attempts that are judged. */
  readonly attempts: number;
  /** Characters of base strings, all attempts together. */
  readonly characters: number;
}

/** Some milliseconds for a common request. */
export const USUAL_BUDGET: SearchBudget = { attempts: 6000, characters: 12_000_000 };

interface Candidate extends FoundMistake {
  readonly layer: Layer;
  readonly rank: number;
  readonly variant: Variant;
  readonly attempt: Attempt;
  readonly text: string;
  /** Others that change nothing else than this one. */
  readonly same: FoundMistake[];
}

/** Searches among the mistakes that change the base string only. */
export function searchTexts(scene: Scene, judge: Judge, budget = USUAL_BUDGET): SearchResult {
  const nobody: AttemptKey = { kind: 'secret', key: '' };
  return new Search(rightWay(scene, nobody, null), judge, budget).run(scene, TEXT_MISTAKES);
}

/** Searches among all mistakes. @param printed the text that was signed, where the client told it */
export function searchSignatures(
  scene: Scene,
  credentials: TriedCredentials,
  judge: Judge,
  printed: string | null = null,
  budget = USUAL_BUDGET,
): SearchResult {
  const key: AttemptKey =
    credentials.family === 'rsa'
      ? { kind: 'public-key', key: credentials.key, id: 'current' }
      : { kind: 'secret', key: usualKey(credentials) };
  const right = rightWay(scene, key, credentials.digest);
  const ofSigning = mistakesOfSigning(credentials);
  if (printed === null) return new Search(right, judge, budget).run(scene, [...TEXT_MISTAKES, ...ofSigning]);
  const asPrinted = { ...right, writing: { ...right.writing, finish: () => printed } };
  return new Search(asPrinted, judge, budget).run(scene, ofSigning);
}

function usualKey({ material }: TriedCredentials & { family: 'shared-secret' }): string {
  return pairOfSecrets(material.consumerSecret, material.tokenSecret);
}

function mistakesOfSigning(credentials: TriedCredentials): MistakeToTry[] {
  if (credentials.family === 'rsa') {
    const { oldKey, digest } = credentials;
    const old: MistakeToTry[] =
      oldKey === null
        ? []
        : [
            {
              code: 'old-credential',
              layer: 'key',
              rank: 1,
              variants: () => [withKey({ kind: 'public-key', key: oldKey, id: 'old' })],
            },
          ];
    return [...old, ...algorithmMistakes('rsa', digest)];
  }
  const keys = keyMistakes(credentials.material);
  return credentials.digest === null
    ? [...keys]
    : [...keys, ...algorithmMistakes('shared-secret', credentials.digest)];
}

function withKey(key: AttemptKey): Variant {
  return { apply: (attempt) => ({ ...attempt, key }) };
}

/** One search, with what it has spent so far. */
class Search {
  readonly #right: Attempt;
  readonly #judge: Judge;
  readonly #budget: SearchBudget;
  #tried = 0;
  #characters = 0;

  constructor(right: Attempt, judge: Judge, budget: SearchBudget) {
    this.#right = right;
    this.#judge = judge;
    this.#budget = budget;
  }

  run(scene: Scene, mistakes: readonly MistakeToTry[]): SearchResult {
    const text = baseStringOf(this.#right);
    const match = this.#try(this.#right, text);
    if (match !== null) return this.#result(spelled(match), [], text);
    const singles = this.#collect(scene, mistakes, text);
    return (
      this.#singles(singles.values()) ??
      this.#pairs([...singles.values()], new Set(singles.keys())) ??
      this.#nothing()
    );
  }

  /** Each mistake that would change anything here, by what it makes; those that make the same stand together. */
  #collect(scene: Scene, mistakes: readonly MistakeToTry[], rightText: string): Map<string, Candidate> {
    const unchanged = fingerprint(this.#right, rightText);
    const found = new Map<string, Candidate>();
    for (const { mistake, variant } of ways(scene, mistakes)) {
      if (this.#characters > this.#budget.characters) break;
      const { code, layer, rank } = mistake;
      const attempt = variant.apply(this.#right);
      const text = changesText(layer) ? this.#write(attempt) : rightText;
      const print = fingerprint(attempt, text);
      if (print === unchanged) continue;
      const known = found.get(print);
      const made = { code, values: variant.values ?? {} };
      if (known === undefined) found.set(print, { ...made, layer, rank, variant, attempt, text, same: [] });
      else if (known.code !== code) known.same.push(made);
    }
    return found;
  }

  #singles(candidates: Iterable<Candidate>): SearchResult | null {
    let withSpelling: SearchResult | null = null;
    for (const { code, values, same, attempt, text } of candidates) {
      const match = this.#try(attempt, text);
      if (match?.spelling === null) return this.#result([{ code, values }], same, text);
      if (match !== null) withSpelling ??= this.#result([{ code, values }, ...spelled(match)], [], text);
    }
    return withSpelling;
  }

  /** Pairs of mistakes in different choices, the likeliest first. */
  #pairs(candidates: readonly Candidate[], judged: Set<string>): SearchResult | null {
    for (const total of LIKELY_PAIRS) {
      for (const [first, second] of pairsOfRank(candidates, total)) {
        if (this.#isSpent()) return null;
        const attempt = second.variant.apply(first.variant.apply(this.#right));
        const text = changesText(second.layer) ? this.#write(attempt) : first.text;
        const print = fingerprint(attempt, text);
        if (judged.has(print)) continue;
        judged.add(print);
        const match = this.#try(attempt, text);
        if (match !== null) return this.#result([first, second, ...spelled(match)], [], text);
      }
    }
    return null;
  }

  #write(attempt: Attempt): string {
    const text = baseStringOf(attempt);
    this.#characters += text.length;
    return text;
  }

  #try(attempt: Attempt, text: string): Match | null {
    if (this.#isSpent()) return null;
    this.#tried += 1;
    this.#characters += text.length;
    return this.#judge.judge(attempt, text);
  }

  #isSpent(): boolean {
    return this.#tried >= this.#budget.attempts || this.#characters > this.#budget.characters;
  }

  #result(
    mistakes: readonly FoundMistake[],
    alternatives: readonly FoundMistake[],
    baseString: string,
  ): SearchResult {
    const plain = mistakes.map(({ code, values }) => ({ code, values }));
    return { mistakes: plain, alternatives, baseString, tried: this.#tried };
  }

  #nothing(): SearchResult {
    return { mistakes: null, alternatives: [], baseString: null, tried: this.#tried };
  }
}

/** Sums of the two ranks that are tried: often with often, often with at times, then the rest that is likely. */
const LIKELY_PAIRS = [2, 3, 4];

function* ways(scene: Scene, mistakes: readonly MistakeToTry[]) {
  for (const mistake of mistakes) {
    for (const variant of mistake.variants(scene)) yield { mistake, variant };
  }
}

function* pairsOfRank(candidates: readonly Candidate[], total: number): Generator<[Candidate, Candidate]> {
  for (let at = 0; at < candidates.length; at += 1) {
    const first = candidates[at]!;
    for (let other = at + 1; other < candidates.length; other += 1) {
      const second = candidates[other]!;
      if (first.rank + second.rank === total && mayMeet(first, second)) yield [first, second];
    }
  }
}

/** Two mistakes in one choice exclude each other; several parameters can be wrong at once. */
function mayMeet(first: Candidate, second: Candidate): boolean {
  if (first.layer !== second.layer) return true;
  return first.layer === 'parameters' && first.code !== second.code;
}

function changesText(layer: Layer): boolean {
  return layer !== 'key' && layer !== 'algorithm';
}

/** What an attempt comes to: equal ones need to be judged once. Holds secrets, and never leaves the search. */
function fingerprint({ key, digest, hashedFirst, scheme }: Attempt, text: string): string {
  const id =
    key.kind === 'public-key' ? key.id : typeof key.key === 'string' ? key.key : key.key.toString('hex');
  return `${digest} ${hashedFirst} ${scheme} ${id}\n${text}`;
}

function spelled({ spelling }: Match): FoundMistake[] {
  return spelling === null ? [] : [{ code: spelling, values: {} }];
}
