/**
 * What the names of answer fields mean to a proxy. Applications send the same few names again and again, so what was
 * found out about one is remembered by its exact spelling: on the hot path a field costs one look into a map.
 */
import { UpstreamFailed } from './exchange.ts';

/** Fields that say where an answer ends, or what becomes of its connection. */
export type Framing = 'content-length' | 'transfer-encoding' | 'connection' | 'keep-alive';

/** One name. */
export interface AnswerField {
  readonly framing: Framing | null;
  /** Whether clients get to see it. */
  readonly isRelayed: boolean;
}

const FRAMING: ReadonlyMap<string, Framing> = new Map(
  (['content-length', 'transfer-encoding', 'connection', 'keep-alive'] as const).map((name) => [name, name]),
);

/** Bound to the upstream's connection, or ours to say. */
const NOT_RELAYED = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-request-id',
]);

/** @see RFC 9110 s5.6.2 */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Names remembered at most; an application that makes up names must not fill the memory. */
const REMEMBERED = 500;
const LONGEST_REMEMBERED = 64;

const known = new Map<string, AnswerField>();

/** @throws {UpstreamFailed} when it is no name */
export function answerField(name: string): AnswerField {
  return known.get(name) ?? findOut(name);
}

function findOut(name: string): AnswerField {
  if (!TOKEN.test(name)) throw new UpstreamFailed('broken', 'The upstream sent a malformed header field.');
  const lowerCase = name.toLowerCase();
  const field = { framing: FRAMING.get(lowerCase) ?? null, isRelayed: !NOT_RELAYED.has(lowerCase) };
  // A copy: the name as it came is a part of a whole read, which would stay in memory with it.
  if (known.size >= REMEMBERED) known.clear();
  if (name.length <= LONGEST_REMEMBERED) known.set(Buffer.from(name, 'latin1').toString('latin1'), field);
  return field;
}
