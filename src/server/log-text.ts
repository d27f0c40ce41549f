/**
 * The log for people: the same events as the JSON lines, one line each, the stack of an error below it. Whatever came
 * from outside is quoted, and its control characters are written out: a path must neither begin a line of its own nor
 * speak to a terminal.
 */

/** What a line of the log consists of beside its own fields. */
interface LogLine {
  readonly time: string;
  readonly level: string;
  readonly msg: string;
  readonly err?: { readonly type: string; readonly message: string; readonly stack: string };
}

const PLAIN = /^[\w.:/@%+,~-]+$/;

/** C1 controls, line and paragraph separators, and what turns the direction of writing: JSON leaves these as they are. */
const UNSEEN = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** The text of one JSON line, with a line feed at its end. */
export function logText(json: string): string {
  const { time, level, msg, err, ...fields } = JSON.parse(json) as LogLine & Record<string, unknown>;
  const words = Object.entries(fields).map(([name, value]) => `${name}=${written(value)}`);
  const head = [time, level.toUpperCase().padEnd(5), msg, ...words].join(' ');
  return `${[head, ...(err === undefined ? [] : stackLines(err))].join('\n')}\n`;
}

function stackLines({ type, message, stack }: NonNullable<LogLine['err']>): string[] {
  const lines = (stack || `${type}: ${message}`).split('\n');
  return lines.map((line) => `    ${JSON.stringify(line.trim()).slice(1, -1).replace(UNSEEN, escaped)}`);
}

function written(value: unknown): string {
  if (typeof value === 'string' && PLAIN.test(value)) return value;
  return JSON.stringify(value).replace(UNSEEN, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
