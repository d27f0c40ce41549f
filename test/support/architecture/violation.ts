/** One breach of a rule. */
export interface Violation {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly text: string;
}
