/**
 * Reads what comes from a gadget's frame. The frame is hostile until proven otherwise: every kind of message, every
 * field of it and how long each may be is known here, and anything else is nothing.
 */
import type { FrameMessage, GadgetRequest } from './messages.ts';

/** Longest texts, in UTF-16 units. */
const LONGEST = {
  url: 8192,
  body: 131_072,
  title: 200,
  channel: 200,
  message: 32_768,
  preference: 8192,
  word: 200,
  header: 4096,
};

const MOST_PREFERENCES = 64;
const MOST_HEADERS = 24;

/** Reads what came from a frame; null when it is nothing that a frame may say. */
export function readFrameMessage(data: unknown): FrameMessage | null {
  if (!isRecord(data)) return null;
  const { kind, id } = data;
  if (kind === 'request') {
    const request = readRequest(data.request);
    return isId(id) && request !== null ? { kind, id, request } : null;
  }
  if (kind === 'approve') {
    return isId(id) && isText(data.url, LONGEST.url) ? { kind, id, url: data.url } : null;
  }
  if (kind === 'preferences') {
    const preferences = readTexts(data.preferences, MOST_PREFERENCES, LONGEST.preference);
    return preferences === null ? null : { kind, preferences };
  }
  return readSmall(kind, data);
}

function readSmall(kind: unknown, data: Record<string, unknown>): FrameMessage | null {
  const { pixels, title, view, url, channel, message } = data;
  if (kind === 'height') {
    return typeof pixels === 'number' && Number.isFinite(pixels) ? { kind, pixels } : null;
  }
  if (kind === 'title') return isText(title, LONGEST.title) ? { kind, title } : null;
  if (kind === 'open') return isText(url, LONGEST.url) ? { kind, url } : null;
  if (kind === 'view') return isText(view, LONGEST.word) ? { kind, view } : null;
  if (!isText(channel, LONGEST.channel)) return null;
  if (kind === 'subscribe' || kind === 'unsubscribe') return { kind, channel };
  return kind === 'publish' && isText(message, LONGEST.message) ? { kind, channel, message } : null;
}

const WORDS = [
  'method',
  'contentType',
  'authorization',
  'serviceName',
  'tokenName',
  'useToken',
  'refreshSeconds',
  'entries',
  'summaries',
  'signOwner',
  'signViewer',
] as const;

function readRequest(data: unknown): GadgetRequest | null {
  if (!isRecord(data)) return null;
  const { url, body } = data;
  const headers = readTexts(data.headers, MOST_HEADERS, LONGEST.header);
  if (!isText(url, LONGEST.url) || !isText(body, LONGEST.body) || headers === null) return null;
  const words = {} as Record<(typeof WORDS)[number], string>;
  for (const name of WORDS) {
    const word = data[name];
    if (!isText(word, LONGEST.word)) return null;
    words[name] = word;
  }
  return { url, headers, body, ...words };
}

function readTexts(data: unknown, most: number, longest: number): Record<string, string> | null {
  if (!isRecord(data)) return null;
  const entries = Object.entries(data);
  const isFine = entries.every(([name, value]) => isText(name, LONGEST.word) && isText(value, longest));
  return isFine && entries.length <= most ? (Object.fromEntries(entries) as Record<string, string>) : null;
}

function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function isText(data: unknown, longest: number): data is string {
  return typeof data === 'string' && data.length <= longest;
}

function isId(data: unknown): data is number {
  return typeof data === 'number' && Number.isSafeInteger(data) && data >= 0;
}
