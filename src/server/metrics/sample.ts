/** What a scrape is made of: families of numbers, each with its name, what it means, and which labels it may bear. */

/** One number of a family. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** For the parts of a histogram: the family's name with `_bucket`, `_sum` or `_count`. */
  readonly metricName?: string;
}

/** Numbers of one name. They are read when they are scraped, never before. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** Names of labels; which values each can have is a closed list. */
  readonly labels: readonly string[];
  read(): readonly Sample[] | Promise<readonly Sample[]>;
}
