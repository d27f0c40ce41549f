/**
 * The log: one line for each event, on stderr, as JSON unless text was chosen. What could give access is kept out twice: requests are
 * described by named fields only (never their headers, query or body), and whatever field of another event bears
 * the name of a secret is struck out.
 */
import { type DestinationStream, destination, type Logger, pino, stdSerializers } from 'pino';
import type { Settings } from '../settings/index.ts';
import { logText } from './log-text.ts';

/** Names of fields that are never printed, at the top of an event or one level below. */
const STRUCK_OUT = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'verifier',
  'privateKey',
  'query',
  'body',
  'headers',
  'rawHeaders',
].flatMap((name) => [name, `*.${name}`]);

/** Opens the log. */
export function openLog(level: Settings['logLevel'], stream: DestinationStream = logStream('json')): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: STRUCK_OUT, censor: '***' },
      serializers: { err: describeError },
    },
    stream,
  );
}

/** Where the log goes, in the form that was chosen: stderr, written at once, so that nothing is lost at the end. */
export function logStream(format: Settings['logFormat']): DestinationStream {
  const stderr = destination({ dest: 2, sync: true });
  return format === 'json' ? stderr : { write: (line) => void stderr.write(logText(line)) };
}

/** Type, message and stack of an error and its causes; none of its other fields. */
function describeError(error: Error): Record<string, unknown> {
  const { type, message, stack } = stdSerializers.err(error);
  return { type, message, stack };
}
